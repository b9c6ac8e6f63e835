import Simulation

/// HAProxy's ring: 16 points for each unit of weight by the server's number, and the nearest point
/// takes a key.
///
/// Source: HAProxy 2.6, lb_chash.c. A server's number is its place in the fleet, from 1.
package struct HAProxyRing: KeyOrder {
  private(set) var ring = HashRing(width: 32)
  /// Whether all points are one server's.
  private(set) var hasOneServer = false
  /// The point that took the last request without a key; nil before the first, or when it was taken off.
  private(set) var last: Point?
  /// By server, the most points it ever had.
  private var most = PerServer(0)

  /// A point of the ring: which of its server's it is, from 0.
  struct Point: Sendable {
    let server: ServerID
    let number: Int
    let hash: UInt32
  }

  /// Whether a server that has so many points from now on keeps one: all are put on the ring anew when
  /// there are more than ever before.
  private func keeps(_ point: Point, _ count: Int) -> Bool {
    point.number < count && count <= most[point.server]
  }

  /// Goes on to the next point whose server takes a request, round the circle and back to the last one;
  /// nil when nobody takes it.
  ///
  /// At the start, and after nobody took it, the first point alone is asked.
  mutating func turn(in view: borrowing View) -> ServerID? {
    guard let before = last else {
      guard let start = ring.first(for: 0), takes(start, in: view) else { return nil }
      last = point(start)
      return last?.server
    }
    last = nil
    var step = ring.first(for: UInt64(before.hash)).flatMap { ring.next(after: $0) }
    while let here = step {
      if takes(here, in: view) {
        last = point(here)
        return last?.server
      }
      step = ring.next(after: here)
    }
    guard let place = view.place(of: before.server), view.accepts(place) else { return nil }
    last = before
    return before.server
  }

  private func takes(_ step: HashRing.Step, in view: borrowing View) -> Bool {
    view.place(of: server(at: step)).map { view.accepts($0) } ?? false
  }

  private func point(_ step: HashRing.Step) -> Point {
    let server = server(at: step)
    let hash = hash(at: step)
    return Point(server: server, number: ring.number(of: UInt64(hash), of: server), hash: hash)
  }

  mutating func follow(_ changes: FleetChanges, in view: borrowing View) {
    let made: HashRing.Maker = { server, _, count in
      let first = UInt32(truncatingIfNeeded: server.index + 1) &* 4096
      return (0..<count).map { UInt64(Hash.avalanche(first &+ UInt32(truncatingIfNeeded: $0))) }
    }
    let counts = (0..<view.count).map {
      16 * view.wholeWeight($0, atMost: HAProxyMap.largestWeight)
    }
    hasOneServer = counts.count { $0 > 0 } == 1
    let servers = changes.servers(in: view)
    ring.follow(servers, in: view, counts: { counts[$0] }, hashes: made)
    for server in servers {
      let count = view.place(of: server).map { counts[$0] } ?? 0
      if let last, last.server == server, !keeps(last, count) { self.last = nil }
      most[server] = max(most[server], count)
    }
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
