/// Turns in proportion to weight from nothing but a counter: Google's static stride scheduler.
///
/// Each number of the sequence names a server and a generation; in a generation each server is
/// looked at once, and it passes in `w` of 65535 generations, spread evenly. The heaviest always
/// passes. It keeps 16 bits a server, so many threads can share it.
package struct StaticStride: Sendable {
  /// The weight of the heaviest.
  private static let most = 65_535

  /// What one number of the sequence says.
  private struct Step {
    var place: Int
    var generation: Int
    var weight: Int
    /// What must be at least `65535 - weight`.
    var remainder: Int

    var passes: Bool { remainder >= StaticStride.most - weight }
  }

  /// Scaled weights; empty while plain turns are taken.
  private var weights: [UInt16] = []
  private(set) var count = 0
  private var sequence: UInt32 = 0

  /// A scheduler at the start of its sequence.
  package init(weights: [Double]) { weigh(weights) }

  /// Takes other weights and goes on in the sequence; a weight of 0 stands for the mean of the
  /// others, and fewer than two others mean plain turns.
  mutating func weigh(_ weights: [Double]) {
    count = weights.count
    self.weights = []
    let known = weights.filter { $0 > 0 }
    guard known.count > 1, let largest = known.max() else { return }
    let mean = known.reduce(0, +) / Double(known.count)
    let scaledMean = Self.scaled(mean, largest: largest)
    let scaled = weights.map { $0 > 0 ? Self.scaled($0, largest: largest) : scaledMean }
    if scaled.contains(where: { $0 != scaledMean }) { self.weights = scaled }
  }

  private static func scaled(_ weight: Double, largest: Double) -> UInt16 {
    let factor = Double(most) / largest
    let exact = factor.isFinite ? factor * weight : weight / largest * Double(most)
    return exact < Double(most) ? UInt16(max(0, exact).rounded(.toNearestOrAwayFromZero)) : .max
  }

  /// The place of the next in turn.
  package mutating func next() -> Int {
    while true {
      let step = step()
      if step.passes { return step.place }
    }
  }

  /// The next number of the sequence.
  private mutating func step() -> Step {
    let number = Int(sequence)
    sequence &+= 1
    let count = max(1, count)
    let place = number % count
    guard !weights.isEmpty else {
      return Step(place: place, generation: number / count, weight: Self.most, remainder: 0)
    }
    let weight = Int(weights[place])
    let generation = number / count
    return Step(
      place: place, generation: generation, weight: weight,
      remainder: (weight &* generation &+ place &* (Self.most / 2)) % Self.most)
  }

  /// The next in turn that accepts the request; after 20 turns and one for each server, the next in
  /// declared order.
  mutating func pick(in view: borrowing View) -> Int? {
    let first = next()
    if view.accepts(first) { return first }
    for _ in 0..<20 + count {
      let place = next()
      if view.accepts(place) { return place }
    }
    for step in 1...max(1, view.count) {
      let place = (first + step) % view.count
      if view.accepts(place) { return place }
    }
    return nil
  }

  /// The numbers of the sequence up to the one that is taken.
  func explain(in view: borrowing View) -> Explanation {
    var picking = self
    let chosen = picking.pick(in: view)
    var stepping = self
    var candidates: [Explanation.Candidate] = []
    while let chosen {
      let step = stepping.step()
      candidates.append(
        Explanation.Candidate(server: view.id(step.place), terms: terms(step, in: view)))
      if step.place == chosen && step.passes || stepping.sequence == picking.sequence { break }
    }
    if let chosen, !candidates.contains(where: { $0.server == view.id(chosen) }) {
      candidates.append(
        Explanation.Candidate(server: view.id(chosen), terms: "the next that accepts it"))
    }
    return Explanation(
      eligible: view.count, search: "number \(sequence) and on, of \(view.count) in turn",
      candidates: candidates, chosen: chosen.map { view.id($0) }, draws: 0)
  }

  private func terms(_ step: Step, in view: borrowing View) -> String {
    let full = view.accepts(step.place) ? "" : ", does not accept it"
    guard !weights.isEmpty else { return "turn \(step.generation)" + full }
    let least = Self.most - step.weight
    return """
      generation \(step.generation), scaled weight \(step.weight): \(step.remainder) \
      \(step.passes ? "≥" : "<") \(least)\(step.passes ? full : ", skipped")
      """
  }
}
