/// Servers of one weight, with the requests they have and the credit of their turns.
///
/// It finds those that have the fewest and of these the one with the most credit, and lets all of
/// them gain credit at once: a tree whose nodes hold back what those below have gained. All in
/// O(log n); a gain of all in O(1). A server has a seat, any that is free; seats double when there
/// is none.
struct CreditTree: Sendable {
  /// What is known of the servers below a node.
  struct Node: BitwiseCopyable, Sendable {
    /// The fewest requests of one of them, and how many have so few; none is `Int32.max`.
    var fewest = Int32.max
    var tied: Int32 = 0
    /// Which of those has the most credit, the first declared of equals, and how much.
    var server = Int32.max
    var credit = 0.0
    /// What those have gained that the nodes below do not know of yet.
    fileprivate var gain = 0.0
  }

  /// The children of a node are 2i and 2i + 1, the root is 1; the second half are the seats.
  private var nodes = [Node(), Node()]
  private var free = [0]
  /// How many seats there are, a power of two.
  private var seats: Int { nodes.count / 2 }

  /// Those with the fewest requests of all.
  @inline(__always)
  var fewest: Node { nodes[1] }

  /// Whether nobody has a seat.
  var isEmpty: Bool { free.count == seats }

  /// Seats a server that takes no part yet; returns its seat.
  mutating func add(_ server: ServerID, credit: Double) -> Int {
    if free.isEmpty { grow() }
    let seat = free.removeLast()
    let leaf = seats + seat
    reveal(leaf)
    nodes[leaf] = Node(server: Int32(truncatingIfNeeded: server.index), credit: credit)
    replay(leaf)
    return seat
  }

  /// Frees a seat; returns the credit that its server had.
  mutating func remove(_ seat: Int) -> Double {
    set(seat, requests: nil)
    reveal(seats + seat)
    free.append(seat)
    return nodes[seats + seat].credit
  }

  /// Sets a server's requests; nil takes it out and lets it keep its credit.
  mutating func set(_ seat: Int, requests: Int?) {
    let leaf = seats + seat
    let fewest = requests.map { Int32(clamping: $0) } ?? .max
    guard nodes[leaf].fewest != fewest else { return }
    reveal(leaf)
    nodes[leaf].fewest = fewest
    nodes[leaf].tied = fewest == .max ? 0 : 1
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
    let leaf = seats + seat
    reveal(leaf)
    nodes[leaf].credit -= credit
    replay(leaf)
  }

  /// The credit at every seat; O(seats).
  var credits: [Double] {
    var told = self
    for node in 1..<seats { told.tell(node) }
    return told.nodes[seats...].map(\.credit)
  }

  private mutating func grow() {
    for node in 1..<seats { tell(node) }
    let old = nodes[seats...]
    free = Array((old.count..<2 * old.count).reversed())
    nodes = [Node](repeating: Node(), count: 4 * old.count)
    for (seat, node) in old.enumerated() {
      nodes[seats + seat] = node
      nodes[seats + seat].gain = 0
    }
    for node in stride(from: seats - 1, to: 0, by: -1) { nodes[node] = match(below: node) }
  }

  /// Lets the nodes above a seat tell what they held back.
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
      if b.credit > a.credit || b.credit == a.credit && b.server < a.server { winner = b }
      winner.tied = a.tied &+ b.tied
    }
    winner.gain = 0
    return winner
  }
}
