public import Cloud
public import Simulation

/// A stretch of time that was measured, under a name, and what is needed to play it again.
public struct Run: Sendable {
  /// Its name; `last` also means the latest.
  public var name: String
  /// The world just before it.
  public var start: World
  /// When its warm-up ended, if it had one.
  public var warmup: Duration
  /// How it ended.
  public var end: End
  /// What was measured.
  public var measurement: Measurement
  /// The requests of a `send`, which cannot be played again; else empty.
  public var records: [RequestRecord]

  /// How a run ended, so that it can be repeated.
  public enum End: Hashable, Sendable {
    /// After so long.
    case time(Duration)
    /// After so many requests.
    case requests(Int)
    /// After so many events: it was stopped, or waited for an expression.
    case events(Int)
    /// It was a `send`.
    case sent
  }
}

/// The life of one request.
public struct RequestRecord: Hashable, Sendable {
  /// What became of it.
  public enum Status: String, Sendable {
    /// It was answered.
    case completed
    /// Its server died.
    case failed
    /// It was turned away.
    case refused
    /// Its client gave up.
    case timedOut = "timed-out"
    /// A limit turned it away.
    case limited
    /// It is not over.
    case open
  }

  /// Where a copy of a request that took too long was sent.
  public struct Copy: Hashable, Sendable {
    /// When.
    public var time: Instant
    /// The server it was given to.
    public var server: ServerID
    /// How many requests that server had before it.
    public var behind: Int
  }

  /// A stay at the balancer, when no server took it at once.
  public struct Stay: Hashable, Sendable {
    /// Since when.
    public var since: Instant
    /// When a server took it; nil while it waits, or if none ever did.
    public var given: Instant?
  }

  /// A try that came to nothing, after which another was sent or is to be.
  public struct Miss: Hashable, Sendable {
    /// Its number, from one.
    public var attempt: Int
    /// When it was sent.
    public var sent: Instant
    /// The server that had it or turned it away; nil if none did.
    public var server: ServerID?
    /// When it was over.
    public var over: Instant
    /// What became of it.
    public var status: Status
    /// Why it was turned away.
    public var refusal: Refusal?
  }

  /// Which one, and the last try.
  public var id: RequestID
  /// When it was first sent.
  public var arrival: Instant
  /// When its last try was sent; nil while that is the first.
  public var sent: Instant?
  /// The tries that came to nothing, in order.
  public var misses: [Miss] = []
  /// The server that has it or had it last.
  public var server: ServerID?
  /// The servers it was taken to, one for each try, in order.
  public var tries: [ServerID] = []
  /// Its copy, if it has one.
  public var copy: Copy?
  /// Its last try's stay at the balancer, if it had to wait there.
  public var stay: Stay?
  /// How many requests that server had before it.
  public var behind = 0
  /// Why that server.
  public var explanation: Explanation?
  /// When service began.
  public var start: Instant?
  /// When it was over.
  public var finish: Instant?
  /// What became of it.
  public var status = Status.open
  /// Why it was turned away.
  public var refusal: Refusal?
}
