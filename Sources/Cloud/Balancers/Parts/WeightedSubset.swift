import Simulation

/// Two distinct servers of an aperture, as likely as what they have inside it.
struct WeightedSubset: Candidates {
  /// Which of the instances this is, from zero; beyond the last it starts again.
  var instance = 0 { didSet { table = nil } }
  /// How many instances share the servers, at least 1.
  var instances = 1 { didSet { table = nil } }
  /// For how many servers an aperture is wide enough.
  var aperture = 12 { didSet { table = nil } }
  private var table: WeightedPair?
  private var inside: [Double] = []

  struct Found {
    let first: Int
    let second: Int?
  }

  mutating func find(
    for request: borrowing Request, in view: borrowing View, using random: inout RandomStream
  ) -> Found {
    let pair = table.flatMap { $0.count == view.count ? $0 : nil } ?? build(view)
    let first = pair.first(random.uniform())
    return Found(
      first: first,
      second: pair.positive > 1 ? pair.second(random.uniform(), after: first) : nil)
  }

  mutating func changed(_ changes: FleetChanges, in view: borrowing View) { table = nil }

  private mutating func build(_ view: borrowing View) -> WeightedPair {
    var weights: [Double] = []
    for place in 0..<view.count { weights.append(view.weight(place)) }
    let start = Double(instance % instances) * (1 / Double(instances))
    let width = ApertureWeights.width(
      aperture: aperture, instances: instances, servers: view.count)
    inside = ApertureWeights.inside(weights, start: start, width: width)
    let pair = WeightedPair(inside)
    table = pair
    return pair
  }

  func count(_ found: Found) -> Int { found.second == nil ? 1 : 2 }

  func place(_ k: Int, of found: Found) -> Int {
    k == 0 ? found.first : found.second ?? found.first
  }

  func attempts(in view: borrowing View) -> Int { 20 }

  func search(_ count: Int, in view: borrowing View) -> String {
    """
    \(count) of the \(inside.count { $0 > 0 }) of \(view.count) in the aperture of instance \
    \(instance % instances) of \(instances), by weight inside it
    """
  }

  func terms(_ place: Int, in view: borrowing View) -> String {
    guard place < inside.count else { return "" }
    return "\(Figure.percent(inside[place])) of all weight inside"
  }
}
