import Simulation

/// A balancer that goes by the key: the first server in the key's order that takes the request.
protocol Keyed: Hashing {
  associatedtype Order: KeyOrder
  /// The order of servers for each key, built from the fleet.
  var order: Order { get }
  /// What the order is asked with, from a key's text.
  func key(_ text: [UInt8]) -> Order.Key
  /// The same for a request that has no key; nil when the order is not for such requests.
  func key(without request: borrowing Request, using random: inout RandomStream) -> Order.Key?
  /// Whether a server takes the request; by default when it accepts it.
  func takes(_ place: Int, in view: borrowing View) -> Bool
  /// Notes that the server in the key's order took the request; by default nothing.
  mutating func took(_ place: Int, in view: borrowing View)
  /// What else speaks for or against a server, such as "3 active of 2 slots"; empty by default.
  func terms(_ place: Int, in view: borrowing View) -> String
  /// Who takes a request that has no order, or whose order has nobody who takes it: by default the
  /// first server that accepts it.
  mutating func pickOtherwise(
    for request: borrowing Request, from view: borrowing View, using random: inout RandomStream
  ) -> Int?
  /// What ``pickOtherwise(for:from:using:)`` would do and why.
  func explainOtherwise(
    _ request: borrowing Request, from view: borrowing View, using random: RandomStream
  ) -> Explanation
}

extension Keyed {
  func takes(_ place: Int, in view: borrowing View) -> Bool { view.accepts(place) }

  mutating func took(_ place: Int, in view: borrowing View) {}

  func terms(_ place: Int, in view: borrowing View) -> String { "" }

  mutating func pickOtherwise(
    for request: borrowing Request, from view: borrowing View, using random: inout RandomStream
  ) -> Int? {
    var rule = firstOfAll
    return rule.pick(for: request, from: view, using: &random)
  }

  func explainOtherwise(
    _ request: borrowing Request, from view: borrowing View, using random: RandomStream
  ) -> Explanation { firstOfAll.explain(request, from: view, using: random) }

  private var firstOfAll: Least<NoCost, Everyone, FirstWins> {
    Least(NoCost(), among: Everyone(), ties: FirstWins())
  }

  /// The first server in the key's order that takes the request.
  public mutating func pick(
    for request: borrowing Request, from view: borrowing View, using random: inout RandomStream
  ) -> Int? {
    if let key = key(of: request, in: view, using: &random), let first = order.first(for: key) {
      if let place = view.place(of: order.server(at: first)), takes(place, in: view) {
        took(place, in: view)
        return place
      }
      guard Self.waitsAtServer || view.acceptsSomewhere else { return nil }
      if let place = place(after: first, in: view) {
        took(place, in: view)
        return place
      }
    }
    return pickOtherwise(for: request, from: view, using: &random)
  }

  private func key(
    of request: borrowing Request, in view: borrowing View, using random: inout RandomStream
  ) -> Order.Key? {
    guard let text = view.text(ofKey: request.key) else {
      return key(without: request, using: &random)
    }
    return key(text)
  }

  private func place(after first: Order.Step, in view: borrowing View) -> Int? {
    var step = order.next(after: first)
    while let here = step {
      if let place = view.place(of: order.server(at: here)), takes(place, in: view) { return place }
      step = order.next(after: here)
    }
    return nil
  }

  package func owner(of key: [UInt8], in view: borrowing View) -> Int? {
    var step = order.first(for: self.key(key))
    while let here = step {
      if let place = view.place(of: order.server(at: here)) { return place }
      step = order.next(after: here)
    }
    return nil
  }

  /// The servers met on the way, with what brought one there.
  public func explain(
    _ request: borrowing Request, from view: borrowing View, using random: RandomStream
  ) -> Explanation {
    var picking = self
    var chance = random
    let chosen = picking.pick(for: request, from: view, using: &chance)
    var sameChance = random
    guard let key = key(of: request, in: view, using: &sameChance),
      let first = order.first(for: key)
    else {
      return explainOtherwise("no key", request, from: view, using: sameChance, since: random)
    }
    var met: [Explanation.Candidate] = []
    var seen: Set<ServerID> = []
    var isTaken = false
    var step: Order.Step? = first
    while !isTaken, let here = step {
      // When nobody accepts it, the first few say enough.
      if chosen == nil && met.count == 20 { break }
      step = order.next(after: here)
      let server = order.server(at: here)
      guard let place = view.place(of: server), seen.insert(server).inserted else { continue }
      isTaken = takes(place, in: view)
      var terms = [order.terms(at: here), self.terms(place, in: view)]
      if !view.accepts(place) {
        terms.append(isTaken ? "full, so that it waits" : "does not accept it")
      }
      met.append(
        Explanation.Candidate(
          server: server, terms: terms.filter { !$0.isEmpty }.joined(separator: ", ")))
    }
    guard isTaken || chosen == nil else {
      return explainOtherwise(
        "nobody in the key's order takes it", request, from: view, using: sameChance, since: random)
    }
    return Explanation(
      eligible: view.count, search: order.search(for: key), candidates: met,
      chosen: chosen.map { view.id($0) }, draws: Int(clamping: chance.counter &- random.counter))
  }

  private func explainOtherwise(
    _ reason: String, _ request: borrowing Request, from view: borrowing View,
    using random: RandomStream, since start: RandomStream
  ) -> Explanation {
    var explanation = explainOtherwise(request, from: view, using: random)
    explanation.search = "\(reason): \(explanation.search)"
    explanation.draws += Int(clamping: random.counter &- start.counter)
    return explanation
  }
}

extension Keyed where Order.Key == UInt64 {
  /// The xxHash of the text.
  func key(_ text: [UInt8]) -> UInt64 { Hash.xxh64(text) }

  /// A hash of the request's number, so that each goes its own way; no draw.
  func key(without request: borrowing Request, using random: inout RandomStream) -> UInt64? {
    Hash.mix(request.id.number)
  }
}
