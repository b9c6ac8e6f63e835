import Simulation

/// A rule made of parts: of the eligible servers it finds some candidates and takes the one that
/// costs least; ties decide between equals.
///
/// Eligibility is the view's. The parts are types, so each rule compiles to a loop of its own.
struct Least<Price: Cost, Search: Candidates, Tie: Ties>: Sendable {
  var cost: Price
  var candidates: Search
  var ties: Tie

  init(_ cost: Price, among candidates: Search, ties: Tie) {
    self.cost = cost
    self.candidates = candidates
    self.ties = ties
  }

  @inline(__always)
  mutating func pick(
    for request: borrowing Request, from view: borrowing View, using random: inout RandomStream
  ) -> Int? {
    guard let found = candidates.findAccepting(for: request, in: view, using: &random) else {
      return Search.isExhaustive ? nil : firstAccepting(in: view)
    }
    let count = candidates.count(found)
    var k = 0
    if view.isFiltered { while !view.accepts(candidates.place(k, of: found)) { k += 1 } }
    let first = candidates.place(k, of: found)
    var lead = Lead(first, cost.value(of: first, in: view))
    k += 1
    while k < count {
      let place = candidates.place(k, of: found)
      if view.accepts(place) { lead.meet(place, cost.value(of: place, in: view)) }
      k += 1
    }
    guard Tie.looksAgain, lead.tied > 1 else { return lead.place }
    let equals = Tied(
      candidates: candidates, found: found, cost: cost, least: lead.least, first: lead.place)
    return ties.settle(equals, in: view, using: &random)
  }

  /// When what was found is full: of all that accept the one that costs least, the first of equals.
  @inline(never)
  private func firstAccepting(in view: borrowing View) -> Int? {
    var best: Int?
    for place in 0..<view.count where view.accepts(place) {
      if let least = best, !(cost.value(of: place, in: view) < cost.value(of: least, in: view)) {
        continue
      }
      best = place
    }
    return best
  }

  mutating func changed(_ changes: FleetChanges, in view: borrowing View) {
    candidates.changed(changes, in: view)
  }

  /// What `pick` would do: it is asked, as a copy, and so is each part.
  func explain(
    _ request: borrowing Request, from view: borrowing View, using random: RandomStream
  ) -> Explanation {
    var picking = self
    var chance = random
    let chosen = picking.pick(for: request, from: view, using: &chance)
    var finding = candidates
    var sameChance = random
    let found = finding.findAccepting(for: request, in: view, using: &sameChance)
    var places: [Int] = []
    if let found {
      for place in finding.compared(found, in: view) where view.accepts(place) {
        places.append(place)
      }
    } else {
      for place in 0..<view.count where view.accepts(place) { places.append(place) }
    }
    var tied = 0
    if let chosen {
      let least = cost.value(of: chosen, in: view)
      tied = places.count { !(least < cost.value(of: $0, in: view)) }
    }
    var looked: [Explanation.Candidate] = []
    for place in places {
      let value = cost.value(of: place, in: view)
      var terms = [cost.terms(place, in: view), finding.terms(place, in: view)]
      if tied > 1, let chosen, !(cost.value(of: chosen, in: view) < value) {
        terms.append(ties.terms(place, in: view))
      }
      looked.append(
        Explanation.Candidate(
          server: view.id(place), cost: cost.number(value),
          terms: terms.filter { !$0.isEmpty }.joined(separator: ", ")))
    }
    return Explanation(
      eligible: view.count, cost: Price.name,
      search: found != nil
        ? finding.search(places.count, in: view)
        : places.isEmpty
          ? "all \(view.count), and none accepts it"
          : "all that accept it, for those found do not",
      candidates: looked, tie: tied > 1 ? found == nil ? FirstWins.name : Tie.name : nil,
      chosen: chosen.map { view.id($0) }, draws: Int(clamping: chance.counter &- random.counter))
  }
}

/// Who leads so far, at what cost, and how many share it.
private struct Lead<Value: Comparable> {
  var place: Int
  var least: Value
  var tied = 1

  @inline(__always)
  init(_ place: Int, _ value: Value) {
    self.place = place
    least = value
  }

  @inline(__always)
  mutating func meet(_ place: Int, _ value: Value) {
    let better = value < least
    tied = better ? 1 : least < value ? tied : tied + 1
    self.place = better ? place : self.place
    least = better ? value : least
  }
}
