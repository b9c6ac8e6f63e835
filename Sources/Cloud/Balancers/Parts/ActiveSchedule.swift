import Simulation

/// Earliest deadline first, where a server with more requests is due later: Envoy's schedule.
///
/// A pick costs O(log n), and as much again for each server that is due but does not accept.
struct ActiveSchedule: Sendable {
  private struct Deadline: Comparable, Sendable {
    let time: Double
    let number: Int

    static func < (a: Deadline, b: Deadline) -> Bool {
      a.time == b.time ? a.number < b.number : a.time < b.time
    }
  }

  /// The exponent of active requests.
  let bias: Double
  /// By place.
  private var due = Tournament<Deadline>()
  private var count = 0
  private var servers = 0
  private var time = 0.0
  private var number = 0

  /// Nobody is due yet.
  init(bias: Double = 1) { self.bias = bias }

  /// Whether it is not of this view.
  func isStale(_ view: borrowing View) -> Bool {
    count != view.count || servers != view.servers
  }

  /// Schedules all servers from the start; O(n).
  mutating func build(_ view: borrowing View) {
    time = 0
    number = 0
    count = view.count
    servers = view.servers
    var deadlines: [Deadline?] = []
    for place in 0..<view.count {
      deadlines.append(deadline(place, in: view))
      number += 1
    }
    due = Tournament(deadlines)
  }

  private func deadline(_ place: Int, in view: borrowing View) -> Deadline {
    Deadline(time: time + delay(place, in: view), number: number)
  }

  private func delay(_ place: Int, in view: borrowing View) -> Double {
    let active = Double(view.active(place)) + 1
    let factor = bias == 1 ? active : bias == 0 ? 1 : Elementary.pow(active, bias)
    return 1 / (view.weight(place) / factor)
  }

  /// Takes the server that is due first of those that accept and schedules it again.
  mutating func pick(from view: borrowing View) -> Int? {
    guard let place = first(in: view), let deadline = due[place] else { return nil }
    time = deadline.time
    due[place] = self.deadline(place, in: view)
    number += 1
    return place
  }

  /// Who is due first of those that accept; the others stay where they are.
  private mutating func first(in view: borrowing View) -> Int? {
    var aside: [(place: Int, deadline: Deadline)] = []
    while let place = due.winner, let deadline = due[place], !view.accepts(place) {
      aside.append((place, deadline))
      due[place] = nil
    }
    let first = due.winner
    for one in aside { due[one.place] = one.deadline }
    return first
  }

  /// When each server is due.
  func explain(_ view: borrowing View) -> Explanation {
    var picking = self
    let chosen = picking.pick(from: view)
    var looked: [Explanation.Candidate] = []
    for place in 0..<view.count where view.accepts(place) {
      guard let deadline = due[place] else { continue }
      let again = "(\(view.active(place)) active + 1)^\(Figure.plain(bias))"
      looked.append(
        Explanation.Candidate(
          server: view.id(place), cost: deadline.time,
          terms: """
            then again \(again) ÷ weight \(Figure.plain(view.weight(place))) = \
            \(Figure.plain(delay(place, in: view))) later
            """))
    }
    let least = chosen.flatMap { due[$0]?.time }
    let tied = looked.count { $0.cost == least }
    return Explanation(
      eligible: view.count, cost: "deadline", search: "all \(view.count), by their deadlines",
      candidates: looked, tie: tied > 1 ? "the first scheduled wins" : nil,
      chosen: chosen.map { view.id($0) }, draws: 0)
  }
}
