import Simulation

/// A server's answer to a probe: how busy it was, and how fast it is when that busy.
struct Probe: Sendable {
  let server: ServerID
  /// Requests it had; one more each time the probe is used.
  var load: Int
  let latency: Duration
  let at: Instant
  /// For how many requests it may still be used.
  var uses: Int
}

/// The latest probes, the oldest first, at most one of a server.
struct ProbePool: Sendable {
  private(set) var probes: [Probe] = []
  private var removesWorst = false

  /// Drops those that are too old or whose server is not in the view.
  mutating func forget(before oldest: Instant, in view: borrowing View) {
    var kept: [Probe] = []
    for probe in probes where probe.at >= oldest && view.place(of: probe.server) != nil {
      kept.append(probe)
    }
    probes = kept
  }

  /// The load above which a server is hot: the quantile of all probes' by the nearest rank, -1 for
  /// the quantile zero.
  func threshold(_ quantile: Double) -> Int {
    let loads = probes.map(\.load).sorted()
    let rank = Int((quantile * Double(loads.count)).rounded(.up))
    return rank > 0 && rank <= loads.count ? loads[rank - 1] : -1
  }

  /// The index of the best of some probes: the fastest cold one, else the least busy hot one; the
  /// older of equals.
  func best(of indices: [Int], threshold: Int) -> Int? {
    var best: Int?
    for index in indices {
      guard let leader = best else {
        best = index
        continue
      }
      if isBetter(probes[index], than: probes[leader], threshold) { best = index }
    }
    return best
  }

  private func isBetter(_ a: Probe, than b: Probe, _ threshold: Int) -> Bool {
    switch (a.load > threshold, b.load > threshold) {
    case (false, true): true
    case (true, false): false
    case (true, true): a.load < b.load
    case (false, false): (a.latency, a.load) < (b.latency, b.load)
    }
  }

  /// Counts the request that a probe was used for; drops the probe when it was the last.
  mutating func use(_ index: Int) {
    probes[index].load += 1
    probes[index].uses -= 1
    if probes[index].uses <= 0 { probes.remove(at: index) }
  }

  /// Drops the oldest probe and the worst one in turn.
  mutating func removeOne(threshold: Int) {
    guard !probes.isEmpty else { return }
    if removesWorst {
      var worst = 0
      for index in probes.indices.dropFirst()
      where isBetter(probes[worst], than: probes[index], threshold) { worst = index }
      probes.remove(at: worst)
    } else {
      probes.removeFirst()
    }
    removesWorst.toggle()
  }

  /// Takes in a probe in place of that server's older one, if need be in place of the oldest.
  mutating func add(_ probe: Probe, room: Int) {
    guard probe.uses > 0 else { return }
    probes.removeAll { $0.server == probe.server }
    probes.append(probe)
    if probes.count > room { probes.removeFirst(probes.count - room) }
  }
}
