/// A circle of hashes with points on it, each of them a server's; a key goes to the first point at
/// or after its hash, and from there on.
///
/// Points lie in buckets by the first bits of their hash, a few in each, so a look-up is O(1). When
/// the fleet changes, only the points of servers that come, go, or have another number of them are
/// touched, O(1) each. Points that share a hash count as one, the first server's.
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

  /// Where a point is.
  struct Position: Equatable {
    var bucket: Int
    var offset: Int
  }

  /// A point of a walk that ends where it began.
  package struct Step {
    var position: Position
    let start: Position
    /// Points walked past.
    package var passed = 0
  }

  /// The most points a ring has, about: 8 million.
  static let limit = 1 << 23

  /// Bits of a hash.
  let width: Int
  /// How many points there are.
  package private(set) var count = 0
  /// As many as a power of two, each in the order of hashes, then of servers.
  private var buckets: [[Point]] = [[]]
  /// By server, the hashes of its points.
  private var hashes = PerServer<[UInt64]>([])
  /// By server, how many points were asked for.
  private var asked = PerServer(0)
  /// Whether all servers may have to have fewer points, since there would be too many.
  private var isCramped = false

  /// A ring without points, of hashes with so many bits.
  init(width: Int) { self.width = width }

  /// All points, in the order of hashes, then of servers; O(points).
  package var points: [Point] { Array(buckets.joined()) }

  /// Follows the fleet, with so many points for each unit of weight; see
  /// ``View/pointCounts(perUnit:)``.
  mutating func follow(
    _ changes: FleetChanges, in view: borrowing View, perUnit points: Double, hashes made: Maker
  ) {
    let servers = changes.servers(in: view)
    let full = { (weight: Double) in View.pointCount(weight * points) }
    let most = servers.reduce(count) { sum, server in
      sum + (view.place(of: server).map { full(view.weight($0)) } ?? 0)
    }
    if !changes.isEverything, !isCramped, Self.isRoomy(most) {
      return follow(servers, in: view, counts: { full(view.weight($0)) }, hashes: made)
    }
    let counts = view.pointCounts(perUnit: points)
    isCramped = !Self.isRoomy(counts.reduce(0, +))
    let all = FleetChanges.everything.servers(in: view)
    follow(all, in: view, counts: { counts[$0] }, hashes: made)
  }

  /// Whether nobody has to have fewer points since so many are too many; rounding leaves each server
  /// two thirds of its points at least.
  private static func isRoomy(_ points: Int) -> Bool { 3 * points < 2 * limit }

  /// Makes so many hashes for a server, from its place in the fleet and its address.
  typealias Maker = (_ server: ServerID, _ address: [UInt8], _ count: Int) -> [UInt64]

  /// Follows some servers: so many points for each by its place, none when it is not in the view.
  mutating func follow(
    _ servers: [ServerID], in view: borrowing View, counts: (Int) -> Int, hashes made: Maker
  ) {
    for server in servers {
      let place = view.place(of: server)
      let wanted = place.map(counts) ?? 0
      guard wanted != asked[server] else { continue }
      asked[server] = wanted
      remove(server)
      if let place { add(server, made(server, view.address(place), wanted)) }
    }
  }

  /// The bucket of a hash; the last one when it has more bits than there are.
  @inline(__always)
  private func bucket(of hash: UInt64) -> Int {
    let first = hash >> UInt64(width - buckets.count.trailingZeroBitCount)
    return Int(min(first, UInt64(buckets.count - 1)))
  }

  private mutating func add(_ server: ServerID, _ made: [UInt64]) {
    fit(count + made.count)
    hashes[server] = made
    for hash in made {
      let point = Point(hash: hash, server: Int32(truncatingIfNeeded: server.index))
      let bucket = bucket(of: hash)
      var offset = buckets[bucket].count
      while offset > 0, point < buckets[bucket][offset - 1] { offset -= 1 }
      buckets[bucket].insert(point, at: offset)
    }
    count += made.count
  }

  private mutating func remove(_ server: ServerID) {
    let gone = hashes[server]
    guard !gone.isEmpty else { return }
    for hash in gone {
      let bucket = bucket(of: hash)
      let offset = buckets[bucket].firstIndex { $0.hash == hash && $0.server == server.index }
      if let offset { buckets[bucket].remove(at: offset) }
    }
    count -= gone.count
    hashes[server] = []
    fit(count)
  }

  /// Makes as many buckets as so many points need; O(points) when the number of points has doubled
  /// or become a fourth since.
  private mutating func fit(_ total: Int) {
    guard total > 16 * buckets.count || buckets.count > 1 && total < 2 * buckets.count else {
      return
    }
    let old = buckets
    var number = 1
    while 8 * number < total { number *= 2 }
    buckets = Array(repeating: [], count: number)
    for point in old.joined() { buckets[bucket(of: point.hash)].append(point) }
  }

  /// The step at a position.
  private func step(at position: Position) -> Step { Step(position: position, start: position) }

  /// The first point at or after a hash, round the circle; nil when there are no points.
  package func first(for hash: UInt64) -> Step? {
    guard count > 0 else { return nil }
    let bucket = bucket(of: hash)
    if let offset = buckets[bucket].firstIndex(where: { $0.hash >= hash }) {
      return step(at: Position(bucket: bucket, offset: offset))
    }
    return step(at: Position(bucket: filled(after: bucket), offset: 0))
  }

  /// The next bucket with points in it, round the circle; there must be one.
  private func filled(after bucket: Int) -> Int {
    var next = bucket
    repeat { next = next + 1 < buckets.count ? next + 1 : 0 } while buckets[next].isEmpty
    return next
  }

  /// The point before one has come to, round the circle.
  func before(_ step: Step) -> Step {
    var position = step.position
    if position.offset > 0 {
      position.offset -= 1
    } else {
      repeat {
        position.bucket = position.bucket > 0 ? position.bucket - 1 : buckets.count - 1
      } while buckets[position.bucket].isEmpty
      position.offset = buckets[position.bucket].count - 1
    }
    return self.step(at: position)
  }

  package func next(after step: Step) -> Step? {
    var next = step
    next.passed += 1
    repeat {
      next.position.offset += 1
      if next.position.offset == buckets[next.position.bucket].count {
        next.position = Position(bucket: filled(after: next.position.bucket), offset: 0)
      }
      if next.position == step.start { return nil }
    } while isRepeat(next.position)
    return next
  }

  /// Whether the point before has the same hash.
  private func isRepeat(_ position: Position) -> Bool {
    let bucket = buckets[position.bucket]
    return position.offset > 0
      && bucket[position.offset].hash == bucket[position.offset - 1].hash
  }

  /// Whether all points are one server's.
  var hasOneServer: Bool {
    first(for: 0).map { hashes[server(at: $0)].count == count } ?? false
  }

  /// Which of a server's points has a hash, from 0.
  func number(of hash: UInt64, of server: ServerID) -> Int {
    hashes[server].firstIndex(of: hash) ?? 0
  }

  /// The point one has come to.
  func point(at step: Step) -> Point { buckets[step.position.bucket][step.position.offset] }

  package func server(at step: Step) -> ServerID { ServerID(Int(point(at: step).server)) }

  package func search(for hash: UInt64) -> String {
    "the first point at or after \(text(hash)) on a ring of \(count) points"
  }

  package func terms(at step: Step) -> String { "point \(text(point(at: step).hash))" }

  /// A hash with all its digits.
  func text(_ hash: UInt64) -> String {
    let digits = String(hash, radix: 16, uppercase: true)
    return "0x" + String(repeating: "0", count: max(0, width / 4 - digits.count)) + digits
  }
}
