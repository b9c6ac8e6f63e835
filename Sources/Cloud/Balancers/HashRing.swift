/// A circle of hashes with points on it, each of them a server's; a key goes to the first point at
/// or after its hash, and from there on.
///
/// Points are kept sorted, so a look-up is O(log points). When the fleet changes, only servers that
/// come, go, or have another number of points are hashed; the rest is a merge, O(points). Points
/// that share a hash count as one, the first server's.
package struct HashRing: KeyOrder {
  /// A hash and its server.
  package struct Point: Comparable, Sendable {
    package let hash: UInt64
    /// The server's index.
    package let server: Int32

    package static func < (a: Point, b: Point) -> Bool {
      (a.hash, a.server) < (b.hash, b.server)
    }
  }

  /// A point of a walk that ends where it began.
  package struct Step {
    package var position: Int
    let start: Int
    /// Points walked past.
    package var passed = 0
  }

  /// The most points a ring has, about: 8 million.
  static let limit = 1 << 23

  /// Bits of a hash.
  let width: Int
  /// In the order of hashes, then of servers.
  package private(set) var points: [Point] = []
  /// By server, how many points it has.
  private var counts: [Int] = []

  /// A ring without points, of hashes with so many bits.
  init(width: Int) { self.width = width }

  /// Follows the fleet: so many points for each place, whose hashes come from the server's place
  /// in the fleet, its address, and how many there are to be.
  mutating func follow(
    _ view: borrowing View, _ wanted: [Int],
    hashes: (_ server: ServerID, _ address: [UInt8], _ count: Int) -> [UInt64]
  ) {
    var present = [Int](repeating: 0, count: max(view.servers, counts.count))
    for place in 0..<view.count { present[view.id(place).index] = wanted[place] }
    counts.append(contentsOf: repeatElement(0, count: present.count - counts.count))
    guard present != counts else { return }
    let old = counts
    let kept = points.filter { present[Int($0.server)] == old[Int($0.server)] }
    var fresh: [Point] = []
    for place in 0..<view.count {
      let server = view.id(place)
      guard present[server.index] != old[server.index] else { continue }
      for hash in hashes(server, view.address(place), present[server.index]) {
        fresh.append(Point(hash: hash, server: Int32(truncatingIfNeeded: server.index)))
      }
    }
    fresh.sort()
    points = kept.isEmpty ? fresh : Self.merged(kept, fresh)
    counts = present
  }

  private static func merged(_ first: [Point], _ second: [Point]) -> [Point] {
    var all: [Point] = []
    all.reserveCapacity(first.count + second.count)
    var next = 0
    for point in first {
      while next < second.count, second[next] < point {
        all.append(second[next])
        next += 1
      }
      all.append(point)
    }
    all.append(contentsOf: second[next...])
    return all
  }

  /// The step at a position.
  func step(at position: Int) -> Step { Step(position: position, start: position) }

  /// The first point at or after a hash, round the circle; nil when there are no points.
  package func first(for hash: UInt64) -> Step? {
    guard !points.isEmpty else { return nil }
    var low = 0
    var high = points.count
    while low < high {
      let middle = (low + high) / 2
      if points[middle].hash < hash { low = middle + 1 } else { high = middle }
    }
    return step(at: low < points.count ? low : 0)
  }

  package func next(after step: Step) -> Step? {
    var next = step
    next.passed += 1
    repeat {
      next.position = next.position + 1 < points.count ? next.position + 1 : 0
      if next.position == step.start { return nil }
    } while next.position > 0 && points[next.position].hash == points[next.position - 1].hash
    return next
  }

  package func server(at step: Step) -> ServerID { ServerID(Int(points[step.position].server)) }

  package func search(for hash: UInt64) -> String {
    "the first point at or after \(text(hash)) on a ring of \(points.count) points"
  }

  package func terms(at step: Step) -> String { "point \(text(points[step.position].hash))" }

  /// A hash with all its digits.
  func text(_ hash: UInt64) -> String {
    let digits = String(hash, radix: 16, uppercase: true)
    return "0x" + String(repeating: "0", count: max(0, width / 4 - digits.count)) + digits
  }
}
