import Notebook
import Testing

/// What a replay tells agrees with what the run measured.
struct ReplayAgreementTests {
  private func talk(_ lines: [String]) -> SeeingTalk {
    var talk = SeeingTalk()
    talk.prepare(lines)
    return talk
  }

  @Test(arguments: [
    "run 60s", "run 60s --warmup 20s", "run --requests 500", "run --events 700",
    "run --until completed >= 100",
  ])
  func `its requests are those that were measured`(run: String) {
    var talk = talk(["spawn 3", "load poisson 24/s --work exp(100ms)", run])
    let measured = talk.result(of: "show runs")?["runs"]?.values.last
    let requests = talk.result(of: "show requests")?["requests"]?.values ?? []
    #expect(measured?["counts"]?["arrived"] == .int(requests.count))
    let last = requests.last?["id"]
    #expect(talk.result(of: "why last")?["why"]?["request"]?["id"] == last)
  }

  @Test func `one stretch of counts adds up to the run`() {
    var talk = talk(["spawn 3", "load poisson 24/s --work exp(100ms)", "run 60s"])
    let counts = talk.result(of: "show runs")?["runs"]?.values.last?["counts"]
    let series = talk.result(of: "plot arrived, completed")?["plot"]?["series"]?.values ?? []
    for (index, key) in ["arrived", "completed"].enumerated() {
      let sum = (series[index]["values"]?.values ?? []).reduce(0.0) { sum, value in
        if case .number(let number) = value { sum + number } else { sum }
      }
      #expect(counts?[key] == .int(Int(sum)))
    }
  }

  @Test func `contestants meet the same requests`() {
    var talk = talk(["spawn 3", "load poisson 24/s --work exp(100ms)", "run 60s"])
    let result = talk.result(of: "compare random round-robin run1")
    #expect(result?["sameRequests"] == .bool(true))
    let names = result?["runs"]?.values.map { $0["name"] }
    #expect(names == ["random", "round-robin", "run1"])
    let again = talk.result(of: "show runs")?["runs"]?.values.first { $0["name"] == "round-robin" }
    // The run was under round-robin, so it is the same thing twice.
    #expect(again?["latency"] == result?["runs"]?.values.last?["latency"])
  }

  @Test func `other loads are not the same requests`() {
    var talk = talk([
      "spawn 3", "load poisson 24/s", "run 60s --as a", "load poisson 12/s", "run 60s --as b",
    ])
    #expect(talk.result(of: "compare a b")?["sameRequests"] == .bool(false))
  }

  @Test func `why names the server that was picked`() {
    var talk = talk([
      "spawn 5", "balance two-choices", "load poisson 40/s --work exp(100ms)", "run 20s",
    ])
    let requests = talk.result(of: "show requests")?["requests"]?.values ?? []
    for number in [1, 2, 17, 300, 700] {
      let why = talk.result(of: "why r\(number)")?["why"]
      #expect(why?["explanation"]?["chosen"] == requests[number - 1]["server"])
      #expect(why?["request"] == requests[number - 1])
    }
  }
}
