public import Simulation

/// One thing that happened in the world.
public struct Event: Hashable, Sendable {
  /// When it happened.
  public var time: Instant
  /// What happened.
  public var what: What

  /// Something that happened at a time.
  public init(time: Instant, what: What) {
    self.time = time
    self.what = what
  }

  /// What can happen.
  public enum What: Hashable, Sendable {
    /// A request was given to a server, which already had so many.
    case arrived(RequestID, on: ServerID, behind: Int)
    /// A request was turned away, by a server or because there is none; it may be sent again.
    case refused(RequestID, Refusal, by: ServerID?, again: Bool)
    /// No server accepted a request; it waits at the balancer.
    case waits(RequestID)
    /// A request that waited at the balancer was given to a server, which already had so many.
    case given(RequestID, to: ServerID, behind: Int)
    /// A copy of a request that is still unanswered was given to another server, which already had so
    /// many.
    case hedged(RequestID, on: ServerID, behind: Int)
    /// A try came to nothing, on a server or since no other accepts a copy; the other one of its
    /// request goes on.
    case outlived(RequestID, on: ServerID?)
    /// A server answered a request with an error; it may be sent again.
    case failed(RequestID, on: ServerID, next: RequestID?, again: Bool)
    /// The balancer looked after its servers.
    case tended
    /// A server answered a request; the next in its queue, if any, begins.
    case finished(Answer, next: RequestID?)
    /// A server finished a request whose client had given up.
    case wasted(RequestID, on: ServerID, next: RequestID?)
    /// A server turned a request away, instead of serving it, whose client had given up.
    case dropped(RequestID, on: ServerID)
    /// A client gave up waiting, for a server or at the balancer; it may send the request again.
    case timedOut(RequestID, on: ServerID?, again: Bool)
    /// A server came into service.
    case booted(ServerID)
    /// A server that came into service is warm.
    case warmed(ServerID)
    /// A spot machine is being taken back; it has so many requests.
    case noticed(ServerID, active: Int)
    /// A server crashed at random; so many requests were lost.
    case crashed(ServerID, lost: Int)
    /// A server that crashed at random starts anew.
    case repaired(ServerID)
    /// A fault began, by its number, on these servers; so many requests were lost.
    case faultBegan(Int, Fault.Kind, servers: [ServerID], lost: Int)
    /// A fault is over, by its number.
    case faultEnded(Int)
    /// A server of a warm pool has booted once and was stopped.
    case prepared(ServerID)
    /// A draining server was given back; so many requests were cut off.
    case left(ServerID, cut: Int)
    /// An autoscaler looked at the fleet; the decision is kept when it changed something.
    case checked(policy: String, change: Int)
  }
}

/// Why a request was turned away.
public enum Refusal: String, Hashable, Sendable {
  /// Its server's queue was full.
  case queueFull
  /// Its server had too little memory left.
  case memoryFull
  /// Every server had as many requests as it may be given.
  case allFull
  /// Its server had crashed.
  case noConnection
  /// It was tried on every server that accepts it.
  case allTried
  /// No server was in service.
  case noServer
  /// Its client came more often than it may.
  case rateLimited
  /// As many requests were there, or waited, as may.
  case tooMany
  /// More important ones were let in.
  case unimportant
  /// It had waited too long for its turn.
  case shed
}

/// A request that was answered, with its times.
public struct Answer: Hashable, Sendable {
  /// Which request, and which try was answered.
  public var id: RequestID
  /// The server that answered.
  public var server: ServerID
  /// When the client first sent it.
  public var arrival: Instant
  /// When the answered try began service.
  public var start: Instant
  /// When it was answered.
  public var finish: Instant
  /// The other try of the request, if there was one under way.
  public var superseded: Superseded?

  /// From first sending to the answer.
  public var latency: Duration { finish - arrival }
}

/// A try that is not needed any more, since another one of its request was answered.
public struct Superseded: Hashable, Sendable {
  /// Which try.
  public var id: RequestID
  /// The server that has it.
  public var server: ServerID
  /// Whether it still waits there, and so is taken out of the queue; else the server goes on with it.
  public var waits: Bool
}
