import Simulation

/// Jump hash: servers as numbered buckets, and no table at all.
public struct Jump: Keyed {
  /// The name it is typed by.
  public static let name = "jump"
  /// What it does, in a sentence.
  public static let summary = "Numbered buckets: a new last server takes its share."
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: """
      A key starts in bucket 0 and, as buckets are added one by one, jumps to the new one with the \
      probability 1 ÷ buckets; where it jumps next is computed, so ln n steps do. The bucket is \
      the place of a server in declared order. Where that server does not accept, the next in \
      declared order. Keys are hashed by xxh64; a request without a key by its number.
      """,
    source: "Lamping and Veach, A Fast, Minimal Memory, Consistent Hash Algorithm (2014).",
    ties: "None. No draws.",
    failure: """
      Buckets are numbers: when a server in the middle leaves, all after it move down and nearly \
      all of their keys move with them. Weights play no part.
      """,
    lesson: "09")

  package private(set) var order = Buckets()

  /// With no buckets yet.
  public init() {}

  /// Numbers the buckets again from the first server that changed.
  public mutating func changed(_ changes: FleetChanges, in view: borrowing View) {
    let first = changes.isEverything ? ServerID(0) : changes.servers(in: view).first
    guard let first else { return }
    while let last = order.servers.last, last >= first { order.servers.removeLast() }
    for place in order.servers.count..<max(order.servers.count, view.count) {
      order.servers.append(view.id(place))
    }
  }
}

/// Servers by number; a key's bucket is where its jumps end.
package struct Buckets: KeyOrder {
  /// By bucket.
  package var servers: [ServerID] = []

  /// A bucket, and how many were passed before.
  package struct Step {
    var bucket: Int
    var passed: Int
  }

  /// The bucket of a hash among so many, at least one; O(log count).
  package static func bucket(of hash: UInt64, among count: Int) -> Int {
    var state = hash
    var bucket = 0
    var next = 0.0
    while next < Double(count) {
      bucket = Int(next)
      state = state &* 2_862_933_555_777_941_757 &+ 1
      let divisor = Double((state >> 33) + 1)
      next = (Double(bucket + 1) * (0x1p31 / divisor)).rounded(.towardZero)
    }
    return bucket
  }

  package func first(for hash: UInt64) -> Step? {
    servers.isEmpty
      ? nil : Step(bucket: Self.bucket(of: hash, among: servers.count), passed: 0)
  }

  package func next(after step: Step) -> Step? {
    guard step.passed + 1 < servers.count else { return nil }
    return Step(
      bucket: step.bucket + 1 < servers.count ? step.bucket + 1 : 0, passed: step.passed + 1)
  }

  package func server(at step: Step) -> ServerID { servers[step.bucket] }

  package func search(for hash: UInt64) -> String {
    "the bucket where the jumps of \(hash) end, of \(servers.count)"
  }

  package func terms(at step: Step) -> String { "bucket \(step.bucket)" }
}
