/// Each server's next finish, and the earliest of them: a winner tree with four children a node.
///
/// Finishes at the same instant are ordered by the request's number, so what is inside may change
/// without changing any result. An update costs O(log n), and O(1) when it does not change who is
/// first among neighbours.
struct FinishQueue: Sendable {
  /// The earliest finish below a place of the tree, and whose it is.
  struct Node: BitwiseCopyable, Sendable {
    let time: Int64
    /// The server in the upper half and the row of the request in the lower one: a finish that
    /// finds both here waits for their memory only once.
    let owner: Int64

    @inline(__always)
    init(time: Int64, server: Int, request: Int32) {
      self.time = time
      owner = Int64(server) &<< 32 | Int64(UInt32(bitPattern: request))
    }

    /// A server that will finish nothing; never at the same time as another one.
    @inline(__always)
    static func idle(_ server: Int) -> Node {
      Node(time: .max &- Int64(server), server: server, request: -1)
    }

    @inline(__always)
    var server: Int { Int(owner &>> 32) }

    @inline(__always)
    var request: Int32 { Int32(truncatingIfNeeded: owner) }
  }

  /// The children of a node are 4i + 1 … 4i + 4; the last ones are the servers, in order.
  var nodes = Column<Node>(repeating: .idle(0), count: 1)
  /// The first server's place.
  var firstLeaf = 0

  /// When a server finishes its next request; past ``Engine/never`` when it has none.
  func time(of server: Int) -> Int64 { nodes[firstLeaf + server].time }

  /// Makes room for a number of servers; O(n) when it doubles, else nothing.
  ///
  /// The tree above the leaves is left to ``Columns/settleFinishes(_:)``; returns whether it grew.
  mutating func grow(to count: Int) -> Bool {
    let old = nodes.count - firstLeaf
    guard count > old else { return false }
    // A tree with four children a node has 3i + 1 leaves.
    let inner = (Swift.max(count, 2 * old) + 1) / 3
    let leaves = 3 * inner + 1
    var grown = Column<Node>(repeating: .idle(0), count: inner + leaves)
    for server in 0..<leaves {
      grown[inner + server] = server < old ? nodes[firstLeaf + server] : .idle(server)
    }
    nodes = grown
    firstLeaf = inner
    return true
  }
}

extension Columns {
  /// Sets a server's next finish, of the first of its running requests, and replays its matches.
  @inline(__always)
  func setFinish(_ server: Int, _ time: Int64, of request: Int32) {
    settleFinish(FinishQueue.Node(time: time, server: server, request: request), of: server)
  }

  /// Takes a server that finishes nothing out of the running.
  @inline(__always)
  func setIdle(_ server: Int) { settleFinish(.idle(server), of: server) }

  // Called, not inlined: with registers of its own it is shorter than any copy of it would be.
  @inline(never)
  private func settleFinish(_ node: FinishQueue.Node, of server: Int) {
    let nodes = finishes
    var place = firstLeaf &+ server
    var winner = node
    nodes[place] = node
    while place > 0 {
      // The other three do not depend on what was found below, so a level waits for one match.
      let own = (place &- 1) & 3
      let children = nodes + (place &- own)
      let rival = earlier(earlier(children[own ^ 1], children[own ^ 2]), children[own ^ 3])
      place = (place &- 1) &>> 2
      let before = nodes[place].owner
      winner = earlier(winner, rival)
      nodes[place] = winner
      // Another one is first here as before: nothing changes further up.
      if winner.owner == before && before != node.owner { return }
    }
  }

  /// Plays all matches anew; O(n).
  func settleFinishes() {
    for place in (0..<firstLeaf).reversed() {
      let children = finishes + (4 * place + 1)
      finishes[place] = earlier(
        earlier(children[0], children[1]), earlier(children[2], children[3]))
    }
  }

  @inline(__always)
  private func earlier(_ a: FinishQueue.Node, _ b: FinishQueue.Node) -> FinishQueue.Node {
    if a.time == b.time { return lowerNumber(a, b) }
    return b.time < a.time ? b : a
  }

  @inline(never)
  private func lowerNumber(_ a: FinishQueue.Node, _ b: FinishQueue.Node) -> FinishQueue.Node {
    number(ofFirstOn: b.server) < number(ofFirstOn: a.server) ? b : a
  }

  /// The number of the request that a server finishes first.
  func number(ofFirstOn server: Int) -> UInt64 {
    let root = rows[server].root
    return root < 0 ? .max : requests[Int(root)].id
  }
}
