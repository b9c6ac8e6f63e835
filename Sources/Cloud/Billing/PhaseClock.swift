public import Simulation

/// What a server that is paid may be doing, as far as its time is told apart.
public enum Phase: Int, CaseIterable, Sendable {
  /// It boots.
  case booting
  /// It takes requests but is not warm yet.
  case warming
  /// It takes requests.
  case inService
  /// It finishes what it has.
  case draining
  /// It stands in a warm pool.
  case pooled
}

/// The time that servers spent in each phase, kept up as they go from one to the next.
struct PhaseClock: Hashable, Sendable {
  /// How many servers are in each phase now.
  private(set) var counts = [Int](repeating: 0, count: Phase.allCases.count)
  /// The integral of that over time up to `since`, in server-nanoseconds.
  private var times = [UInt128](repeating: 0, count: Phase.allCases.count)
  private var since: Int64 = 0
  /// The most that took requests at once since it was last forgotten.
  private(set) var peak = 0

  /// How many take requests.
  var serving: Int { counts[Phase.warming.rawValue] + counts[Phase.inService.rawValue] }

  /// Moves a server from one phase to another; nil is none of them.
  mutating func move(from old: Phase?, to new: Phase?, now: Instant) {
    guard old != new else { return }
    times = integrals(now)
    since = now.nanoseconds
    if let old { counts[old.rawValue] -= 1 }
    if let new { counts[new.rawValue] += 1 }
    peak = max(peak, serving)
  }

  /// Begins to look for the most anew.
  mutating func forgetPeak() { peak = serving }

  /// By phase, the server-nanoseconds up to an instant after the last move.
  func integrals(_ now: Instant) -> [UInt128] {
    let passed = UInt128(max(0, now.nanoseconds - since))
    return zip(times, counts).map { $0 + UInt128(max(0, $1)) * passed }
  }
}

/// Server-time by what the servers were doing; each saturates at 292 years.
public struct PhaseTimes: Hashable, Sendable {
  static let none = [UInt128](repeating: 0, count: Phase.allCases.count)
  private var nanoseconds: [UInt128]

  /// No time at all.
  public init() { nanoseconds = Self.none }

  init(_ now: [UInt128], since before: [UInt128]) {
    nanoseconds = zip(now, before).map { $0 - $1 }
  }

  /// The time in a phase.
  public subscript(phase: Phase) -> Duration {
    Duration(nanoseconds: Int64(clamping: nanoseconds[phase.rawValue]))
  }
}

extension ServerState {
  /// The phase of a server in this state; nil when it is not paid.
  func phase(isWarming: Bool) -> Phase? {
    switch self {
    case .booting: .booting
    case .inService: isWarming ? .warming : .inService
    case .draining: .draining
    case .pooled: .pooled
    case .crashed, .gone: nil
    }
  }
}
