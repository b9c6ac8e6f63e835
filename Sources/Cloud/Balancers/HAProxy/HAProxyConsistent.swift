import Simulation

/// HAProxy's `balance hash` with `hash-type consistent`, and its bounded loads.
public struct HAProxyConsistent: HAProxyKeyed {
  /// The name it is typed by.
  public static let name = "haproxy.consistent"
  /// What it does, in a sentence.
  public static let summary = "A ring: the nearest of 16 points for each unit of weight."
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: """
      Point i of server number k is avalanche(4096 k + i), i from 0 to 16 × weight - 1. A key goes \
      to the point nearest to hash(key), the one before if both are as near; where that server is \
      full, it waits for it. With a balance factor f, total = ⌈(all active + 1) f ÷ \
      100⌉ slots are shared out by weight, what is left over by sums of weights, at least 1 each, \
      and a server with active ≥ slots is passed over; all passed over: the last point's. A \
      request without a key takes the next point of the ring in turn whose server has room; at the \
      start only the first point is asked. Where there is one server only, it waits for it.
      """,
    source: "HAProxy 2.6, lb_chash.c, hash.c. Weights are rounded, from 1 to 256.",
    ties: "Two points as near: the one before. No draws.",
    failure: """
      16 points are few: shares differ by a quarter. Without avalanche, keys that are alike are \
      near each other, and most of them go to one server.
      """,
    lesson: "09")
  /// What can be set.
  public static var parameters: [Parameter<Self>] {
    hashParameters + [
      Parameter(
        "balance-factor", \.balanceFactor, in: 0...65_535,
        "Most of its fair share a server may have, in percent; 0 is no bound."),
      backupParameter,
    ]
  }

  /// What makes a number of a key.
  public var hash: HAProxyKey.Function {
    get { numbering.function }
    set { numbering.function = newValue }
  }

  /// Whether that number is mixed once more.
  public var avalanche: HAProxyKey.Avalanche {
    get { numbering.avalanche }
    set { numbering.avalanche = newValue }
  }

  /// Most of its fair share a server may have, in percent; 0 is no bound.
  public var balanceFactor = 0

  /// Which backups serve when no other server is there.
  public var backups = HAProxyBackups.first

  private(set) var numbering = HAProxyKey(avalanche: .on)
  package private(set) var order = HAProxyRing()
  private var line = HAProxySlots()

  /// By sdbm with avalanche, without a bound.
  public init() {}

  func key(without request: borrowing Request, using random: inout RandomStream) -> UInt32? {
    order.ring.hasOneServer ? 0 : nil
  }

  /// Hashes the servers that are new or have another weight.
  public mutating func changed(_ changes: FleetChanges, in view: borrowing View) {
    order.follow(changes, in: view)
    line.follow(view)
  }

  func takes(_ place: Int, in view: borrowing View) -> Bool {
    guard !view.wasTried(place) else { return false }
    // Everybody has a slot, so an idle server needs no reckoning.
    return balanceFactor == 0 || view.active(place) == 0
      || view.active(place) < line.slots(of: place, in: view, factor: balanceFactor)
  }

  func terms(_ place: Int, in view: borrowing View) -> String {
    guard balanceFactor > 0 else { return "" }
    let slots = line.slots(of: place, in: view, factor: balanceFactor)
    return "\(view.active(place)) active of \(slots) slots"
  }

  mutating func pickOtherwise(
    for request: borrowing Request, from view: borrowing View, using random: inout RandomStream
  ) -> Int? {
    if request.key != Request.noKey { return lastOnRing(in: view) }
    return order.turn(in: view).flatMap { view.place(of: $0) }
  }

  /// Where the walk ends when all have their share: the server of the last point there is.
  private func lastOnRing(in view: borrowing View) -> Int? {
    order.ring.first(for: 0).map { order.server(at: order.ring.before($0)) }.flatMap {
      view.place(of: $0)
    }.flatMap { view.wasTried($0) ? view.firstAccepting : $0 }
  }

  func searchOtherwise(_ request: borrowing Request) -> String {
    request.key == Request.noKey
      ? "the next point of the ring in turn" : "the last point of the ring"
  }
}

/// HAProxy's share of slots for each server under a balance factor.
private struct HAProxySlots: Sendable {
  /// By server, the weight, and the sum of weights before it when it was first there, which HAProxy
  /// does not reckon again when weights change or servers leave; nil for one that never was.
  private var shares: [(weight: Int, before: Int)?] = []
  private var sum = 1

  mutating func follow(_ view: borrowing View) {
    while shares.count < view.servers { shares.append(nil) }
    var before = 0
    for (place, weight) in view.wholeWeights(atMost: HAProxyMap.largestWeight).enumerated() {
      let server = view.id(place).index
      shares[server] = (weight * 16, shares[server]?.before ?? before)
      before += weight * 16
    }
    sum = max(1, before)
  }

  /// The slots of a server; O(servers) for the sum of what is active, also on servers that are out.
  func slots(of place: Int, in view: borrowing View, factor: Int) -> Int {
    let server = view.id(place).index
    guard server < shares.count, let (weight, before) = shares[server] else { return 1 }
    let total = ((view.activeAnywhere + 1) * factor + 99) / 100
    let rest = total % sum
    let slots =
      weight * (total / sum) + (before + weight) * rest / sum - before * rest / sum
    return max(1, slots)
  }
}
