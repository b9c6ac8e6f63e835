import Simulation

/// What decides between candidates that cost the same.
protocol Ties: Sendable {
  /// The rule in a few words.
  static var name: String { get }
  /// Whether it wants to see the tied; else the first that was found stays.
  static var looksAgain: Bool { get }
  /// The place of the one that is taken.
  mutating func settle<Price, Search>(
    _ tied: Tied<Price, Search>, in view: borrowing View, using random: inout RandomStream
  ) -> Int
  /// What one of them brings to the tie, such as "credit 2 + weight 5"; empty by default.
  func terms(_ place: Int, in view: borrowing View) -> String
}

extension Ties {
  static var looksAgain: Bool { true }
  func terms(_ place: Int, in view: borrowing View) -> String { "" }
}

/// The candidates of a pick, of which some cost the least; the first of them is known.
struct Tied<Price: Cost, Search: Candidates> {
  let candidates: Search
  let found: Search.Found
  let cost: Price
  let least: Price.Value
  let first: Int

  /// How many candidates there are.
  @inline(__always)
  var count: Int { candidates.count(found) }

  /// The place of a candidate, or nil when it costs more or does not accept the request.
  @inline(__always)
  func place(_ k: Int, in view: borrowing View) -> Int? {
    let place = candidates.place(k, of: found)
    return least < cost.value(of: place, in: view) || !view.accepts(place) ? nil : place
  }
}

/// A tie that is settled by how candidates were found: the first of them stays.
protocol SettledTies: Ties {}

extension SettledTies {
  static var looksAgain: Bool { false }

  func settle<Price, Search>(
    _ tied: Tied<Price, Search>, in view: borrowing View, using random: inout RandomStream
  ) -> Int { tied.first }
}

/// The first that was found stays.
struct FirstWins: SettledTies {
  static var name: String { "the first one found wins" }
}

/// The first in declared order, as ``Cheapest`` found it.
struct FirstDeclared: SettledTies {
  static var name: String { "the first in declared order wins" }
}

/// The one that got or lost a request the longest ago, as ``Cheapest`` found it.
struct LongestUntouched: SettledTies {
  static var name: String { "the one touched the longest ago wins" }
}

/// Any of them, as ``Cheapest`` drew it.
struct AnyOfThem: SettledTies {
  static var name: String { "one of them at random" }
}

/// Any of them: each further one takes the place of the one before it by one draw in as many as
/// there are so far.
struct Reservoir: Ties {
  static var name: String { "one of them at random, by a reservoir" }

  func settle<Price, Search>(
    _ tied: Tied<Price, Search>, in view: borrowing View, using random: inout RandomStream
  ) -> Int {
    var chosen = tied.first
    var met = 0
    for k in 0..<tied.count {
      guard let place = tied.place(k, in: view) else { continue }
      met += 1
      if met > 1, random.index(below: met) == 0 { chosen = place }
    }
    return chosen
  }
}

/// What a server's weight is taken to be.
public enum Weighing: String, CaseIterable, Sendable {
  /// The weight it was given; `cpu × speed` unless said otherwise.
  case weight
  /// Requests it serves at once.
  case cpu
  /// Its memory.
  case memory

  @inline(__always)
  func weight(of place: Int, in view: borrowing View) -> Double {
    switch self {
    case .weight: view.weight(place)
    case .cpu: Double(view.cpu(place))
    case .memory: Double(view.memory(place))
    }
  }
}

/// Turns in proportion to weight, spread as evenly as they can be: nginx's smooth round robin.
///
/// Each of the tied gains its weight as credit; the most credit wins, the first of equals; the
/// winner pays what all gained. Credit belongs to the server, so it outlasts changes of the fleet,
/// and who is not among the tied keeps what it has.
struct SmoothTurns: Ties {
  static var name: String { "smooth weighted round robin" }

  /// What counts as the weight.
  var by = Weighing.weight
  private var credits: [Double] = []

  /// Nobody with credit, unless some is given by server.
  init(by weighing: Weighing = .weight, credits: [Double] = []) {
    by = weighing
    self.credits = credits
  }

  @inline(__always)
  mutating func settle<Price, Search>(
    _ tied: Tied<Price, Search>, in view: borrowing View, using random: inout RandomStream
  ) -> Int {
    // Places are in the order of servers, so the last has the largest index.
    let servers = view.id(view.count - 1).index + 1
    if servers > credits.count { grow(to: servers) }
    return credits.withUnsafeMutableBufferPointer { credits in
      var best = tied.first
      var most = -Double.infinity
      var gained = 0.0
      for k in 0..<tied.count {
        guard let place = tied.place(k, in: view) else { continue }
        let weight = by.weight(of: place, in: view)
        let credit = credits[view.id(place).index] + weight
        credits[view.id(place).index] = credit
        gained += weight
        if credit > most {
          best = place
          most = credit
        }
      }
      credits[view.id(best).index] -= gained
      return best
    }
  }

  @inline(never)
  private mutating func grow(to count: Int) {
    credits.append(contentsOf: repeatElement(0, count: count - credits.count))
  }

  func terms(_ place: Int, in view: borrowing View) -> String {
    let server = view.id(place).index
    let credit = server < credits.count ? credits[server] : 0
    let weight = by.weight(of: place, in: view)
    return """
      credit \(Figure.plain(credit)) + \(by.rawValue) \(Figure.plain(weight)) = \
      \(Figure.plain(credit + weight))
      """
  }
}
