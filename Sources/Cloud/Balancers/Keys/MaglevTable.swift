import Simulation

/// Google's look-up table for hashing: each server fills slots in an order of its own, in turns,
/// until the table is full.
///
/// Building is about M ln M steps for M slots, which touch a bit for each slot; a look-up is one.
package struct MaglevTable: KeyOrder {
  /// A server's turns: it fills the slots offset, offset + skip, offset + 2 × skip and so on, modulo
  /// the size, where they are free.
  package struct Entry: Equatable, Sendable {
    package var server: ServerID
    package var offset: Int
    package var skip: Int
    package var weight: Double

    package init(server: ServerID, offset: Int, skip: Int, weight: Double) {
      self.server = server
      self.offset = offset
      self.skip = skip
      self.weight = weight
    }

  }

  /// A server's address as it is hashed for its offset and its skip.
  private struct Hashes {
    let first: UInt64
    let second: UInt64
  }

  /// A key's hash, and how many slots were looked at for it before.
  package struct Step {
    package let hash: UInt64
    package let attempt: Int
  }

  /// The server of each slot.
  package private(set) var slots: [Int32] = []
  private var entries: [Entry] = []
  /// By server; nil when its address has not been hashed.
  private var hashes = PerServer<Hashes?>(nil)

  /// A table without slots.
  init() {}

  /// A table of a prime number of slots.
  package init(size: Int, _ entries: [Entry]) {
    follow(entries, size: size)
  }

  /// Hashes addresses anew when servers changed.
  mutating func forget(_ servers: [ServerID]) { for server in servers { hashes[server] = nil } }

  /// A server's turns as Envoy has them: offset and skip are xxHashes of the address with the seeds
  /// 0 and 1.
  mutating func entry(_ place: Int, in view: borrowing View, weight: Double, size: Int) -> Entry {
    let server = view.id(place)
    if hashes[server] == nil {
      let address = view.address(place)
      hashes[server] = Hashes(first: Hash.xxh64(address), second: Hash.xxh64(address, seed: 1))
    }
    let (first, second) = hashes[server].map { ($0.first, $0.second) } ?? (0, 0)
    return Entry(
      server: server, offset: Int(first % UInt64(size)), skip: Int(second % UInt64(size - 1)) + 1,
      weight: weight)
  }

  /// Fills the table anew unless nothing changed.
  ///
  /// A server whose weight is the largest has a turn in every round; others when the round times
  /// their weight has come to as many largest weights as they had turns. Everybody has the first.
  mutating func follow(_ entries: [Entry], size: Int) {
    guard entries != self.entries || size != slots.count else { return }
    self.entries = entries
    slots = [Int32](repeating: -1, count: entries.isEmpty ? 0 : size)
    let largest = entries.reduce(0) { max($0, $1.weight) }
    var nexts = entries.map(\.offset)
    var targets = [Double](repeating: 0, count: entries.count)
    var filled = 0
    // One bit a slot, so that all of them stay near the processor.
    var isTaken = [UInt64](repeating: 0, count: slots.count / 64 + 1)
    isTaken.withUnsafeMutableBufferPointer { isTaken in
      var round = 0.0
      while filled < slots.count {
        round += 1
        for (index, entry) in entries.enumerated() where filled < slots.count {
          if round * entry.weight < targets[index] { continue }
          targets[index] += largest
          var slot = nexts[index]
          while isTaken[slot >> 6] &>> UInt64(slot & 63) & 1 == 1 {
            slot = Self.sum(slot, entry.skip, below: slots.count)
          }
          isTaken[slot >> 6] |= 1 &<< UInt64(slot & 63)
          slots[slot] = Int32(truncatingIfNeeded: entry.server.index)
          nexts[index] = Self.sum(slot, entry.skip, below: slots.count)
          filled += 1
        }
      }
    }
  }

  private static func sum(_ a: Int, _ b: Int, below size: Int) -> Int {
    a + b < size ? a + b : a + b - size
  }

  package func first(for hash: UInt64) -> Step? {
    slots.isEmpty ? nil : Step(hash: hash, attempt: 0)
  }

  /// The slot of the hash with other bits: those of the number of attempts, negated.
  package func next(after step: Step) -> Step? {
    guard step.attempt < slots.count else { return nil }
    return Step(hash: step.hash, attempt: step.attempt + 1)
  }

  package func server(at step: Step) -> ServerID { ServerID(Int(slots[slot(of: step)])) }

  private func slot(of step: Step) -> Int {
    let mask = step.attempt == 0 ? 0 : 0 &- UInt64(step.attempt)
    return Int((step.hash ^ mask) % UInt64(slots.count))
  }

  package func search(for hash: UInt64) -> String {
    "slot \(hash) mod \(slots.count) = \(hash % UInt64(max(1, slots.count)))"
  }

  package func terms(at step: Step) -> String { "slot \(slot(of: step))" }

  /// The smallest prime from a number on.
  static func prime(from number: Int) -> Int {
    var candidate = max(2, number)
    while !isPrime(candidate) { candidate += 1 }
    return candidate
  }

  private static func isPrime(_ number: Int) -> Bool {
    var divisor = 2
    while divisor * divisor <= number {
      if number % divisor == 0 { return false }
      divisor += 1
    }
    return true
  }
}
