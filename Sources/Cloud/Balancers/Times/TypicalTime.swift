import Simulation

/// The response time to expect of a server × the requests it would have ÷ its weight.
///
/// Expected is a server's own mean as far as it is fresh, and the mean of the others for the rest;
/// so a newcomer is taken for one of the others, and one that was slow is tried again some time.
struct TypicalTime: Cost {
  static var name: String? { "expected ms × (1 + active) ÷ weight" }

  /// What was heard of a server.
  struct Mean: Sendable {
    /// How many answers were heard, up to ``memory``.
    var heard: Int64 = 0
    /// In nanoseconds.
    var value: Int64 = 0
    var since = Instant.zero
    var isIn = false
  }

  /// How many answers a mean goes over: it is plain at first, then moves by 1 ÷ 20 of a difference.
  private static let memory: Int64 = 20
  /// After how many seconds of silence a mean counts for 1 ÷ e.
  var decay = 10.0
  private var means = PerServer(Mean())
  /// Of the servers in the view that were heard of: the sum of their means, and how many they are.
  private var sum: Int64 = 0
  private var known: Int64 = 0

  /// Takes in an answer.
  mutating func hear(_ taken: Duration, from server: ServerID, at now: Instant) {
    var mean = means[server]
    let isFirst = mean.heard == 0
    mean.heard = min(Self.memory, mean.heard + 1)
    // So that the sum of as many servers as there can be stays within an integer.
    let time = min(max(0, taken.nanoseconds), 1 << 40)
    let step = (time - mean.value) / mean.heard
    mean.value += step
    mean.since = max(mean.since, now)
    means[server] = mean
    guard mean.isIn else { return }
    sum += isFirst ? mean.value : step
    if isFirst { known += 1 }
  }

  /// Sums over those that are in the view.
  mutating func changed(_ changes: FleetChanges, in view: borrowing View) {
    for server in changes.servers(in: view) {
      let isIn = view.place(of: server) != nil
      guard isIn != means[server].isIn else { continue }
      means[server].isIn = isIn
      guard means[server].heard > 0 else { continue }
      sum += isIn ? means[server].value : -means[server].value
      known += isIn ? 1 : -1
    }
  }

  /// The mean of the others, in nanoseconds; nil when none of them was heard of.
  private func others(than mean: Mean) -> Double? {
    let counts = mean.heard > 0 && mean.isIn
    let rest = counts ? known - 1 : known
    return rest > 0 ? Double(counts ? sum - mean.value : sum) / Double(rest) : nil
  }

  /// Nanoseconds to expect; when nobody was heard of, 1 ms for everybody.
  @inline(__always)
  private func expected(_ mean: Mean, at now: Instant) -> Double {
    guard mean.heard > 0 else { return others(than: mean) ?? 1e6 }
    let own = Double(mean.value)
    guard let others = others(than: mean) else { return own }
    return others + (own - others) * Fading.left(since: mean.since, at: now, decay: decay)
  }

  @inline(__always)
  func value(of place: Int, in view: borrowing View) -> Ratio {
    let time = expected(means[view.id(place)], at: view.now)
    // At least a nanosecond, so that requests count where answers take no time.
    return Ratio(max(1, time) * Double(1 + view.active(place)), view.weight(place))
  }

  func number(_ value: Ratio) -> Double? { value.numerator / value.denominator / 1e6 }

  func terms(_ place: Int, in view: borrowing View) -> String {
    let mean = means[view.id(place)]
    let time = Figure.milliseconds(expected(mean, at: view.now))
    let source = mean.heard > 0 ? "mean \(Figure.milliseconds(Double(mean.value)))" : "a newcomer"
    return """
      expected \(time) (\(source)) × (1 + \(view.active(place)) active) ÷ weight \
      \(Figure.plain(view.weight(place)))
      """
  }
}
