import Simulation

/// HAProxy's ring: 16 points for each unit of weight by the server's number, and the nearest point
/// takes a key.
///
/// Source: HAProxy 2.6, lb_chash.c. A server's number is its place in the fleet, from 1.
package struct HAProxyRing: KeyOrder {
  private(set) var ring = HashRing(width: 32)
  /// The point that took the last request without a key, or the one after it if that was taken off;
  /// nil at the start.
  private var last: UInt32?
  /// By server, the most points it ever had.
  private var most = PerServer(0)

  /// Goes on to the next point whose server takes a request, round the circle and back to the last one;
  /// nil when nobody takes it.
  ///
  /// At the start, and after nobody took it, the first point alone is asked. Source: HAProxy 2.6,
  /// lb_chash.c, chash_get_next_server.
  mutating func turn(in view: borrowing View) -> ServerID? {
    let before = last.flatMap { ring.first(for: UInt64($0)) }
    last = nil
    var step = before.map { ring.next(after: $0) ?? $0 } ?? ring.first(for: 0)
    while let here = step {
      if let place = view.place(of: server(at: here)), view.accepts(place) {
        last = hash(at: here)
        return server(at: here)
      }
      guard let before, here.position != before.position else { return nil }
      step = ring.next(after: here) ?? before
    }
    return nil
  }

  mutating func follow(_ changes: FleetChanges, in view: borrowing View) {
    let made: HashRing.Maker = { server, _, count in
      let first = UInt32(truncatingIfNeeded: server.index + 1) &* 4096
      return (0..<count).map { UInt64(Hash.avalanche(first &+ UInt32(truncatingIfNeeded: $0))) }
    }
    let servers = changes.servers(in: view)
    let holder = last.flatMap { ring.first(for: UInt64($0)) }.map { server(at: $0) }
    let number = last.flatMap { last in holder.map { ring.number(of: UInt64(last), of: $0) } } ?? 0
    ring.follow(servers, in: view, counts: { Self.points(of: $0, in: view) }, hashes: made)
    for server in servers {
      let count = view.place(of: server).map { Self.points(of: $0, in: view) } ?? 0
      let isAnew = count > most[server]
      most[server] = max(most[server], count)
      if server == holder, isAnew || number >= count { skip(isAnew ? server : nil) }
    }
  }

  private static func points(of place: Int, in view: borrowing View) -> Int {
    16 * view.wholeWeight(place, atMost: HAProxyMap.largestWeight)
  }

  /// Goes to the next point that is left, since the last one was taken off; where a server has more
  /// points than ever before, all of its were.
  ///
  /// Source: HAProxy 2.6, lb_chash.c, chash_skip_node.
  private mutating func skip(_ anew: ServerID?) {
    var step = last.flatMap { ring.first(for: UInt64($0) + 1) }
    while let here = step, server(at: here) == anew { step = ring.next(after: here) }
    last = step.map { hash(at: $0) }
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

  /// The hash of the point one has come to.
  func hash(at step: HashRing.Step) -> UInt32 {
    UInt32(truncatingIfNeeded: ring.point(at: step).hash)
  }

  package func search(for hash: UInt32) -> String {
    "the point nearest to \(ring.text(UInt64(hash))) on a ring of \(ring.count)"
  }

  package func terms(at step: HashRing.Step) -> String { ring.terms(at: step) }
}
