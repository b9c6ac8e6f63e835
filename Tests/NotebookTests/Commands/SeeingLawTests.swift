import Cloud
import Notebook
import Testing

/// What holds for everything that looks: nothing changes, and chunks do not matter.
struct SeeingLawTests {
  private static let before = [
    "spawn 3", "balance two-choices", "load poisson 24/s --work exp(100ms) --timeout 2s",
    "scale demand --target 6/s", "run 2m --warmup 10s --as a", "send 3 --together",
    "run --requests 300 --as b",
  ]

  static let looks = [
    "show", "show servers", "show requests", "show requests --of a", "show queues", "show events",
    "show events --of a", "show decisions", "show cost", "show loads", "show runs",
    "show algorithm two-choices demand", "plot latency.p50, latency.p99", "plot queue --of a",
    "plot scaling --of a", "plot latency --histogram", "why r30", "why last", "why s1", "why t1",
    "expect completed > 1", "help", "help show", "help names", "help demand", "history",
  ]

  @Test(arguments: looks)
  func `looking changes nothing`(line: String) {
    var talk = SeeingTalk()
    talk.prepare(Self.before)
    let world = talk.session.world.digest
    let runs = talk.session.state.runs.map(\.name)
    let shown = talk.say(line)
    #expect(!shown.isEmpty && !shown.contains { $0.hasPrefix("error") })
    #expect(talk.session.world.digest == world)
    #expect(talk.session.state.runs.map(\.name) == runs)
  }

  @Test(arguments: looks)
  func `no line is wider than the page`(line: String) {
    var talk = SeeingTalk()
    talk.prepare(Self.before)
    #expect(talk.say(line).allSatisfy { $0.count <= 80 })
  }

  @Test(arguments: [
    "show requests --of a", "show events --of a", "plot latency.p99, wait.p50 --of a",
    "plot scaling --of b", "why r30", "why last", "compare random a",
    "compare random round-robin --requests 100 --warmup 1s",
  ])
  func `chunks of any size show the same`(line: String) {
    var whole = SeeingTalk()
    whole.prepare(Self.before)
    let expected = whole.say(line)
    for size in [1, 7, 1000] {
      var talk = SeeingTalk()
      talk.prepare(Self.before)
      #expect(talk.say(line, events: size) == expected)
    }
  }

  @Test func `undo takes a comparison back`() {
    var talk = SeeingTalk()
    talk.prepare(Self.before + ["compare random round-robin"])
    #expect(talk.session.state.runs.map(\.name).suffix(2) == ["random", "round-robin"])
    _ = talk.say("undo")
    #expect(!talk.session.state.runs.map(\.name).contains("random"))
  }

  @Test func `a comparison is stopped with what it has`() {
    var talk = SeeingTalk()
    talk.prepare(Self.before)
    let host = StoppingHost()
    guard case .working = talk.session.apply("compare random round-robin", on: host),
      case .working = talk.session.resume(events: 3), case .done = talk.session.interrupt()
    else {
      Issue.record("it did not work in parts")
      return
    }
    #expect(!talk.session.state.runs.map(\.name).contains("random"))
  }

  @Test(arguments: [
    ("show servers", "servers"), ("show requests", "requests"), ("show queues", "queues"),
    ("show events", "events"), ("show decisions", "decisions"), ("show cost", "cost"),
    ("show loads", "loads"), ("show runs", "runs"), ("show algorithm random", "algorithm"),
  ])
  func `a list has its own name for a key`(line: String, key: String) {
    var talk = SeeingTalk()
    talk.prepare(Self.before)
    #expect(talk.result(of: line)?.keys.first == key)
  }

  @Test func `every command's examples can be read`() {
    #expect(Grammar(Commands.all.map { $0.spec }).flaws == [])
  }
}

private struct StoppingHost: Host {
  func read(_ path: String) throws(HostError) -> [UInt8] { throw HostError("no file") }
  func write(_ bytes: [UInt8], to path: String) throws(HostError) {}
  func list(_ folder: String) -> [String] { [] }
}
