import Simulation

/// What is measured since a run began: counters and small histograms.
struct Metrics: Sendable {
  var arrived = 0
  var failed = 0
  var refused = 0
  var timedOut = 0
  var limited = 0
  /// Answers that took longer than the objective.
  var late = 0
  /// Work that arrived, in nanoseconds of one slot; it begins anew when it is past 584 years.
  var work: UInt64 = 0
  /// Tries beyond each request's first.
  var retried = 0
  /// Copies of first tries that were given to another server.
  var hedged = 0
  /// From first sending to the answer, of completed requests.
  var latency = Histogram()
  /// From the answered try's sending to the start of its service.
  var wait = Histogram()
  /// Requests that were answered.
  var completed: Int { Int(latency.count) }

  /// What stands here while a histogram is lent.
  static let none = Histogram()
}

/// How a request ended, other than with an answer.
enum Loss: Sendable {
  case failed
  case refused
  case timedOut
  case limited

  /// What a budget of retries hears.
  var outcome: Outcome {
    switch self {
    case .failed: .failed
    case .refused, .limited: .refused
    case .timedOut: .abandoned
    }
  }
}

extension Refusal {
  /// What it is for the request.
  var loss: Loss {
    switch self {
    case .noConnection, .allTried: .failed
    case .queueFull, .memoryFull, .allFull, .noServer: .refused
    case .rateLimited, .tooMany, .unimportant, .shed: .limited
    }
  }

  /// Whether a limit turned the request away.
  public var isLimit: Bool { loss == .limited }
}
