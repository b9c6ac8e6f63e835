public import Simulation

/// Highest random weight: each server bids for each key, and the best bid wins.
public struct Rendezvous: Hashing {
  /// The name it is typed by.
  public static let name = "rendezvous"
  /// What it does, in a sentence.
  public static let summary = "Each server bids for the key by a hash; the best bid wins."
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: """
      u = a hash of key and address in (0, 1), from mix(xxh64(key) xor xxh64(address)); take the \
      largest weight ÷ -ln(u), that is the least -ln(u) ÷ weight, among servers that accept. A \
      request without a key is hashed by its number.
      """,
    source: """
      Thaler and Ravishankar, Using Name-Based Mappings to Increase Hit Rates (1998); weights as \
      in Traefik's hrw; the mix is splitmix64's.
      """,
    ties: "Equal bids: the first in declared order. No draws.",
    failure: "Looks at every server for every request; a popular key overloads one server.",
    lesson: "09")

  /// By server, the hash of its address.
  private var hashes = PerServer<UInt64>(0)

  /// With no servers yet.
  public init() {}

  /// Hashes servers that are new.
  public mutating func changed(_ changes: FleetChanges, in view: borrowing View) {
    for server in changes.servers(in: view) where hashes[server] == 0 {
      if let place = view.place(of: server) { hashes[server] = Hash.xxh64(view.address(place)) }
    }
  }

  private func hash(of request: borrowing Request, in view: borrowing View) -> UInt64 {
    guard let text = view.text(ofKey: request.key) else { return Hash.mix(request.id.number) }
    return Hash.xxh64(text)
  }

  /// What a server's share of the keys is drawn by, in (0, 1).
  private func chance(_ key: UInt64, _ place: Int, in view: borrowing View) -> Double {
    let mixed = Hash.mix(key ^ hashes[view.id(place)])
    return (Double(mixed >> 12) + 0.5) * 0x1p-52
  }

  private func cost(_ key: UInt64, _ place: Int, in view: borrowing View) -> Double {
    -Elementary.log(chance(key, place, in: view)) / view.weight(place)
  }

  /// The place of the best bid; of all servers, or of those that accept the request.
  private func best(_ key: UInt64, in view: borrowing View, accepting: Bool) -> Int? {
    var best: (place: Int, cost: Double)?
    for place in 0..<view.count where !accepting || view.accepts(place) {
      let cost = cost(key, place, in: view)
      if let best, best.cost <= cost { continue }
      best = (place, cost)
    }
    return best?.place
  }

  package func owner(of key: [UInt8], in view: borrowing View) -> Int? {
    view.servers > hashes.count ? nil : best(Hash.xxh64(key), in: view, accepting: false)
  }

  /// The best bid among servers that accept the request; O(servers).
  public mutating func pick(
    for request: borrowing Request, from view: borrowing View, using random: inout RandomStream
  ) -> Int? {
    if view.servers > hashes.count { changed(.everything, in: view) }
    return best(hash(of: request, in: view), in: view, accepting: true)
  }

  /// All bids.
  public func explain(
    _ request: borrowing Request, from view: borrowing View, using random: RandomStream
  ) -> Explanation {
    var informed = self
    if view.servers > hashes.count { informed.changed(.everything, in: view) }
    let key = informed.hash(of: request, in: view)
    let chosen = informed.best(key, in: view, accepting: true)
    var bids: [Explanation.Candidate] = []
    for place in 0..<view.count where view.accepts(place) {
      let u = informed.chance(key, place, in: view)
      bids.append(
        Explanation.Candidate(
          server: view.id(place), cost: informed.cost(key, place, in: view),
          terms: "-ln(\(Figure.plain(u))) ÷ weight \(Figure.plain(view.weight(place)))"))
    }
    return Explanation(
      eligible: view.count, cost: "-ln(u) ÷ weight",
      search: "all \(bids.count), with the key's hash \(key)", candidates: bids,
      chosen: chosen.map { view.id($0) }, draws: 0)
  }
}
