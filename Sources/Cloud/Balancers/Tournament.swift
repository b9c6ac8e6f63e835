/// Who of many has the least key, and how many share it: a winner tree.
///
/// Of equal keys the lower place wins. An update costs O(log n), and less when the winners above it
/// stay; a tree costs O(n) to build.
struct Tournament<Key: Comparable & Sendable>: Sendable {
  /// The winner below a node, -1 for nobody, and how many there have its key.
  private struct Node: BitwiseCopyable, Equatable {
    var winner: Int32 = -1
    var equals: Int32 = 0
  }

  private var keys: [Key?]
  /// The children of a node are 2i and 2i + 1, the root is 1; the second half are the leaves.
  private var nodes: [Node]

  /// A tree of these keys; whose key is nil takes no part.
  init(_ keys: [Key?] = []) {
    self.keys = keys
    nodes = [Node](repeating: Node(), count: 2 * keys.count)
    for place in keys.indices { nodes[keys.count + place] = leaf(place) }
    for node in stride(from: keys.count - 1, to: 0, by: -1) { nodes[node] = match(below: node) }
  }

  /// How many places there are.
  var count: Int { keys.count }

  /// The place with the least key, or nil when nobody takes part.
  @inline(__always)
  var winner: Int? {
    guard nodes.count > 1, nodes[1].winner >= 0 else { return nil }
    return Int(nodes[1].winner)
  }

  /// How many have the least key.
  @inline(__always)
  var equals: Int { nodes.count > 1 ? Int(nodes[1].equals) : 0 }

  /// The key of a place, nil when it takes no part.
  subscript(place: Int) -> Key? {
    @inline(__always)
    get { keys[place] }
    set {
      keys[place] = newValue
      replay(place)
    }
  }

  /// The place of the k-th of those that have the least key, in an order of the tree's own; O(log n).
  func equal(_ k: Int) -> Int {
    var node = 1
    var rest = k
    while node < keys.count {
      let left = nodes[2 * node]
      let isLevel = left.winner >= 0 && !isLess(nodes[node].winner, left.winner)
      let before = isLevel ? Int(left.equals) : 0
      node = 2 * node + (rest < before ? 0 : 1)
      if rest >= before { rest -= before }
    }
    return node - keys.count
  }

  private func leaf(_ place: Int) -> Node {
    keys[place] == nil ? Node() : Node(winner: Int32(truncatingIfNeeded: place), equals: 1)
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

  private mutating func replay(_ place: Int) {
    var node = keys.count + place
    nodes[node] = leaf(place)
    while node > 1 {
      node /= 2
      let winner = match(below: node)
      // Somebody else wins here as before: nothing changes further up.
      if winner == nodes[node], Int(winner.winner) != place { return }
      nodes[node] = winner
    }
  }
}
