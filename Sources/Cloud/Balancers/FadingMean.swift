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

  /// Takes in a try; the first one is taken as it is.
  mutating func hear(_ taken: Duration, from server: ServerID, at now: Instant) {
    let old = means[server]
    let left = Fading.left(since: old.since, at: now, decay: Self.decay)
    let time = Double(taken.nanoseconds)
    means[server].value = old.value.map { $0 * left + time * (1 - left) } ?? time
    means[server].since = max(old.since, now)
  }

  /// Forgets servers that have left; those that have joined begin with the mean of the others.
  mutating func changed(_ view: borrowing View) {
    var sum = 0.0
    var known = 0.0
    for index in 0..<means.count {
      let server = ServerID(index)
      if view.place(of: server) == nil { means[server] = Mean() }
      guard let value = means[server].value else { continue }
      sum += value
      known += 1
    }
    for place in 0..<view.count where !means[view.id(place)].isIn {
      means[view.id(place)].isIn = true
      guard known > 0, means[view.id(place)].value == nil else { continue }
      means[view.id(place)].value = sum / known
      means[view.id(place)].since = view.now
    }
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
