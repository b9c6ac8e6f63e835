/// Servers of one weight, with the requests they have and the credit of their turns.
///
/// It finds those that have the fewest and of these the one with the most credit, and lets all of
/// them gain credit at once: a tree whose nodes hold back what those below have gained. All in
/// O(log n); a gain of all in O(1).
struct CreditTree: Sendable {
  /// What is known of the servers below a node.
  struct Node: BitwiseCopyable, Sendable {
    /// The fewest requests of one of them, and how many have so few; none is `Int32.max`.
    var fewest = Int32.max
    var tied: Int32 = 0
    /// Which of those has the most credit, the first of equals, and how much.
    var seat: Int32
    var credit: Double
    /// What those have gained that the nodes below do not know of yet.
    fileprivate var gain = 0.0
  }

  /// The children of a node are 2i and 2i + 1, the root is 1; the second half are the servers.
  private var nodes: [Node]
  private let count: Int

  /// Servers with their credit and requests; whose requests are nil takes no part.
  init(_ servers: [(credit: Double, requests: Int?)]) {
    count = servers.count
    nodes = [Node](repeating: Node(seat: 0, credit: 0), count: 2 * count)
    for (seat, server) in servers.enumerated() {
      nodes[count + seat] = Node(seat: Int32(truncatingIfNeeded: seat), credit: server.credit)
      fill(count + seat, server.requests)
    }
    for node in stride(from: count - 1, to: 0, by: -1) { nodes[node] = match(below: node) }
  }

  /// Those with the fewest requests of all.
  @inline(__always)
  var fewest: Node { nodes[1] }

  /// Sets a server's requests; nil takes it out and lets it keep its credit.
  mutating func set(_ seat: Int, requests: Int?) {
    let leaf = count + seat
    let fewest = requests.map { Int32(clamping: $0) } ?? .max
    guard nodes[leaf].fewest != fewest else { return }
    reveal(leaf)
    fill(leaf, requests)
    replay(leaf)
  }

  /// All that have the fewest requests gain credit.
  @inline(__always)
  mutating func gain(_ credit: Double) {
    nodes[1].credit += credit
    nodes[1].gain += credit
  }

  /// A server pays credit.
  mutating func pay(_ seat: Int, _ credit: Double) {
    let leaf = count + seat
    reveal(leaf)
    nodes[leaf].credit -= credit
    replay(leaf)
  }

  /// Every server's credit, in order; O(n).
  var credits: [Double] {
    var told = self
    for node in stride(from: 1, to: count, by: 1) { told.tell(node) }
    return told.nodes[count...].map(\.credit)
  }

  private mutating func fill(_ leaf: Int, _ requests: Int?) {
    nodes[leaf].fewest = requests.map { Int32(clamping: $0) } ?? .max
    nodes[leaf].tied = nodes[leaf].fewest == .max ? 0 : 1
  }

  /// Lets the nodes above a server tell what they held back.
  private mutating func reveal(_ leaf: Int) {
    var level = Int.bitWidth - 1 - leaf.leadingZeroBitCount
    while level > 0 {
      tell(leaf >> level)
      level -= 1
    }
  }

  /// Lets a node tell its children what was gained by those below that have the fewest requests.
  @inline(__always)
  private mutating func tell(_ node: Int) {
    let gain = nodes[node].gain
    guard gain != 0 else { return }
    for child in 2 * node...2 * node + 1 where nodes[child].fewest == nodes[node].fewest {
      nodes[child].credit += gain
      nodes[child].gain += gain
    }
    nodes[node].gain = 0
  }

  private mutating func replay(_ leaf: Int) {
    var node = leaf / 2
    while node > 0 {
      nodes[node] = match(below: node)
      node /= 2
    }
  }

  /// What its children make a node; it holds nothing back.
  @inline(__always)
  private func match(below node: Int) -> Node {
    let a = nodes[2 * node]
    let b = nodes[2 * node + 1]
    var winner = a
    if b.fewest < a.fewest {
      winner = b
    } else if b.fewest == a.fewest {
      if b.credit > a.credit || b.credit == a.credit && b.seat < a.seat { winner = b }
      winner.tied = a.tied &+ b.tied
    }
    winner.gain = 0
    return winner
  }
}
