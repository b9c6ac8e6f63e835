import Simulation

/// What each server's latest answers took, by how many requests it had when they were sent.
struct LatencyByLoad: Sendable {
  /// How many answers of a server are kept.
  private static let kept = 16
  /// Per server a ring of answers, one after another.
  private var loads: [Int32] = []
  private var times: [Int64] = []
  private var counts = PerServer(0)
  /// How many requests a server had when a try was sent to it, until it is over.
  private var open: [UInt64: Int32] = [:]

  /// Notes that a try was sent to a server that had so many others.
  mutating func sent(_ request: RequestID, load: Int) { open[request.bits] = Int32(clamping: load) }

  /// Takes in how long a try took, unless it is nil, for a try that has no time.
  mutating func ended(_ request: RequestID, on server: ServerID, after time: Duration?) {
    guard let load = open.removeValue(forKey: request.bits), let time else { return }
    let room = (server.index + 1) * Self.kept
    if loads.count < room {
      loads.append(contentsOf: repeatElement(0, count: room - loads.count))
      times.append(contentsOf: repeatElement(0, count: room - times.count))
    }
    let slot = server.index * Self.kept + counts[server] % Self.kept
    loads[slot] = load
    times[slot] = time.nanoseconds
    counts[server] += 1
  }

  /// The median of the answers at the load nearest to this one, the lower of two in the middle;
  /// zero when the server was not heard of.
  func median(of server: ServerID, at load: Int) -> Duration {
    let begin = server.index * Self.kept
    var nearest = Int.max
    var taken: [Int64] = []
    for slot in begin..<begin + min(Self.kept, counts[server]) {
      let distance = abs(Int(loads[slot]) - load)
      if distance > nearest { continue }
      if distance < nearest { taken.removeAll(keepingCapacity: true) }
      nearest = distance
      taken.append(times[slot])
    }
    taken.sort()
    return taken.isEmpty ? .zero : Duration(nanoseconds: taken[(taken.count - 1) / 2])
  }
}
