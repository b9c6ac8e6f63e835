/// HAProxy's fast weighted round robin over one group of servers: three ordered trees.
///
/// `initial` holds servers without a position, the heaviest first; `current` those with a position
/// in this turn of the wheel; `next` those for the turn after it, the heaviest first. A position is
/// passed at each pick. A server of effective weight w comes every W ÷ w positions, the remainder
/// being carried along, and W is the sum of effective weights. O(log n) a pick or change.
///
/// Source: HAProxy 2.6, src/lb_fwrr.c.
struct FastWeightedTurns: Sendable {
  private struct Member {
    /// 0 while it is out.
    var weight = 0
    /// Its next position.
    var next = 0
    /// Its last position.
    var last = 0
    /// What division by its weight has left over so far.
    var rest = 0
  }

  private typealias Tree = ServerHeap<Ranked<Int>>

  /// By server.
  private var members: [Member] = []
  private var initial = Tree()
  private var current = Tree()
  private var next = Tree()
  /// The position the wheel is at, the weight it turns by, and the weight of the servers there are.
  private var position = 0
  private var currentWeight = 0
  private var nextWeight = 0
  /// Servers of equal keys come in the order in which they were queued.
  private var queued = 0

  /// How many servers are in.
  private(set) var count = 0

  /// 16 for each unit of weight, rounded; from 1 to 2³⁴.
  static func effective(_ weight: Double) -> Int {
    let scaled = weight * 16
    return scaled < 0x1p34 ? scaled > 1 ? Int(scaled.rounded()) : 1 : 1 << 34
  }

  /// Puts in a server of the first configuration: it has no position yet.
  mutating func configure(_ server: Int, weight: Int) {
    admit(server, weight: weight)
    position = nextWeight
    currentWeight = nextWeight
    queueByWeight(server, in: \.initial)
  }

  /// Puts in a server that came up: it waits for its first turn like one that had just had it.
  mutating func add(_ server: Int, weight: Int) {
    admit(server, weight: weight)
    members[server].next = position + (nextWeight + currentWeight - position) / weight
    queue(server)
  }

  private mutating func admit(_ server: Int, weight: Int) {
    while members.count <= server { members.append(Member()) }
    members[server].weight = weight
    nextWeight += weight
    count += 1
  }

  /// Takes out a server that went down.
  mutating func remove(_ server: Int) {
    nextWeight -= members[server].weight
    members[server].weight = 0
    count -= 1
    dequeue(server)
  }

  /// The weight of a server; 0 when it is out.
  func weight(of server: Int) -> Int { server < members.count ? members[server].weight : 0 }

  /// Gives a server that is in another weight: its next turn may come sooner, not later.
  mutating func reweigh(_ server: Int, to weight: Int) {
    nextWeight += weight - members[server].weight
    members[server].weight = weight
    if initial.key(of: server) != nil {
      initial.remove(server)
      queueByWeight(server, in: \.initial)
      return
    }
    var member = members[server]
    if next.key(of: server) != nil { member.next += currentWeight }
    let step = nextWeight / weight
    member.next = min(member.next, member.last + step)
    if member.next < position + 2 { member.next = position + step }
    member.rest = 0
    members[server] = member
    dequeue(server)
    queue(server)
  }

  /// The place of the next in turn that accepts the request; nil when none of the group does.
  mutating func pick(in view: borrowing View) -> Int? {
    var hasSwitched = false
    var full: [Int] = []
    var chosen: Int?
    while chosen == nil {
      if currentWeight == 0 {
        currentWeight = nextWeight
        position = nextWeight
      }
      guard let server = takeFirst() else {
        if hasSwitched { break }
        hasSwitched = true
        swap(&initial, &next)
        currentWeight = nextWeight
        position = nextWeight
        continue
      }
      advance(server)
      position += 1
      if let place = view.place(of: ServerID(server)), view.accepts(place) {
        queue(server)
        chosen = place
      } else {
        full.append(server)
      }
    }
    for server in full.reversed() {
      // After a switch the places are lost, only weights matter.
      if hasSwitched { queueByWeight(server, in: \.initial) } else { queue(server) }
    }
    return chosen
  }

  /// Takes the next server from its tree: whose position is reached, else one without a position,
  /// else the first there is.
  private mutating func takeFirst() -> Int? {
    if let server = current.first, members[server].next <= position || initial.count == 0 {
      current.remove(server)
      return server
    }
    guard let server = initial.pop()?.server else { return nil }
    members[server].next = 0
    members[server].rest = 0
    return server
  }

  /// Moves a server to its next position.
  private mutating func advance(_ server: Int) {
    var member = members[server]
    member.last = member.next == 0 ? position : member.next
    member.next = member.last + nextWeight / member.weight
    member.rest += nextWeight % member.weight
    if member.rest >= member.weight {
      member.rest -= member.weight
      member.next += 1
    }
    members[server] = member
  }

  /// Queues a server by its position: in `current`, or in `next` when that is beyond this turn.
  private mutating func queue(_ server: Int) {
    let member = members[server]
    if member.next >= 2 * currentWeight || member.next >= currentWeight + nextWeight {
      members[server].next -= currentWeight
      queueByWeight(server, in: \.next)
    } else {
      queued += 1
      let key = 256 &* member.next &+ (4096 + member.rest - member.weight) / 16
      current.push(server, Ranked(value: key, number: queued))
    }
  }

  private mutating func queueByWeight(_ server: Int, in tree: WritableKeyPath<Self, Tree>) {
    queued += 1
    self[keyPath: tree].push(server, Ranked(value: -members[server].weight, number: queued))
  }

  private mutating func dequeue(_ server: Int) {
    initial.remove(server)
    current.remove(server)
    next.remove(server)
  }

  /// Where a server waits.
  func terms(_ server: Int) -> String {
    let weight = "effective weight \(weight(of: server))"
    if current.key(of: server) != nil { return "position \(members[server].next), \(weight)" }
    return (initial.key(of: server) != nil ? "no position yet, " : "in the next turn, ") + weight
  }

  /// Where the wheel is.
  var state: String { "at position \(position) of a wheel of \(currentWeight)" }
}
