import Cloud
import Simulation
import TestSupport
import Testing

/// Policies from queueing theory, from the clock, from history, and from the future.
@Suite("Staffing, schedules and forecasts")
struct StaffingTests {
  // MARK: - Staffing

  /// Source: pyworkforce 0.5.1; its waiting formula in the same order of operations.
  @Test func `the probability of waiting is Erlang's`() {
    #expect(ErlangC(load: 10).waitProbability(13) == 0.285270453036493)
    #expect(ErlangC(load: 10).waitProbability(10) == 1)
    #expect(ErlangC(load: 0).waitProbability(0) == 0)
    // M/M/1: the share of the time it is busy.
    #expect(abs(ErlangC(load: 0.6).waitProbability(1) - 0.6) < 1e-15)
  }

  private struct Recording: Decodable {
    struct Wait: Decodable {
      var offeredLoadErlangs: Double
      var servers: Int
      var expectedWaitProbability: Double
    }
    struct Required: Decodable {
      var arrivals: Double
      var intervalMin: Double
      var serviceMin: Double
      var maxWaitMin: Double
      var targetServiceLevel: Double
      var maxOccupancy: Double
      var expectedServers: Int
      var expectedServiceLevel3Dp: Double
      var expectedOccupancy3Dp: Double
      var expectedWaitProbability3Dp: Double
    }
    struct SquareRoot: Decodable {
      struct Case: Decodable {
        var offeredLoad: Double
        var beta: Double
        var servers: Int
        var erlangC: Double
        var halfinWhittLimit: Double
      }
      var cases: [Case]
    }
    var erlangC: [Wait]
    var requiredServers: [Required]
    var squareRootStaffing: SquareRoot
  }

  @Test(.enabled(if: Vectors.has("scaling/queueing_staffing.json"), "\(Vectors.missing)"))
  func `fleets as others staff them`() throws {
    let recording = try Vectors.decodeSnakeCase(
      Recording.self, from: "scaling/queueing_staffing.json")
    #expect(recording.erlangC.count >= 3)
    for item in recording.erlangC {
      let erlang = ErlangC(load: item.offeredLoadErlangs)
      #expect(erlang.waitProbability(item.servers) == item.expectedWaitProbability)
    }
    #expect(recording.requiredServers.count >= 2)
    for item in recording.requiredServers {
      let erlang = ErlangC(load: item.arrivals / item.intervalMin * item.serviceMin)
      let wait = item.maxWaitMin / item.serviceMin
      let servers = erlang.servers(
        for: .serviceLevel(item.targetServiceLevel, within: wait),
        occupancy: item.maxOccupancy)
      #expect(servers == item.expectedServers)
      func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }
      #expect(
        rounded(erlang.serviceLevel(servers, within: wait)) == item.expectedServiceLevel3Dp)
      #expect(rounded(erlang.occupancy(servers)) == item.expectedOccupancy3Dp)
      #expect(rounded(erlang.waitProbability(servers)) == item.expectedWaitProbability3Dp)
    }
    #expect(recording.squareRootStaffing.cases.count >= 15)
    for item in recording.squareRootStaffing.cases {
      let servers = SquareRootStaffing.servers(load: item.offeredLoad, beta: item.beta)
      #expect(servers == item.servers)
      // Figures of probability, which another library's sums gave to about 15 digits.
      let wait = ErlangC(load: item.offeredLoad).waitProbability(servers)
      #expect(abs(wait / item.erlangC - 1) < 1e-12)
      let limit = SquareRootStaffing.waitProbability(beta: item.beta)
      #expect(abs(limit / item.halfinWhittLimit - 1) < 1e-13)
    }
  }

  @Test func `the fleet is the smallest that achieves its goal`() {
    for load in [0.3, 1, 4.5, 20, 100] {
      let erlang = ErlangC(load: load)
      for most in [0.5, 0.2, 0.01] {
        let servers = erlang.servers(for: .waitProbability(most))
        #expect(erlang.waitProbability(servers) <= most)
        #expect(erlang.waitProbability(servers - 1) > most)
      }
    }
    #expect(ErlangC(load: 1e18).servers(for: .waitProbability(0.1), limit: 100) == 100)
    #expect(ErlangC(load: .nan).servers(for: .waitProbability(0.1)) == 0)
  }

  private func check(
    _ seconds: Double, servers: Int = 4, busy: Double = 0, rate: Double = 0,
    every period: Double = 15, work: Double? = nil
  ) -> Observation {
    Observation(
      time: Instant(seconds: seconds), elapsed: Duration(seconds: period),
      arrivals: Int((rate * period).rounded()),
      servers: (0..<servers).map { Observation.Server(id: ServerID($0), busy: Level(busy)) },
      meanWork: work.map { Level($0) })
  }

  @Test func `the work is set, reported, or busy time over arrivals`() {
    var reported = SquareRoot()
    #expect(reported.decide(check(15, rate: 100, work: 0.1), within: 1...99).after == 14)
    var set = SquareRoot()
    set.work = 0.1
    #expect(set.decide(check(15, rate: 100, work: 5), within: 1...99).after == 14)
    var measured = SquareRoot()
    let busy = check(15, servers: 20, busy: 0.5, rate: 100)
    _ = measured.set("stabilization", to: .number(0))
    #expect(measured.decide(busy, within: 1...99).after == 14)
    // What was reported last holds until something else is.
    var silent = SquareRoot()
    _ = silent.decide(check(15, rate: 100, work: 0.1), within: 1...99)
    #expect(silent.decide(check(30, busy: 0.9, rate: 100), within: 1...99).after == 14)
    var level = SquareRoot()
    level.rule = .serviceLevel
    _ = level.set("wait", to: .number(19.8))
    _ = level.set("service-level", to: .number(0.9))
    level.work = 180
    #expect(level.decide(check(18, rate: 1 / 18, every: 18), within: 1...99).after == 15)
  }

  // MARK: - The clock

  @Test func `scheduled servers are there from one time to another`() {
    var scheduled = Scheduled()
    var sizes: [Int] = []
    for seconds in [0.0, 59, 60, 299, 300, 86459, 86460] {
      sizes.append(scheduled.decide(check(seconds), within: 2...20).after)
    }
    #expect(sizes == [2, 2, 10, 10, 2, 2, 10])
  }

  @Test func `a schedule may run overnight, once, or ahead of time`() {
    var night = Scheduled()
    night.times = [Scheduled.Entry(at: 82800, until: 3600, count: 10)]
    #expect(night.decide(check(0), within: 1...20).after == 10)
    #expect(night.decide(check(3600), within: 1...20).after == 1)
    #expect(night.decide(check(82800), within: 1...20).after == 10)
    var once = Scheduled()
    _ = once.set("repeat", to: .number(0))
    _ = once.set("lead", to: .number(30))
    #expect(once.decide(check(29), within: 1...20).after == 1)
    #expect(once.decide(check(30), within: 1...20).after == 10)
    #expect(once.decide(check(86460), within: 1...20).after == 1)
  }

  @Test func `of several times the one that asks for the most counts`() {
    var day = Scheduled()
    expect(day.set("times", to: .rows([[100, 500, 4], [200, 300, 9], [600, 700, 2]])), true)
    expect(day.set("repeat", to: .number(1000)), true)
    func size(_ seconds: Double) -> Int { day.decide(check(seconds), within: 1...20).after }
    let seconds = [0.0, 100, 199, 200, 299, 300, 499, 500, 600, 700, 1250]
    #expect(seconds.map(size) == [1, 4, 4, 9, 9, 4, 4, 1, 2, 1, 9])
    #expect(
      day.decide(check(250), within: 1...20).reason == "scheduled action: inside 200s..300s")
    #expect(day.value(of: "times") == .rows([[100, 500, 4], [200, 300, 9], [600, 700, 2]]))
  }

  // MARK: - Forecasts

  @Test func `a forecast of a season's copies is exact`() throws {
    let day = [5.0, 80, 120, 40]
    for method in Forecast.Method.allCases {
      var forecast = Forecast(method, slots: 4)
      for value in day.dropLast() { forecast.record(value) }
      #expect(forecast.value(ahead: 1) == nil)
      for _ in 0..<3 { forecast.record(day[forecast.count % 4]) }
      for ahead in 1...9 {
        let value = try #require(forecast.value(ahead: ahead))
        #expect(abs(value - day[(forecast.count + ahead - 1) % 4]) < 1e-9)
      }
    }
  }

  @Test func `a trend is followed by holt-winters alone`() throws {
    var naive = Forecast(.seasonalNaive, slots: 4)
    var winters = Forecast(.holtWinters, slots: 4, smoothing: (0.5, 0.3, 0.1))
    for slot in 0..<400 {
      let value = Double(slot) + [0, 10, 0, -10][slot % 4]
      naive.record(value)
      winters.record(value)
    }
    #expect(try #require(naive.value(ahead: 1)) == 396)
    #expect(abs(try #require(winters.value(ahead: 1)) - 400) < 0.5)
  }

  @Test func `predictive has the servers there before the peak returns`() {
    var predictive = Predictive()
    (predictive.season, predictive.slot, predictive.lead) = (600, 60, 60)
    predictive.scaleIn = .on
    var sizes: [Int] = []
    for tick in 1...80 {
      let time = Double(15 * tick)
      // The fourth minute of every ten is the peak.
      let isPeak = (Int(time - 1) / 60) % 10 == 3
      let now = check(time, rate: isPeak ? 200 : 20)
      sizes.append(predictive.decide(now, within: 1...50).after)
    }
    #expect(sizes[38] == 4)
    // At 720 s the slot from 780 s to 840 s is a minute away.
    let peak = sizes.indices.filter { sizes[$0] == 10 }.map { 15 * ($0 + 1) }
    #expect(peak == Array(stride(from: 720, to: 840, by: 15)))
  }

  @Test func `predictive only adds unless told otherwise`() {
    var predictive = Predictive()
    (predictive.season, predictive.slot) = (60, 15)
    for tick in 1...20 {
      let now = check(Double(15 * tick), servers: 6, rate: 20)
      #expect(predictive.decide(now, within: 1...50).after == 6)
    }
  }

  @Test func `predictive knows nothing of the time before it`() {
    var predictive = Predictive()
    (predictive.season, predictive.slot, predictive.scaleIn) = (240, 60, .on)
    var reasons: [String] = []
    // It begins half-way through a slot.
    for tick in 1...18 {
      let now = check(Double(9990 + 15 * tick), servers: 6, rate: 80)
      let decision = predictive.decide(now, within: 1...50)
      #expect(decision.after == (tick < 18 ? 6 : 4))
      reasons.append(decision.reason)
    }
    #expect(reasons[0] == "0 of 4 slots known")
    #expect(reasons[17] == "80/s forecast at 20/s a server")
  }

  @Test func `a peak within the lead counts, and not only the one at its end`() {
    var predictive = Predictive()
    (predictive.season, predictive.slot, predictive.lead) = (600, 60, 300)
    predictive.scaleIn = .on
    let sizes = (1...80).map { tick -> Int in
      let time = Double(15 * tick)
      let isPeak = (Int(time - 1) / 60) % 10 == 7
      return predictive.decide(check(time, rate: isPeak ? 200 : 20), within: 1...50).after
    }
    // The slot from 1020 s to 1080 s is in sight from 720 s on.
    let peak = sizes.indices.filter { sizes[$0] == 10 }.map { 15 * ($0 + 1) }
    #expect(peak == Array(stride(from: 720, to: 1080, by: 15)))
  }

  // MARK: - The future

  private func coming(_ rates: [Int], from start: Int) -> [Foreseen] {
    rates.enumerated().map { second, rate in
      Foreseen(
        time: Instant(seconds: Double(start + second)), requests: rate,
        work: .milliseconds(Int64(100 * rate)))
    }
  }

  @Test func `the oracle has what the seconds in sight need`() {
    var oracle = Oracle()
    #expect(oracle.foresight(boot: .seconds(5)) == .seconds(5))
    let blind = oracle.decide(check(10), within: 1...50)
    #expect(blind.after == 4)
    #expect(blind.reason == "nobody told it the future")
    oracle.foresee(coming([10, 10, 10, 75, 10], from: 10))
    let decision = oracle.decide(check(10), within: 1...50)
    #expect(decision.after == 8)
    #expect(decision.reason == "7.5 seconds of work will come in the second from 13s")
    oracle.foresee(coming([10, 10], from: 14))
    #expect(oracle.decide(check(14), within: 1...50).after == 1)
    oracle.foresee(coming([0, 0], from: 15))
    #expect(oracle.decide(check(15), within: 0...50).after == 0)
    oracle.ahead = .none
    #expect(oracle.foresight(boot: .seconds(5)) == .zero)
  }

  @Test func `the oracle goes by what a server does in a second`() {
    var oracle = Oracle()
    oracle.target = 0.5
    oracle.foresee(coming([90], from: 1))
    var check = check(1)
    check.servers = [Observation.Server(id: ServerID(0), cpu: 2, speed: 3)]
    #expect(oracle.decide(check, within: 1...50).after == 3)
  }

  @Test func `only the oracle knows the future, and says so`() {
    let seers = Autoscalers.all.filter { $0 is any Foreseeing.Type }.map { $0.name }
    #expect(seers == ["oracle"])
  }
}
