import Simulation

/// HAProxy's ring: 16 points for each unit of weight by the server's number, and the nearest point
/// takes a key.
///
/// Source: HAProxy 2.6, lb_chash.c. A server's number is its place in the fleet, from 1.
package struct HAProxyRing: KeyOrder {
  private(set) var ring = HashRing(width: 32)

  mutating func follow(_ changes: FleetChanges, in view: borrowing View) {
    let made: HashRing.Maker = { server, _, count in
      let first = UInt32(truncatingIfNeeded: server.index + 1) &* 4096
      return (0..<count).map { UInt64(Hash.avalanche(first &+ UInt32(truncatingIfNeeded: $0))) }
    }
    ring.follow(
      changes.servers(in: view), in: view,
      counts: { 16 * view.wholeWeight($0, atMost: HAProxyMap.largestWeight) }, hashes: made)
  }

  /// The nearest point, the one before of two that are as near.
  package func first(for hash: UInt32) -> HashRing.Step? {
    guard let after = ring.first(for: UInt64(hash)) else { return nil }
    let before = ring.before(after)
    let back = hash &- self.hash(at: before)
    let on = self.hash(at: after) &- hash
    return back <= on ? before : after
  }

  package func next(after step: HashRing.Step) -> HashRing.Step? { ring.next(after: step) }

  package func server(at step: HashRing.Step) -> ServerID { ring.server(at: step) }

  /// The first point after a hash, round the circle.
  func step(after hash: UInt32?) -> HashRing.Step? {
    ring.first(for: hash.map { UInt64($0) + 1 } ?? 0)
  }

  /// The hash of the point one has come to.
  func hash(at step: HashRing.Step) -> UInt32 {
    UInt32(truncatingIfNeeded: ring.point(at: step).hash)
  }

  package func search(for hash: UInt32) -> String {
    "the point nearest to \(ring.text(UInt64(hash))) on a ring of \(ring.count)"
  }

  package func terms(at step: HashRing.Step) -> String { ring.terms(at: step) }
}
