import Simulation

/// What is to arrive, second by second of the clock, found by advancing a copy of the loads.
///
/// Each request owns its draws, so that looking ahead changes nothing. Every arrival is found once:
/// a look costs what is new since the last one, and the seconds in sight.
struct Outlook: Sendable {
  /// How far it sees at most, in nanoseconds: a day.
  static let farthest: Int64 = 86_400_000_000_000
  /// How many requests it sees at most: as many as there may be at once.
  static let most = 4_000_000

  private static let second: Int64 = 1_000_000_000
  private var loads: [Arrivals]
  private var rows: [LoadRow]
  /// What was found, from the second of that number on, with no gap.
  private var seconds: [Foreseen] = []
  private var first: Int64 = 0
  private var requests = 0

  /// From the present on.
  init(_ engine: Engine) {
    loads = engine.loads
    rows = Array(engine.loadRows)
    first = engine.clock / Self.second
  }

  /// What arrives from the second at hand until so far ahead, in whole seconds.
  mutating func look(from now: Int64, ahead: Duration) -> [Foreseen] {
    let past = Int(clamping: now / Self.second - first)
    for second in seconds.prefix(max(0, past)) { requests -= second.requests }
    seconds.removeFirst(min(seconds.count, max(0, past)))
    first = now / Self.second
    let length = min(max(0, ahead.nanoseconds), Self.farthest)
    let last = (now.addingClamped(length) - 1) / Self.second
    while first + Int64(seconds.count) <= last {
      let number = first + Int64(seconds.count)
      seconds.append(Foreseen(time: Instant(nanoseconds: number * Self.second)))
    }
    let exponential = Exponential.Sampler()
    while requests < Self.most, let place = earliest, rows[place].next / Self.second <= last {
      take(place, exponential)
    }
    return seconds
  }

  /// The load that sends next; the one named first wins a tie.
  private var earliest: Int? {
    rows.indices.filter { rows[$0].next < Engine.never }.min { rows[$0].next < rows[$1].next }
  }

  private mutating func take(_ place: Int, _ exponential: Exponential.Sampler) {
    let time = rows[place].next
    let index = max(0, Int(time / Self.second - first))
    let work = rows[place].drawWork(exponential) ?? loads[place].rareWork(rows[place])
    seconds[index].requests += 1
    let sum = seconds[index].work.nanoseconds.addingClamped(work)
    seconds[index].work = Duration(nanoseconds: sum)
    requests += 1
    rows[place].count &+= 1
    if !rows[place].advance(from: time, exponential) {
      loads[place].advance(&rows[place], from: time)
    }
  }
}

extension World {
  /// Tells a policy that knows the future what is to come before its next check but one.
  func foretell(_ scaler: inout Scaler) {
    guard var policy = scaler.policy as? any Foreseeing else { return }
    var outlook = scaler.outlook ?? Outlook(engine)
    let ahead = policy.foresight(boot: scaler.boot).nanoseconds
      .addingClamped(scaler.every.nanoseconds)
    policy.foresee(outlook.look(from: engine.clock, ahead: Duration(nanoseconds: ahead)))
    scaler.policy = policy
    scaler.outlook = outlook
  }

  /// Lets what was foreseen be found anew: the loads have changed.
  mutating func forgetOutlooks() {
    for place in scalers.indices { scalers[place]?.outlook = nil }
  }
}
