public import Simulation

/// Something that befalls servers at a time or at random: `f1`, `f2`, ….
public struct Fault: Hashable, Sendable {
  /// What befalls them.
  public enum Kind: Hashable, Sendable {
    /// They crash, and start anew when it is over.
    case crash
    /// Each crashes at random and starts anew when it is repaired; times in nanoseconds, up to the
    /// failure and from it to the repair. Without a repair it stays down.
    case randomCrash(mtbf: Distribution, mttr: Distribution?)
    /// Their zone is out: they crash, and what is rented there does not come up before it is over.
    case outage
    /// They are so many times slower.
    case slow(factor: Double)
    /// They answer a share of their requests with an error, after so much work.
    case errors(share: Double, after: Duration)
    /// A share of the spot machines is taken back at once.
    case spotWave(share: Double)
  }

  /// Whom it befalls.
  public enum Target: Hashable, Sendable {
    /// All servers, those to come as well.
    case all
    /// These.
    case servers([ServerID])
    /// Those of a zone, those to come as well.
    case zone(String)
  }

  /// Its number, from one.
  public internal(set) var number = 0
  /// What befalls them.
  public var kind: Kind
  /// Whom it befalls.
  public var target: Target
  /// When it begins.
  public var start: Instant
  /// When it is over; nil when nobody knows.
  public var end: Instant?
  /// Whether it has begun.
  public internal(set) var isActive = false
  /// The servers it befell, each in that life, with what it had before.
  var victims: [Victim] = []
  /// Which of the random faults it is, and what tells its draws from theirs.
  var stream = 0
  var key: UInt64 = 0

  struct Victim: Hashable, Sendable {
    var id: ServerID
    var life: UInt32
    var before = 0.0
    var work: Int64 = 0
  }

  /// Something that is to befall servers.
  public init(_ kind: Kind, _ target: Target, start: Instant, end: Instant? = nil) {
    self.kind = kind
    self.target = target
    self.start = start
    self.end = end
  }

  /// The name it is typed by.
  public var name: String { "f\(number)" }

  /// Whether it goes on when it has begun; else it is done at once.
  var lasts: Bool {
    switch kind {
    case .randomCrash, .outage: true
    case .crash, .slow, .errors: end != nil
    case .spotWave: false
    }
  }

  /// Whether it befalls a server.
  func covers(_ id: ServerID, zone: String) -> Bool {
    switch target {
    case .all: true
    case .servers(let ids): ids.contains(id)
    case .zone(let name): zone == name
    }
  }
}

/// What a fault's alarm brings.
enum FaultStep: BitwiseCopyable, Hashable, Sendable {
  /// It begins.
  case begin
  /// It is over.
  case end
  /// A server crashes, in this life of its.
  case crash(ServerID, life: UInt32)
  /// A server that crashed in this life starts anew.
  case repair(ServerID, life: UInt32)

  /// Its place among the steps of one instant: by server, the fault itself first.
  func number(of place: Int) -> UInt64 {
    let server: Int
    switch self {
    case .begin, .end: server = 0
    case .crash(let id, _), .repair(let id, _): server = id.index + 1
    }
    return UInt64(truncatingIfNeeded: server) << 24 | UInt64(truncatingIfNeeded: place) & 0xFF_FFFF
  }
}
