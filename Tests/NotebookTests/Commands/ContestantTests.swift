import Cloud
import Notebook
import Simulation
import Testing

/// What stands in brackets after a contestant's name.
struct ContestantTests {
  @Test func `how often, how soon and lists stand in brackets`() {
    var talk = SeeingTalk()
    talk.prepare(["spawn 2", "load poisson 30/s --work exp(100ms)"])
    let names = talk.result(
      of: "compare hpa(every=15s, boot=0s) hpa(every=60s) "
        + "step(in-steps=0%:10, 20%:30,type=change) --for 3m")?["runs"]?.values.map { $0["name"] }
    #expect(
      names == [
        .string("hpa-every15s-boot0s"), .string("hpa-every60s"),
        .string("step-in-steps0102030-typechange"),
      ])
    let starts = talk.session.state.runs.compactMap { $0.start.autoscalers.first }
    #expect(starts.map(\.every.seconds) == [15, 60, 60])
    #expect(starts.map(\.boot.seconds) == [0, 30, 30])
    let step = starts.last?.policy
    #expect(step?.value(of: "in-steps") == .rows([[0, 10], [0.2, 30]]))
    #expect(step?.value(of: "type") == .choice("change"))
  }
}
