public import Simulation

/// Turns requests away, or keeps tries from being sent again, so that what is accepted is answered.
///
/// A limit is a strategy: its state travels with forks and steps back. It is asked about every try
/// that comes from a client; what the balancer tries on another server has been let in.
public protocol Limit: Strategy {
  /// Limits of the same kind replace one another.
  static var kind: LimitKind { get }
  /// The parameter that is typed without its name; none by default.
  static var leading: String? { get }
  /// Why a request is turned away.
  static var refusal: Refusal { get }
  /// Hears of it once, when it is put to work among so many requests that are not over.
  mutating func begin(open: Int, at now: Instant)
  /// Whether a try is let in; if so, it counts. Everything by default.
  mutating func admits(_ request: Applicant, among crowd: Crowd) -> Bool
  /// Hears how long a try waited that has left a server; nothing by default.
  mutating func heard(wait: Duration, at now: Instant)
}

/// What a limit is about.
public enum LimitKind: String, CaseIterable, Sendable {
  /// How often a client may come.
  case rate
  /// Who is let in when not all can be.
  case priority
  /// How many may be there.
  case breaker
  /// How many may be there for each server.
  case concurrency
  /// How long a try may have waited.
  case shed
  /// Whether a try that came to nothing is sent again.
  case retry
}

/// A try at the door.
public struct Applicant: Sendable {
  /// The request.
  public var request: Request
  /// How important its load is: 0 is the most important.
  public var priority: Int
}

/// How many tries there are when another one comes.
public struct Crowd: Sendable {
  /// On servers, in service and waiting, and at the balancer.
  public var open: Int
  /// Those of them that wait, on servers or at the balancer.
  public var waiting: Int
  /// Servers in service.
  public var servers: Int
}

extension Limit {
  /// Every parameter is typed with its name.
  public static var leading: String? { nil }

  /// Nothing is to be prepared.
  public mutating func begin(open: Int, at now: Instant) {}

  /// Everything is let in.
  public mutating func admits(_ request: Applicant, among crowd: Crowd) -> Bool { true }

  /// Nothing to learn from a wait.
  public mutating func heard(wait: Duration, at now: Instant) {}
}

/// Every limit there is.
public enum Limits {
  /// In the order they are listed, and asked.
  public static let all: [any Limit.Type] = [
    ClientRate.self, PriorityAdmission.self, Concurrency.self, Breaker.self, Shed.self,
    RetryTokens.self, RetryThrottle.self, RetryConcurrency.self,
  ]

  /// The limit of that name.
  public static func named(_ name: String) -> (any Limit.Type)? { all.first { $0.name == name } }
}
