import Simulation

/// Tells an observation's servers as pods, and remembers when they started and became ready.
///
/// A server is a pod: one that has never been in service is pending; one that was and boots again
/// runs but is not ready. Where nobody tells since when a server is ready, that is when it was seen
/// to be, and those that were ready at the first check count as long ready.
struct PodWatch: Sendable {
  private struct Seen: Sendable {
    var start: Instant
    var readiness: Pod.Readiness
    var hasServed: Bool
  }

  /// By the server's place in the fleet.
  private var seen: [Seen?] = []
  private var isFirst = true

  /// The pods, in the order of the servers; what they ask for is left open.
  mutating func pods(_ observation: Observation) -> [Pod] {
    defer { isFirst = false }
    return observation.servers.map { server in
      let isOld = isFirst && server.ready
      let seen = look(
        at: server, server.readySince ?? (isOld ? Instant(nanoseconds: .min) : observation.time))
      return Pod(
        name: server.id.name, phase: seen.hasServed ? .running : .pending, start: seen.start,
        readiness: seen.readiness)
    }
  }

  private mutating func look(at server: Observation.Server, _ now: Instant) -> Seen {
    let place = server.id.index
    if place >= seen.count {
      seen.append(contentsOf: repeatElement(nil, count: place + 1 - seen.count))
    }
    var entry =
      seen[place]
      ?? Seen(
        start: server.launched ?? now, readiness: Pod.Readiness(isReady: server.ready, since: now),
        hasServed: false)
    if entry.readiness.isReady != server.ready {
      entry.readiness = Pod.Readiness(isReady: server.ready, since: now)
    }
    entry.hasServed = entry.hasServed || server.ready
    seen[place] = entry
    return entry
  }

  /// Readings of the servers that are there, each covering the time since the last check.
  static func readings(_ observation: Observation, _ value: (Observation.Server) -> Double)
    -> [PodReading]
  {
    guard observation.elapsed > .zero else { return [] }
    return observation.servers.map { server in
      PodReading(
        pod: server.id.name, containers: [server.ready ? Int(milli: value(server)) : 0],
        time: observation.time, window: observation.elapsed)
    }
  }
}

extension Int {
  /// A quantity in thousandths, rounded up from billionths as Kubernetes reads its metrics.
  ///
  /// At least 0 and at most 10¹²; not a number is 0.
  init(milli value: Double) {
    guard value > 0 else {
      self = 0
      return
    }
    let billionths = (Swift.min(value, 1e9) * 1e9).rounded()
    self = Int((billionths / 1e6).rounded(.up))
  }
}
