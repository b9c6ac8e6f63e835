/// Who of many has the least key, and how many share it: a winner tree.
///
/// Of equal keys the lower index wins. An update costs O(log n), and less when the winners above it
/// stay; the tree doubles when an index lies beyond it.
struct Tournament<Key: Comparable & Sendable>: Sendable {
  /// The winner below a node, -1 for nobody, and how many there have its key.
  private struct Node: BitwiseCopyable, Equatable {
    var winner: Int32 = -1
    var equals: Int32 = 0
  }

  /// As many as a power of two.
  private var keys: [Key?] = [nil]
  /// The children of a node are 2i and 2i + 1, the root is 1; the second half are the leaves.
  private var nodes = [Node(), Node()]

  /// A tree in which nobody takes part.
  init() {}

  /// A tree of these keys, in O(n); whose key is nil takes no part.
  init(_ keys: [Key?]) { fill(keys) }

  /// Who has the least key, or nil when nobody takes part.
  @inline(__always)
  var winner: Int? { nodes[1].winner < 0 ? nil : Int(nodes[1].winner) }

  /// How many have the least key.
  @inline(__always)
  var equals: Int { Int(nodes[1].equals) }

  /// The key at an index, nil when it takes no part.
  subscript(index: Int) -> Key? {
    @inline(__always)
    get { index < keys.count ? keys[index] : nil }
    set {
      if index >= keys.count {
        if newValue == nil { return }
        fill(keys + repeatElement(nil, count: index + 1 - keys.count))
      }
      keys[index] = newValue
      replay(index)
    }
  }

  /// The k-th of those that have the least key, the lowest index being the first; O(log n).
  func equal(_ k: Int) -> Int {
    var node = 1
    var rest = k
    while node < keys.count {
      let before = equals(at: 2 * node)
      node = 2 * node + (rest < before ? 0 : 1)
      if rest >= before { rest -= before }
    }
    return node - keys.count
  }

  /// How many of those that have the least key are below an index; O(log n).
  func equals(below index: Int) -> Int {
    guard index < keys.count else { return equals }
    var node = keys.count + index
    var count = 0
    while node > 1 {
      if node & 1 == 1 { count += equals(at: node - 1) }
      node /= 2
    }
    return count
  }

  /// How many below a node have the least key of all.
  private func equals(at node: Int) -> Int {
    nodes[node].winner < 0 || isLess(nodes[1].winner, nodes[node].winner)
      ? 0 : Int(nodes[node].equals)
  }

  private func leaf(_ index: Int) -> Node {
    keys[index] == nil ? Node() : Node(winner: Int32(truncatingIfNeeded: index), equals: 1)
  }

  @inline(__always)
  private func isLess(_ a: Int32, _ b: Int32) -> Bool {
    guard let first = keys[Int(a)], let second = keys[Int(b)] else { return false }
    return first < second
  }

  @inline(__always)
  private func match(below node: Int) -> Node {
    let a = nodes[2 * node]
    let b = nodes[2 * node + 1]
    if b.winner < 0 { return a }
    if a.winner < 0 { return b }
    if isLess(a.winner, b.winner) { return a }
    if isLess(b.winner, a.winner) { return b }
    return Node(winner: min(a.winner, b.winner), equals: a.equals &+ b.equals)
  }

  private mutating func replay(_ index: Int) {
    var node = keys.count + index
    nodes[node] = leaf(index)
    while node > 1 {
      node /= 2
      let winner = match(below: node)
      // Somebody else wins here as before: nothing changes further up.
      if winner == nodes[node], Int(winner.winner) != index { return }
      nodes[node] = winner
    }
  }

  private mutating func fill(_ keys: [Key?]) {
    var capacity = 1
    while capacity < keys.count { capacity *= 2 }
    self.keys = keys + repeatElement(nil, count: capacity - keys.count)
    nodes = [Node](repeating: Node(), count: 2 * capacity)
    for index in keys.indices { nodes[capacity + index] = leaf(index) }
    for node in stride(from: capacity - 1, to: 0, by: -1) { nodes[node] = match(below: node) }
  }
}
