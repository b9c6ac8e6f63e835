import Simulation

/// The mean response time alone, fading towards zero, as ingress-nginx scores it.
struct FadingMean: Cost {
  static var name: String? { "EWMA in ms" }

  /// What was heard of a server.
  struct Mean: Sendable {
    /// In nanoseconds, as of `since`; nil when nothing is known.
    var value: Double?
    var since = Instant.zero
    var isIn = false

    /// As it has faded by now.
    func present(at now: Instant, decay: Double) -> Double {
      (value ?? 0) * Fading.left(since: since, at: now, decay: decay)
    }
  }

  /// How fast what was heard fades, in seconds.
  static let decay = 10.0
  var means = PerServer(Mean())

  /// Takes in a try on a server in the view; the first one is taken as it is.
  mutating func hear(_ taken: Duration, from server: ServerID, at now: Instant) {
    let old = means[server]
    guard old.isIn else { return }
    let left = Fading.left(since: old.since, at: now, decay: Self.decay)
    let time = Double(taken.nanoseconds)
    means[server].value = old.value.map { $0 * left + time * (1 - left) } ?? time
    means[server].since = max(old.since, now)
  }

  /// Forgets servers that have left; those that have joined begin with the mean of the others,
  /// which is O(n).
  mutating func changed(_ changes: FleetChanges, in view: borrowing View) {
    let changed = changes.servers(in: view)
    for server in changed where view.place(of: server) == nil && server.index < means.count {
      means[server] = Mean()
    }
    let joined = changed.filter { view.place(of: $0) != nil && !means[$0].isIn }
    guard !joined.isEmpty else { return }
    let known = (0..<means.count).compactMap { means[ServerID($0)].value }
    let mean = known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
    for server in joined { means[server] = Mean(value: mean, since: view.now, isIn: true) }
  }

  @inline(__always)
  func value(of place: Int, in view: borrowing View) -> Double {
    means[view.id(place)].present(at: view.now, decay: Self.decay)
  }

  func number(_ value: Double) -> Double? { value / 1e6 }

  func terms(_ place: Int, in view: borrowing View) -> String {
    let mean = means[view.id(place)]
    guard mean.value != nil else { return "no answer yet" }
    return "EWMA \(Figure.milliseconds(mean.present(at: view.now, decay: Self.decay)))"
  }
}
