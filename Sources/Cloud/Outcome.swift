/// How a try ended at a server, as the balancer that gave it learns.
public enum Outcome: UInt8, Hashable, Sendable, BitwiseCopyable {
  /// It was answered.
  case answered
  /// It was answered with an error.
  case failed
  /// Its server died before it answered.
  case lost
  /// It never began: no connection, or the server's queue or memory was full.
  case refused
  /// Its client had given up before the server was done.
  case abandoned
  /// It was taken out of its server's queue, since another try of its request was answered.
  case cancelled

  /// Whether it speaks against the server.
  public var isFailure: Bool {
    switch self {
    case .failed, .lost, .refused: true
    case .answered, .abandoned, .cancelled: false
    }
  }
}
