import Simulation

/// Which servers are warming up: those that boot, and those in service for less than a time.
///
/// Servers that are in service at its first look count as warm. The metric leaves warming servers
/// out; a step counts from the warm ones, so that the same step twice adds once.
///
/// Source: EC2 Auto Scaling user guide, "Instance warmup".
struct InstanceWarmup: Sendable {
  /// How long a server in service still counts as warming, in seconds.
  var length: Double
  private var seen: [(id: ServerID, since: Instant?)]?

  init(_ length: Double) { self.length = length }

  /// The servers that are warm at a check.
  mutating func warm(_ observation: Observation) -> [Observation.Server] {
    let now = observation.time
    let old = seen
    var next: [(id: ServerID, since: Instant?)] = []
    var warm: [Observation.Server] = []
    var place = 0
    for server in observation.servers {
      // Both lists are in the order in which the servers were rented.
      while let old, place < old.count, old[place].id.index < server.id.index { place += 1 }
      var since = server.readySince ?? now
      if let old {
        if place < old.count, old[place].id == server.id, let ready = old[place].since {
          since = ready
        }
      } else if server.ready {
        since = Instant(nanoseconds: .min)
      }
      next.append((server.id, server.ready ? since : nil))
      if server.ready, now - since >= Duration(seconds: length) { warm.append(server) }
    }
    seen = next
    return warm
  }
}
