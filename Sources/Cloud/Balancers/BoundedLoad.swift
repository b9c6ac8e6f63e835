public import Simulation

/// A ring on which no server has much more than its share; what is too much takes a detour.
public struct BoundedLoad: Hashing {
  /// The name it is typed by.
  public static let name = "bounded-load"
  /// What it does, in a sentence.
  public static let summary = "A ring on which no server gets much more than its share."
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: """
      A key's server is the one of `ring`. Its slots are ⌈share of all weights × total⌉, at least \
      1, with total = ⌈(all active + 1) × factor⌉. While active ÷ slots ≤ 1 it takes the request; \
      else servers are asked in an order shuffled by the key's hash, and the first with \
      active ÷ slots ≤ 1 takes it; if there is none, the least of all does. A request without a \
      key is hashed by its number.
      """,
    source: """
      Mirrokni, Thorup, Zadimoghaddam, Consistent Hashing with Bounded Loads (2016); the detour is \
      Envoy's, thread_aware_lb_impl.cc, after Chen and others (2019).
      """,
    ties: """
      Equally overloaded: the one that was asked first. No draws: the detour is the key's own.
      """,
    failure: """
      A popular key is served by many, so each of them must know what the others cache; a factor \
      near 100 % makes many detours.
      """,
    lesson: "09")
  /// What can be set.
  public static var parameters: [Parameter<Self>] {
    [
      Parameter(
        "factor", \.factor, .ratio(1...100), "How much of its fair share a server may have."),
      Parameter("points", \.points, in: 1...10_000, "Points on the ring for each unit of weight."),
    ]
  }

  /// How much of its fair share a server may have; whole hundredths count.
  public var factor = 1.25

  /// Points for each unit of weight.
  public var points: Int {
    get { ring.points }
    set { ring.points = newValue }
  }

  private var ring = Ring()

  /// With 125 % of the fair share.
  public init() {}

  /// Hashes the servers that are new.
  public mutating func changed(_ changes: FleetChanges, in view: borrowing View) {
    ring.changed(changes, in: view)
  }

  package func owner(of key: [UInt8], in view: borrowing View) -> Int? {
    ring.owner(of: key, in: view)
  }

  /// The key's server, or where the detour ends; O(servers).
  public mutating func pick(
    for request: borrowing Request, from view: borrowing View, using random: inout RandomStream
  ) -> Int? {
    probe(request, in: view) { _, _ in }
  }

  private func hash(of request: borrowing Request, in view: borrowing View) -> UInt64 {
    guard let text = view.text(ofKey: request.key) else { return Hash.mix(request.id.number) }
    return Hash.xxh64(text)
  }

  /// Asks one server after another, telling which and what was found; the place of who takes it.
  private func probe(
    _ request: borrowing Request, in view: borrowing View, _ asked: (Int, Occupancy) -> Void
  ) -> Int? {
    let hash = hash(of: request, in: view)
    var total: Occupancy.Total?
    return SeededShuffle.detour(from: order(hash, in: view), among: view.count, hash: hash) {
      guard view.accepts($0) else { return nil }
      let sum = total ?? Occupancy.Total(view, factor: factor)
      total = sum
      let occupancy = Occupancy($0, of: sum, in: view)
      asked($0, occupancy)
      return occupancy.load
    }
  }

  /// The place of the first point's server.
  private func order(_ hash: UInt64, in view: borrowing View) -> Int? {
    guard let step = ring.order.first(for: hash) else { return nil }
    return view.place(of: ring.order.server(at: step))
  }

  /// The key's server and those on the detour.
  public func explain(
    _ request: borrowing Request, from view: borrowing View, using random: RandomStream
  ) -> Explanation {
    var met: [Explanation.Candidate] = []
    let chosen = probe(request, in: view) { place, occupancy in
      met.append(
        Explanation.Candidate(
          server: view.id(place), cost: occupancy.load,
          terms: "\(occupancy.active) active of \(occupancy.slots) slots"))
    }
    let search = ring.order.search(for: hash(of: request, in: view))
    return Explanation(
      eligible: view.count, cost: "active ÷ slots",
      search: met.count > 1 ? "\(search), then a detour by the hash" : search, candidates: met,
      chosen: chosen.map { view.id($0) }, draws: 0)
  }
}

/// How many requests a server has and how many it may have.
private struct Occupancy {
  /// What there is to share out.
  struct Total {
    var slots = 0.0
    var weight = 0.0

    init(_ view: borrowing View, factor: Double) {
      var active = 0
      for place in 0..<view.count {
        active += view.active(place)
        weight += view.weight(place)
      }
      // In whole hundredths, as products have it: a fraction of a slot is a slot.
      let hundredths = (factor * 100).rounded()
      slots = ((Double(active + 1) * hundredths + 99) / 100).rounded(.down)
    }
  }

  let active: Int
  let slots: Int

  var load: Double { Double(active) / Double(slots) }

  init(_ place: Int, of total: Total, in view: borrowing View) {
    active = view.active(place)
    let share = (total.slots * (view.weight(place) / total.weight)).rounded(.up)
    slots = share > 1 ? Int(min(share, 0x1p53)) : 1
  }
}
