/// How a try ended at a server, as the balancer that gave it learns.
public enum Outcome: UInt8, Hashable, Sendable, BitwiseCopyable {
  /// It was answered.
  case answered
  /// It was answered with an error, or its server died.
  case failed
  /// It never began: no connection, or the server's queue or memory was full.
  case refused
  /// Its client had given up before the server was done.
  case abandoned
}
