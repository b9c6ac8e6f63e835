public import Simulation

/// Decides from what it hears and checks whether a server is healthy; composes with any balancer.
///
/// With such a rule crashed servers stay in view until the rule finds out.
public protocol HealthRule: Strategy {
  /// How often ``tend(_:)`` is called.
  var period: Duration { get }
  /// Hears how a try ended.
  mutating func heard(_ outcome: Outcome, from server: ServerID, at now: Instant)
  /// Looks after the servers, healthy or not.
  mutating func tend(_ view: borrowing View)
  /// Whether a server may be offered requests.
  func isUp(_ server: ServerID, at now: Instant) -> Bool
}

/// Every health rule there is.
public enum HealthRules {
  /// In the order they are listed.
  public static let all: [any HealthRule.Type] = [
    MaxFails.self, Checks.self, Outliers.self,
  ]

  /// The rule of that name.
  public static func named(_ name: String) -> (any HealthRule.Type)? {
    all.first { $0.name == name }
  }
}
