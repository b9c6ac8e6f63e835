public import Simulation

/// Adds a server when the busiest one has had more requests in all than a threshold.
public struct Sample: Autoscaler {
  /// The name it is typed by.
  public static let name = "sample"
  /// What it does, in a sentence.
  public static let summary = "Adds one when the busiest has had too many in all."
  /// How often it checks.
  public static let period = Duration.seconds(1)
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: """
      Add a server when max(requests a server has had in all) > threshold. That total never \
      falls, so the trigger decides what happens next: each-check adds one at every check from \
      then on, each-hit one for each request that landed above the threshold, once one for each \
      server that crosses it, reset takes all totals from zero after each addition, cooldown adds \
      at most one in 300s. It never removes.
      """,
    source: """
      The rule of a well-known sample, which checks every second; cooldown is AWS simple \
      scaling's default of 300s.
      """,
    ties: "Equal totals: the first server in the order they were rented. No draws.",
    failure: """
      It takes a counter for a level. At a constant load that five servers carry, five grow to \
      3158 in an hour.
      """,
    lesson: "13")
  /// What can be set.
  public static var parameters: [Parameter<Self>] {
    [
      Parameter(
        "threshold", \.threshold, in: 0...1_000_000_000, "Requests a server may have had in all."),
      Parameter("trigger", \.trigger, "What an exceeded threshold sets off, and how often."),
      Parameter(
        "cooldown", \.cooldown, .duration(0...86400), "Time between two additions by `cooldown`."),
    ]
  }

  /// What an exceeded threshold sets off, and how often.
  public enum Trigger: String, CaseIterable, Sendable {
    /// One server at every check at which the busiest is above the threshold.
    case eachCheck = "each-check"
    /// One server for each request that landed on a server above the threshold.
    case eachHit = "each-hit"
    /// One server for each server that crosses the threshold.
    case once
    /// One server, and all totals count from zero again.
    case reset
    /// One server, and then none for a while.
    case cooldown
  }

  /// Requests a server may have had in all.
  public var threshold = 100
  /// What an exceeded threshold sets off, and how often.
  public var trigger = Trigger.eachCheck
  /// Seconds between two additions by ``Trigger/cooldown``.
  public var cooldown = 300.0
  /// Totals at the last reset, by server.
  private var origins: [Counter] = []
  /// Whether a server has crossed the threshold before, by server.
  private var fired: [Bool] = []
  private var lastAddition: Instant?

  /// Above 100 requests, at every check.
  public init() {}

  /// It only adds.
  public var givesBack: Bool { false }

  /// The count it wants now, with what each slot made of it.
  public mutating func decide(_ observation: Observation, within bounds: ClosedRange<Int>)
    -> Decision
  {
    var plan = Plan(observation)
    guard let busiest = busiest(of: observation) else {
      plan.note("signal", "no server", "nothing")
      plan.give(up: "no server to watch")
      return plan.finish(within: bounds)
    }
    let name = busiest.id.name
    let had = total(of: busiest)
    plan.note("signal", "most requests in all, on \(name)", "\(had)")
    plan.note("window", "none: a total, read as if it were a level", "\(had)")

    // It only ever adds.
    plan.say = .none
    let over = Counter(had).readAsLevel > Level(Double(threshold))
    let extra = over ? additions(observation) : 0
    plan.take(
      Plan.desired, plan.count + extra,
      over
        ? "\(had) > \(threshold), \(trigger.rawValue): \(plan.count) + \(extra)"
        : "\(had) ≤ \(threshold): no more",
      because: over
        ? "\(name) has had \(had) requests in all, over \(threshold)"
        : "\(name) has had \(had) requests in all, not over \(threshold)")
    plan.skip("dead band")
    plan.skip("stabilization")
    rest(over, at: observation.time, &plan)

    let decision = plan.finish(within: bounds)
    if decision.after > decision.before { added(observation) }
    return decision
  }

  /// The rate limit, which only `cooldown` has.
  private func rest(_ over: Bool, at now: Instant, _ plan: inout Plan) {
    guard trigger == .cooldown, over, let last = lastAddition else {
      return plan.skip("rate limit")
    }
    let age = now - last
    let ready = age >= Duration(seconds: cooldown)
    let seconds = Figure.seconds(age.seconds)
    plan.take(
      "rate limit", ready ? plan.count : plan.before,
      "last addition \(seconds) ago, \(ready ? "not under" : "under") \(Figure.seconds(cooldown))",
      because: "added \(seconds) ago, at most one in \(Figure.seconds(cooldown))")
  }
}

// MARK: - Counting

extension Sample {
  private func origin(of server: ServerID) -> Counter {
    server.index < origins.count ? origins[server.index] : Counter(0)
  }

  /// Requests a server has had since the last reset.
  private func total(of server: Observation.Server) -> Int {
    server.picked.grown(since: origin(of: server.id))
  }

  private func busiest(of observation: Observation) -> Observation.Server? {
    var busiest = observation.servers.first
    var most = busiest.map(total) ?? 0
    for server in observation.servers where total(of: server) > most {
      busiest = server
      most = total(of: server)
    }
    return busiest
  }

  /// How many servers the threshold calls for, once it is exceeded.
  private mutating func additions(_ observation: Observation) -> Int {
    switch trigger {
    case .eachCheck, .reset, .cooldown: return 1
    case .eachHit:
      return observation.servers.reduce(0) { sum, server in
        sum + max(0, min(server.arrivals, total(of: server) - threshold))
      }
    case .once:
      var crossings = 0
      for server in observation.servers where total(of: server) > threshold {
        if server.id.index >= fired.count {
          let missing = server.id.index + 1 - fired.count
          fired.append(contentsOf: repeatElement(false, count: missing))
        }
        if !fired[server.id.index] {
          fired[server.id.index] = true
          crossings += 1
        }
      }
      return crossings
    }
  }

  /// Remembers an addition.
  private mutating func added(_ observation: Observation) {
    lastAddition = observation.time
    guard trigger == .reset else { return }
    for server in observation.servers {
      if server.id.index >= origins.count {
        let missing = server.id.index + 1 - origins.count
        origins.append(contentsOf: repeatElement(Counter(0), count: missing))
      }
      origins[server.id.index] = server.picked
    }
  }
}
