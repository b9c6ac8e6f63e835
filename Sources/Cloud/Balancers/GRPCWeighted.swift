public import Simulation

/// gRPC's weighted round robin: by static strides, or by deadlines as its older picker did.
public struct GRPCWeighted: Balancer {
  /// How turns are found.
  public enum Scheduler: String, CaseIterable, Sendable {
    /// A counter and a test for each number of it.
    case staticStride = "static-stride"
    /// The earliest deadline first.
    case edf
  }

  /// The name it is typed by.
  public static let name = "grpc.weighted"
  /// What it does, in a sentence.
  public static let summary = "Turns by weight, by strides or deadlines."
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: """
      static-stride: weights become w = round(65535 × weight ÷ largest); number k of the sequence \
      means server i = k mod n in generation g = k ÷ n, which is skipped while \
      (w × g + 32767 × i) mod 65535 < 65535 - w. Equal weights take plain turns. Weights 5, 1, 1 \
      give s1 s3 s1 s1 s2 s1 s1. edf: deadline += 1 ÷ weight, the earliest is next: \
      s1 s1 s1 s1 s1 s2 s3. A change of servers or weights starts edf anew; the sequence goes on.
      """,
    source: """
      grpc-go, balancer/weightedroundrobin/scheduler.go and internal/wrr/edf.go; gRFC A58. There \
      the sequence starts at random, here at 0.
      """,
    ties: "Equal deadlines: the one added first, always. Strides have no ties. No draws.",
    failure: """
      A weight below 1/131070 of the largest is rounded to 0 and gets nothing; with edf, heavy \
      servers get bursts.
      """,
    lesson: "07")
  /// What can be set.
  public static var parameters: [Parameter<Self>] {
    [Parameter("scheduler", \.scheduler, "How turns are found.")]
  }

  /// How turns are found.
  public var scheduler = Scheduler.staticStride
  private var strides = StaticStride(weights: [])
  private var schedule = EarliestDeadline(ties: .firstAdded)

  /// By strides, from the start of the sequence.
  public init() {}

  /// The next in turn: O(largest ÷ mean weight) by strides, O(log n) by deadlines.
  public mutating func pick(
    for request: borrowing Request, from view: borrowing View, using random: inout RandomStream
  ) -> Int? {
    if view.count != count { changed(.everything, in: view) }
    switch scheduler {
    case .staticStride: return strides.pick(in: view)
    case .edf:
      if let place = schedule.pick(in: view) { return place }
      guard view.hasTaker else { return nil }
      changed(.everything, in: view)
      return schedule.pick(in: view)
    }
  }

  /// How many servers are scheduled.
  private var count: Int { scheduler == .edf ? schedule.count : strides.count }

  /// Weighs all anew, O(n), or makes the schedule anew, O(n log n).
  public mutating func changed(_ changes: FleetChanges, in view: borrowing View) {
    switch scheduler {
    case .staticStride: strides.weigh((0..<view.count).map { view.weight($0) })
    case .edf:
      schedule = EarliestDeadline(ties: .firstAdded)
      for place in 0..<view.count {
        schedule.add(view.id(place).index, weight: view.weight(place))
      }
    }
  }

  /// The numbers of the sequence that were looked at, or who is due when.
  public func explain(
    _ request: borrowing Request, from view: borrowing View, using random: RandomStream
  ) -> Explanation {
    var picking = self
    if view.count != count { picking.changed(.everything, in: view) }
    switch scheduler {
    case .staticStride: return picking.strides.explain(in: view)
    case .edf:
      var chance = random
      let before = picking.schedule
      let chosen = picking.pick(for: request, from: view, using: &chance)
      return before.explain(chosen, in: view)
    }
  }
}
