public import Simulation

/// The server that has been idle the longest; any server when none is.
public struct JoinIdleQueue: Balancer {
  /// The name it is typed by.
  public static let name = "join-idle-queue"
  /// What it does, in a sentence.
  public static let summary = "The server idle the longest; any when none is idle."
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: """
      Idle servers stand in line in the order in which they became idle; new ones in declared \
      order. Take the head of the line; when it is empty, draw one of the n servers.
      """,
    source: """
      Lu, Xie, Kliot, Geller, Larus and Greenberg, Join-Idle-Queue (2011), JIQ-Random with one \
      dispatcher.
      """,
    ties: "None. No draws while somebody is idle, else one.",
    failure: """
      As good as the shortest queue until nobody is idle; then it is random: at 99 % of ten \
      servers worse than two choices.
      """,
    lesson: "08")

  private var line = Cheapest(Busy(), equals: .untouched)
  private var anybody = Least(NoCost(), among: Drawn(1), ties: FirstWins())

  /// With nothing known yet.
  public init() {}

  /// The head of the line of idle servers, else any.
  public mutating func pick(
    for request: borrowing Request, from view: borrowing View, using random: inout RandomStream
  ) -> Int? {
    let head = line.find(for: request, in: view, using: &random)
    let place =
      isIdle(head, in: view) ? head : anybody.pick(for: request, from: view, using: &random)
    if let place { line.touch(view.id(place)) }
    return place
  }

  private func isIdle(_ place: Int, in view: borrowing View) -> Bool {
    view.active(place) == 0 && view.accepts(place)
  }

  /// Finishes are listened to: they make servers idle.
  public static var listens: Bool { true }

  /// It may be idle now.
  public mutating func finished(
    _ request: borrowing Request, on server: ServerID, _ outcome: Outcome, after latency: Duration
  ) { line.touch(server) }

  /// It is not idle now.
  public mutating func assigned(_ request: borrowing Request, to server: ServerID) {
    line.touch(server)
  }

  /// New servers go to the end of the line.
  public mutating func changed(_ changes: FleetChanges, in view: borrowing View) {
    line.changed(changes, in: view)
  }

  /// The line of idle servers, or that anybody was drawn.
  public func explain(
    _ request: borrowing Request, from view: borrowing View, using random: RandomStream
  ) -> Explanation {
    var finding = line
    var chance = random
    let head = finding.find(for: request, in: view, using: &chance)
    guard isIdle(head, in: view) else {
      var drawn = anybody.explain(request, from: view, using: random)
      drawn.search = "nobody is idle: \(drawn.search)"
      return drawn
    }
    var idle: [(turn: Int, server: ServerID)] = []
    for place in 0..<view.count where isIdle(place, in: view) {
      idle.append((finding.turn(view.id(place)), view.id(place)))
    }
    idle.sort { $0.turn < $1.turn }
    let looked = idle.enumerated().map { position, one in
      Explanation.Candidate(server: one.server, terms: "no. \(position + 1) in line")
    }
    return Explanation(
      eligible: view.count, search: "\(looked.count) of \(view.count) are idle, the longest first",
      candidates: looked, chosen: view.id(head), draws: 0)
  }
}

/// Whether a server has requests.
struct Busy: Cost {
  static var name: String? { nil }

  @inline(__always)
  func value(of place: Int, in view: borrowing View) -> Int { view.active(place) == 0 ? 0 : 1 }

  func number(_ value: Int) -> Double? { nil }

  func terms(_ place: Int, in view: borrowing View) -> String { "" }
}
