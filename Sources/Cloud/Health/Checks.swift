public import Simulation

/// Active health checks as HAProxy makes them.
public struct Checks: HealthRule {
  /// The name it is typed by.
  public static let name = "checks"
  /// What it does, in a sentence.
  public static let summary = "Active: each is asked now and then; rise, fall decide."
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: """
      Every inter each server is asked: after fall bad answers in a row it is down, after rise good \
      ones it is up again.
      """,
    source: "HAProxy, option check: inter 2s, rise 2, fall 3.", ties: "None. No draws.",
    failure: "Until fall × inter has passed its requests go to a dead server.",
    lesson: "10")
  /// What can be set.
  public static var parameters: [Parameter<Self>] {
    [
      Parameter("inter", \.inter, .duration(0.001...86_400), "Time between checks."),
      Parameter("rise", \.rise, in: 1...1000, "Good checks in a row that bring a server back."),
      Parameter("fall", \.fall, in: 1...1000, "Bad checks in a row that take it out."),
    ]
  }

  /// Seconds between checks, by default as HAProxy.
  public var inter = 2.0
  /// Good checks in a row that bring a server back, by default as HAProxy.
  public var rise = 2 {
    didSet { checks = ActiveChecks(rise: rise, fall: fall) }
  }
  /// Bad checks in a row that take it out, by default as HAProxy.
  public var fall = 3 {
    didSet { checks = ActiveChecks(rise: rise, fall: fall) }
  }
  private var checks = ActiveChecks(rise: 2, fall: 3)

  /// With HAProxy's defaults.
  public init() {}

  /// As often as it checks.
  public var period: Duration { Duration(seconds: inter) }

  /// Requests do not matter.
  public mutating func heard(_ outcome: Outcome, from server: ServerID, at now: Instant) {}

  /// Asks every server.
  public mutating func tend(_ view: borrowing View) {
    for place in 0..<view.count { checks.checked(view.id(place), isAlive: view.isAlive(place)) }
  }

  /// As the checks say.
  public func isUp(_ server: ServerID, at now: Instant) -> Bool { checks.isUp(server) }
}
