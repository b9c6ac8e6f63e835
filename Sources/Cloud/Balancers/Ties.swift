import Simulation

/// What decides between candidates that cost the same.
///
/// A rule that looks again is told of each of the tied, in the order they were found.
protocol Ties: Sendable {
  /// The rule in a few words.
  static var name: String { get }
  /// Whether it wants to see the tied; else the first stays.
  static var looksAgain: Bool { get }
  /// Announces how many are tied.
  mutating func begin(_ count: Int, using random: inout RandomStream)
  /// Shows one of them.
  mutating func add(_ place: Int, in view: borrowing View)
  /// The place of the one that is taken.
  mutating func end(in view: borrowing View) -> Int
  /// What one of them brings to the tie, such as "credit 2 + weight 5"; empty by default.
  func terms(_ place: Int, in view: borrowing View) -> String
}

extension Ties {
  static var looksAgain: Bool { true }
  func terms(_ place: Int, in view: borrowing View) -> String { "" }
}

/// The first that was found stays.
struct FirstWins: Ties {
  static var name: String { "the first one found wins" }
  static var looksAgain: Bool { false }
  mutating func begin(_ count: Int, using random: inout RandomStream) {}
  mutating func add(_ place: Int, in view: borrowing View) {}
  mutating func end(in view: borrowing View) -> Int { 0 }
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
  private var gained = 0.0
  private var best = 0
  private var most = -Double.infinity

  @inline(__always)
  mutating func begin(_ count: Int, using random: inout RandomStream) {
    gained = 0
    best = -1
    most = -.infinity
  }

  @inline(__always)
  mutating func add(_ place: Int, in view: borrowing View) {
    let server = view.id(place).index
    if server >= credits.count { grow(to: server + 1) }
    let weight = by.weight(of: place, in: view)
    let credit = credits[server] + weight
    credits[server] = credit
    gained += weight
    if best < 0 || credit > most {
      best = place
      most = credit
    }
  }

  @inline(__always)
  mutating func end(in view: borrowing View) -> Int {
    credits[view.id(best).index] = most - gained
    return best
  }

  @inline(never)
  private mutating func grow(to count: Int) {
    credits.append(contentsOf: repeatElement(0, count: count - credits.count))
  }

  func terms(_ place: Int, in view: borrowing View) -> String {
    let server = view.id(place).index
    let credit = server < credits.count ? credits[server] : 0
    let weight = Figure.plain(by.weight(of: place, in: view))
    return "credit \(Figure.plain(credit)) + \(by.rawValue) \(weight)"
  }
}
