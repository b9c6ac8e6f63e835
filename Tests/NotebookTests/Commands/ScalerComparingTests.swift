import Notebook
import TestSupport
import Testing

/// Autoscalers on the same requests: what each costs and what it gives for that.
struct ScalerComparingTests {
  private static let worldCup = "../traces/worldcup98_1998-06-30_per_minute.csv"
  private static let policies = ["hpa", "kpa", "target-tracking", "step", "square-root", "oracle"]

  /// A morning that was made up.
  private static let morning = "minute,requests\n0,60\n1,120\n2,240\n3,600\n4,900\n5,300\n6,60\n"

  private func output(of line: String, after lines: [String], trace: [UInt8]) -> Output? {
    var session = Session(commands: Commands.all)
    let shelf = TraceShelf(trace: trace)
    for line in lines { _ = session.applyWholly(line, on: shelf) }
    for case .show(let output) in session.applyWholly(line, on: shelf) { return output }
    return nil
  }

  @Test(.enabled(if: Vectors.has(worldCup), "\(Vectors.missing)"))
  func `six policies on a real day are one table`() throws {
    let output = try #require(
      output(
        of: "compare hpa(min=2) kpa target-tracking step square-root oracle --for 1h",
        after: ["spawn 2", "load trace day.csv --every 1m --factor 0.005 --work exp(100ms)"],
        trace: try Vectors.bytes(Self.worldCup)))
    #expect(output.result["sameRequests"] == .bool(true))
    let runs = output.result["runs"]?.values ?? []
    #expect(
      runs.map { $0["name"] } == ["hpa-min2"].map { .string($0) }
        + Self.policies.dropFirst().map { .string($0) })
    func number(_ run: JSON, _ keys: String...) -> Double? {
      let value = keys.reduce(run) { $0?[$1] }
      if case .number(let number)? = value { return number }
      if case .int(let number)? = value { return Double(number) }
      return nil
    }
    let oracle = try #require(runs.last.flatMap { number($0, "cost", "total") })
    for run in runs {
      let cost = try #require(number(run, "cost", "total"))
      #expect(number(run, "regret") == cost - oracle)
      #expect(try #require(number(run, "economics", "goodput")) > 0)
    }
    let table = output.plainLines
    #expect(table.count == 9)
    for title in ["cost", "p99", "goodput", "actions", "regret"] {
      #expect(table[1].contains(title))
    }
    #expect(table.allSatisfy { $0.count <= 80 })
    for (line, name) in zip(table.dropFirst(3), ["hpa-min2"] + Self.policies.dropFirst()) {
      #expect(line.hasPrefix(name + " "))
    }
  }

  @Test func `the table of a made-up morning`() {
    let output = output(
      of: "compare hpa(min=2) kpa(target=50) target-tracking step square-root oracle --for 7m",
      after: ["spawn 2", "load trace day.csv --every 1m --work exp(400ms)"],
      trace: Array(Self.morning.utf8))
    #expect(
      output?.plainLines.joined(separator: "\n") == """
        the same 2280 requests in 420s, seed 1; good within 1s
                            cost    p99  goodput  actions    regret  servers   busy
        ───────────────────────────────────────────────────────────────────────────
        hpa-min2         $0.0158  82.7s  0.964/s        3  -$0.0164        5  66.2%
        kpa-target50     $0.0181  89.1s    2.3/s       16  -$0.0141        1  63.7%
        target-tracking   $0.012   140s   0.85/s        1  -$0.0202        4  66.3%
        step             $0.0087   140s  0.305/s        2  -$0.0235        2  84.7%
        square-root      $0.0222  20.7s   1.65/s       12    -$0.01        3  49.5%
        oracle           $0.0322  2.58s   4.51/s       22     $0.00        1  42.6%
        """)
  }

  @Test func `without the oracle there is no regret, and the least and most are kept`() {
    let output = output(
      of: "compare demand(max=3) resource(min=3,max=3) --for 7m --objective 5s",
      after: ["spawn 2", "load trace day.csv --every 1m --work exp(400ms)"],
      trace: Array(Self.morning.utf8))
    #expect(
      output?.plainLines.joined(separator: "\n") == """
        the same 2280 requests in 420s, seed 1; good within 5s
                            demand-max3  resource-min3-max3
        ──────────────────────────────────────────────────────────
        latency mean              64.4s               32.6s   −49%
        latency p50               47.6s               28.2s   −41%
        latency p95                170s               78.4s   −54%
        latency p99                182s                 87s   −52%
        latency max                186s               87.4s   −53%
        completed                   943                2238  +1295
        servers at the end            1                   3     +2
        utilisation               74.6%               71.3%
        cost                    $0.0055             $0.0138  +151%
        goodput                 0.524/s              1.33/s
        scaling actions               1                   1
        """)
    #expect(output?.result["runs"]?.values.allSatisfy { $0["regret"] == nil } == true)
  }

  @Test func `the fewest are not more than the most`() {
    var talk = SeeingTalk()
    talk.prepare(["spawn 2", "load poisson 5/s"])
    #expect(
      talk.say("compare hpa(min=5,max=3) kpa --for 1m") == [
        "        ^~~~~~~~~~~~~~~~", "error: the fewest servers, 5, are more than the most, 3",
      ])
  }

  @Test func `what a run cost has names`() {
    expectTranscript(
      #"""
      cloud> spawn 2 --boot 20s
      s1..s2 booting for 20s: 1 cpu, 1GiB, $0.04 per hour
      cloud> load constant 10/s --work 150ms --timeout 5s
      main: constant 10/s, work 150ms, timeout 5s; no server is in service
      cloud> scale demand --target 5/s
      main: demand --target 5/s --window 30s --tolerance 10% --stabilization 60s,
      every 15s, 1..1000 servers, boot 30s
      cloud> run 3m --as r --objective 500ms
      r: 180s, round-robin, seed 1
        requests  1599 completed, 199 refused, 2 in flight
        latency   mean 150ms, p50 150ms, p95 150ms, p99 150ms, max 150ms
        wait      mean 0s, p50 0s, p95 0s, p99 0s, max 0s
        servers   2 in service, 75% busy, 8.88/s completed
        cost      $0.004, $0.08 per hour at the end
        good      1599 within 500ms, 88.9%, $0.0025 per thousand, 1 minute out
      cloud> show cost
      $0.004 for 360s of server-time (per second, at least 60s a start)
      busy     ████████████████████████████████████████████████████████   240s   66.7%
      idle     ██████████████████▋                                       80.1s   22.2%
      booting  █████████▍                                                  40s   11.1%
      $0.0025 per thousand completed, $0.08 per hour now; 33.3% bought no work
      r
      ─────────────────────────────────────────────────────────────
      cost     $0.004, $0.0025 per thousand good requests
      good     1599 of 1798 within 500ms, p99 150ms, goodput 8.88/s
      missed   over 1% in 1 minute
      servers  booting 40s, in service 320s
      waste    120s billed and not at work, 33.3%
      supply   30s of servers missing, 80s too many
      scaled   0 times, enough after 20s
      owned    $0.004 for the peak of 2 servers all the time
      cloud> expect r.good == 1599 and r.goodput == r.throughput and r.cost.per-thousand > $0.001
      holds: r.good is 1599, r.goodput is 8.88/s, r.throughput is 8.88/s,
      r.cost.per-thousand is $0.0025
      cloud> expect r.waste in 33%..34% and r.minutes-out == 1 and r.objective == 500ms
      holds: r.waste is 33.3%, r.minutes-out is 1, r.objective is 500ms
      cloud> expect r.time-to-capacity == 20s and r.under-provisioned in 29s..31s
      holds: r.time-to-capacity is 20s, r.under-provisioned is 30s
      cloud> expect r.over-provisioned > 60s and r.cost.owned <= r.cost.total
      holds: r.over-provisioned is 80s, r.cost.owned is $0.004, r.cost.total is $0.004
      """#)
  }

  @Test("the decisions of what was compared can be seen")
  func decisions() {
    var talk = Talk()
    _ = talk.say("spawn 2")
    _ = talk.say("load constant 30/s")
    _ = talk.say("compare hpa(min=2) oracle --for 2m")
    let said = talk.say("show decisions --of hpa-min2")
    #expect(said.contains { $0.hasPrefix("t1   15s    2 → ") })
    #expect(said.last == "why t1 --of hpa-min2 shows every slot of a decision")
    #expect(talk.say("why t1 --of hpa-min2").first?.hasPrefix("t1 at 15s: hpa, 2 → ") == true)
    _ = talk.say("run 1s --as quiet")
    #expect(
      talk.say("show decisions --of quiet") == ["no autoscaler changed anything in quiet"])
  }
}

/// A host with one file.
private struct TraceShelf: Host {
  let trace: [UInt8]

  func read(_ path: String) throws(HostError) -> [UInt8] { trace }

  func write(_ bytes: [UInt8], to path: String) throws(HostError) {}

  func list(_ folder: String) -> [String] { ["day.csv"] }
}
