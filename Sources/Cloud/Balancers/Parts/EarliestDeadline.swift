import Simulation

/// Turns in proportion to weight by deadlines: a turn of weight w takes 1 ÷ w, and who is due first
/// is next.
///
/// O(log n) a turn. Deadlines are floating point, as in the programs that have this rule, so weights
/// such as 2, 3, 5, 7 may change their order from one cycle to the next. A server out of the view
/// takes its turns unseen until it is removed.
struct EarliestDeadline: Sendable {
  /// What decides between equal deadlines.
  enum Ties: Sendable {
    /// Who was added first, for ever: gRPC.
    case firstAdded
    /// Who had its last turn longest ago: Envoy.
    case longestAgo
    /// Nothing but the order that the heap happens to have: Traefik.
    case heap

    /// The rule in a few words.
    var name: String {
      switch self {
      case .firstAdded: "the one added first wins"
      case .longestAgo: "the one queued longest wins"
      case .heap: "the order of the heap decides"
      }
    }
  }

  let ties: Ties
  /// The deadline of the turn that was taken last.
  private(set) var time = 0.0
  private var heap = ServerHeap<Ranked<Double>>()
  /// By server, the weight it was last queued with.
  private var weights: [Double] = []
  private var queued = 0

  init(ties: Ties) { self.ties = ties }

  /// How many servers are queued.
  var count: Int { heap.count }

  /// When a server's next turn is due; nil when it is not queued.
  func deadline(of server: Int) -> Double? { heap.key(of: server)?.value }

  /// Queues a server for its first turn from now.
  mutating func add(_ server: Int, weight: Double) {
    add(server, weight: weight, due: time + 1 / weight)
  }

  /// Queues a server that is due at a given time.
  mutating func add(_ server: Int, weight: Double, due: Double) {
    push(server, weight: weight, due: due, number: newNumber())
  }

  /// Moves the time on, as if a turn had been taken then.
  mutating func advance(to time: Double) { self.time = max(self.time, time) }

  /// Takes a server out.
  mutating func remove(_ server: Int) { heap.remove(server) }

  /// The place of the next in turn that accepts the request; nil when none in the queue does.
  ///
  /// Who does not accept, or is out of the view, uses up its turn. After ``mostSkipped`` such turns
  /// the earliest that accepts is searched for, O(n).
  mutating func pick(in view: borrowing View) -> Int? {
    guard view.hasTaker else { return nil }
    for _ in 0..<Self.mostSkipped {
      guard let (server, key) = heap.pop() else { return nil }
      let place = view.place(of: ServerID(server))
      pushBack(server, key, in: view)
      if let place, view.accepts(place) { return place }
    }
    var earliest: (place: Int, key: Ranked<Double>)?
    for place in 0..<view.count where view.accepts(place) {
      guard let key = heap.key(of: view.id(place).index) else { continue }
      if let best = earliest, !(key < best.key) { continue }
      earliest = (place, key)
    }
    guard let earliest else { return nil }
    let server = view.id(earliest.place).index
    heap.remove(server)
    pushBack(server, earliest.key, in: view)
    return earliest.place
  }

  /// Takes a turn, whoever it is whose turn it is.
  mutating func turn(in view: borrowing View) {
    guard let (server, key) = heap.pop() else { return }
    pushBack(server, key, in: view)
  }

  /// Turns that may be skipped for one pick before the rest is left to a search.
  static var mostSkipped: Int { 4096 }

  /// Queues a server again, a turn of its present weight later.
  private mutating func pushBack(_ server: Int, _ key: Ranked<Double>, in view: borrowing View) {
    time = key.value
    let weight = view.place(of: ServerID(server)).map { view.weight($0) } ?? weights[server]
    let number = ties == .longestAgo ? newNumber() : key.number
    push(server, weight: weight, due: key.value + 1 / weight, number: number)
  }

  private mutating func push(_ server: Int, weight: Double, due: Double, number: Int) {
    while weights.count <= server { weights.append(1) }
    weights[server] = weight
    heap.push(server, Ranked(value: due, number: number))
  }

  private mutating func newNumber() -> Int {
    guard ties != .heap else { return 0 }
    queued += 1
    return queued
  }

  /// Why a server is next: every server that accepts the request, with its deadline.
  func explain(_ chosen: Int?, in view: borrowing View) -> Explanation {
    var candidates: [Explanation.Candidate] = []
    var tied = 0
    let least = chosen.flatMap { deadline(of: view.id($0).index) }
    for place in 0..<view.count where view.accepts(place) {
      let id = view.id(place)
      let deadline = deadline(of: id.index)
      if deadline == least { tied += 1 }
      candidates.append(
        Explanation.Candidate(
          server: id, cost: deadline,
          terms: "due at \(Figure.plain(deadline ?? 0)), weight \(Figure.plain(view.weight(place)))"
        ))
    }
    return Explanation(
      eligible: view.count, cost: "deadline", search: "the earliest deadline of \(view.count)",
      candidates: candidates, tie: tied > 1 ? ties.name : nil, chosen: chosen.map { view.id($0) },
      draws: 0)
  }
}

extension View {
  /// Whether some server accepts the request; O(1) unless many do not.
  var hasTaker: Bool {
    guard isFiltered else { return count > 0 }
    for place in 0..<count where accepts(place) { return true }
    return false
  }
}
