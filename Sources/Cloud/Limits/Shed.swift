/// Turns a request away instead of serving it when it has waited too long in a queue that stays
/// long.
public struct Shed: Limit {
  /// The name it is typed by.
  public static let name = "shed"
  /// What it does, in a sentence.
  public static let summary = "What waited too long is turned away, not served."
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: """
      A queue is overloaded after an interval in which even the shortest wait was above target; \
      then what has waited more than 2 × target is turned away when its turn comes. The first of \
      each interval is always served. Every server has a queue of its own.
      """,
    source: """
      folly, executors/Codel.cpp, after Nichols and Jacobson, Controlling Queue Delay (2012). Its \
      5ms and 100ms are for requests of a millisecond; ours are of 100ms, so 20 and 10 times that.
      """,
    ties: "None. No draws.",
    failure: """
      With an interval of less than a few services every request is the first of its interval. \
      Servers that share their slots have no queue to shed.
      """,
    lesson: "22")
  /// What can be set.
  public static var parameters: [Parameter<Self>] {
    [
      Parameter("target", \.target, .duration(0...86_400), "The wait that may stay."),
      Parameter(
        "interval", \.interval, .duration(1e-9...86_400), "How long the shortest wait is sought."),
    ]
  }
  /// What it is about.
  public static var kind: LimitKind { .shed }
  /// Why a request is turned away.
  public static var refusal: Refusal { .shed }

  /// Seconds that requests may always wait.
  public var target = 0.1
  /// Seconds over which the shortest wait is sought.
  public var interval = 1.0
  /// By server.
  private var queues: [Queue] = []

  fileprivate struct Queue: Hashable, Sendable {
    var shortest: Int64 = 0
    var end: Int64 = 0
    var begins = true
    var isOverloaded = false
  }

  /// A tenth of a second may always be waited.
  public init() {}

  /// Whether a server turns the head of its queue away that has waited so many nanoseconds.
  mutating func drops(waited wait: Int64, on server: Int, at now: Int64) -> Bool {
    while queues.count <= server { queues.append(Queue()) }
    return queues[server].drops(
      waited: wait, at: now, target: Int64(target * 1e9), interval: Int64(interval * 1e9))
  }
}

extension Shed.Queue {
  fileprivate mutating func drops(
    waited wait: Int64, at now: Int64, target: Int64, interval: Int64
  ) -> Bool {
    if now > end, !begins {
      begins = true
      end = now.addingClamped(interval)
      isOverloaded = shortest > target
    }
    if begins {
      begins = false
      shortest = wait
      return false
    }
    shortest = min(shortest, wait)
    return isOverloaded && wait > 2 * target
  }
}
