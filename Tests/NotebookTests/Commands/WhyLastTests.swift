import Notebook
import Testing

/// What `why last` is about.
struct WhyLastTests {
  private func talk(_ lines: [String]) -> SeeingTalk {
    var talk = SeeingTalk()
    talk.prepare(["spawn 3", "load poisson 24/s --work exp(100ms)"] + lines)
    return talk
  }

  @Test func `the change an autoscaler made at its last check`() {
    var talk = talk(["scale demand --target 5/s", "run 20s"])
    let why = talk.result(of: "why last")?["why"]
    #expect(why?["id"] == .string("t1"))
    #expect(why == talk.result(of: "why t1")?["why"])
    let steps = why?["steps"]?.values ?? []
    // Each slot takes what the one before it gave.
    #expect(steps.first?["input"] == .null)
    #expect(steps.dropFirst().map { $0["input"] } == steps.dropLast().map { $0["result"] })
  }

  @Test func `or why it changed nothing`() {
    var talk = talk(["scale hpa --target 90% --min 3 --max 3 --as pods", "run 60s"])
    let why = talk.result(of: "why last")?["why"]
    #expect(why?["id"] == .null)
    #expect(why?["time"] == .number(60))
    #expect(why?["after"] == .int(3))
    let said = talk.say("why last")
    #expect(said.first == "pods at 60s: hpa, 3 servers, no change")
    #expect(said.contains { $0.hasPrefix("  because   ReadyForNewScale: ") })
  }

  @Test func `another scaler's wish may be larger`() {
    var talk = talk([
      "scale demand --target 24/s --as few", "scale demand --target 8/s --as many",
      "run 4m", "scale off few", "scale demand --target 24/s --stabilization 0s --as few",
      "run 15s",
    ])
    let said = talk.say("why last")
    #expect(said.first == "few at 255s: demand, 3 servers, no change")
    #expect(said.contains("  but       it wants 1, another scaler wants as many as there are"))
  }

  @Test func `after a send, and where none was at work, the last request`() {
    var sent = talk(["scale demand --target 5/s", "run 20s", "send 2"])
    #expect(sent.result(of: "why last")?["why"]?["request"] != nil)
    #expect(sent.result(of: "why last --of run1")?["why"]?["id"] == .string("t1"))
    var alone = talk(["run 20s"])
    #expect(alone.result(of: "why last")?["why"]?["request"] != nil)
    var early = talk(["scale demand --target 5/s", "run 10s"])
    #expect(early.result(of: "why last")?["why"]?["request"] != nil)
  }

  @Test func `what was stepped since counts`() {
    var talk = talk(["scale demand --target 5/s", "run 10s", "step 10s"])
    #expect(talk.result(of: "why last")?["why"]?["id"] == .string("t1"))
  }
}
