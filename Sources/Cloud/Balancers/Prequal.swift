public import Simulation

/// Probes a few servers with each request and chooses by the probes of earlier ones.
public struct Prequal: Balancer {
  /// The name it is typed by.
  public static let name = "prequal"
  /// What it does, in a sentence.
  public static let summary = "By probes: the fastest not busy, else the least busy."
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: """
      A pool holds up to 16 probes, each at most 1 s old: a server's requests in flight (RIF) and \
      the median time of its answers at about that RIF. A server is hot when its RIF is above the \
      0.84 quantile of the pool. Take the cold one with the least time, else the hot one with the \
      least RIF; its probe's RIF rises by 1. Then drop one probe, the oldest and the worst in \
      turn, and probe 3 other servers, which answer at once, for later requests. A probe serves \
      max(1, 2 ÷ ((1 - pool ÷ n) × probes - 1)) requests, any number when that is not positive. \
      With fewer than 2 probes: a server at random.
      """,
    source: """
      Wydrowski et al., Load is not what you should balance: Introducing Prequal (NSDI 2024). \
      Ours: one probe of a server at a time, and the balancer keeps the times itself.
      """,
    ties: """
      Equal times: the lesser RIF; then the older probe. Draws a pick: 1 for each probe, 1 more \
      for each whose number of uses is a fraction, rounded at random, and 1 for a random server.
      """,
    failure: """
      Probes cost messages, which are free here; a server that never answered counts as 0 ms, and \
      only its RIF holds it back.
      """,
    lesson: "08")
  /// What can be set.
  public static var parameters: [Parameter<Self>] {
    [
      Parameter("pool", \.pool, in: 2...1000, "How many probes are kept."),
      Parameter("probes", \.probes, in: 1...100, "How many servers each request probes."),
      Parameter("age", \.age, .duration(0...86_400), "How old a probe may get."),
      Parameter("quantile", \.quantile, .ratio(0...1), "The quantile of RIF above which is hot."),
    ]
  }

  /// How many probes are kept.
  public var pool = 16
  /// How many servers each request probes.
  public var probes: Int {
    get { probing.size }
    set { probing.size = newValue }
  }
  /// How old a probe may get, in seconds.
  public var age = 1.0
  /// The quantile of requests in flight above which a server is hot: by default 2^-0.25.
  public var quantile = 0.84

  private var probing = Drawn(3)
  private var fallback = Drawn(1)
  private var probed = ProbePool()
  private var latencies = LatencyByLoad()

  /// With an empty pool.
  public init() {}

  /// It learns from answers.
  public static var listens: Bool { true }

  /// The server of the best probe.
  public mutating func pick(
    for request: borrowing Request, from view: borrowing View, using random: inout RandomStream
  ) -> Int? {
    probed.forget(before: view.now - Duration(seconds: age), in: view)
    let threshold = probed.threshold(quantile)
    let usable = usable(in: view)
    let place: Int?
    if usable.count > 1, let best = probed.best(of: usable, threshold: threshold) {
      place = view.place(of: probed.probes[best].server)
      probed.use(best)
    } else {
      place = anyone(for: request, in: view, using: &random)
    }
    probed.removeOne(threshold: threshold)
    probe(for: request, in: view, using: &random)
    if let place { latencies.sent(request.id, load: view.active(place)) }
    return place
  }

  /// Probes whose servers accept the request.
  private func usable(in view: borrowing View) -> [Int] {
    var usable: [Int] = []
    for (index, probe) in probed.probes.enumerated() {
      if let place = view.place(of: probe.server), view.accepts(place) { usable.append(index) }
    }
    return usable
  }

  private mutating func anyone(
    for request: borrowing Request, in view: borrowing View, using random: inout RandomStream
  ) -> Int? {
    if let found = fallback.findAccepting(for: request, in: view, using: &random) {
      return fallback.place(0, of: found)
    }
    for place in 0..<view.count where view.accepts(place) { return place }
    return nil
  }

  private mutating func probe(
    for request: borrowing Request, in view: borrowing View, using random: inout RandomStream
  ) {
    let found = probing.find(for: request, in: view, using: &random)
    let uses = uses(among: view.count)
    for k in 0..<probing.count(found) {
      let place = probing.place(k, of: found)
      let server = view.id(place)
      let load = view.active(place)
      var whole = uses.map { Int($0) } ?? .max
      if let uses, uses > uses.rounded(.down), random.uniform() < uses - uses.rounded(.down) {
        whole += 1
      }
      probed.add(
        Probe(
          server: server, load: load, latency: latencies.median(of: server, at: load),
          at: view.now, uses: whole), room: pool)
    }
  }

  /// How many requests a probe serves on average; nil for any number.
  private func uses(among servers: Int) -> Double? {
    let coming = (1 - Double(pool) / Double(servers)) * Double(probes) - 1
    return coming > 0 ? min(1e6, max(1, 2 / coming)) : nil
  }

  /// Files an answer's time under the load its server had; a client that gave up waited as long.
  public mutating func finished(
    _ request: borrowing Request, on server: ServerID, _ outcome: Outcome, after latency: Duration
  ) {
    let isTimed = outcome == .answered || outcome == .abandoned
    latencies.ended(request.id, on: server, after: isTimed ? latency : nil)
  }

  /// The pool as it is before the pick: which probes are cold and which are hot.
  public func explain(
    _ request: borrowing Request, from view: borrowing View, using random: RandomStream
  ) -> Explanation {
    var picking = self
    var chance = random
    let chosen = picking.pick(for: request, from: view, using: &chance).map { view.id($0) }
    var pool = probed
    pool.forget(before: view.now - Duration(seconds: age), in: view)
    let threshold = pool.threshold(quantile)
    var looked: [Explanation.Candidate] = []
    for probe in pool.probes {
      guard let place = view.place(of: probe.server), view.accepts(place) else { continue }
      looked.append(
        Explanation.Candidate(
          server: probe.server, terms: terms(probe, threshold: threshold, at: view.now)))
    }
    let isRandom = looked.count < 2
    if isRandom, let chosen, !looked.contains(where: { $0.server == chosen }) {
      looked.append(Explanation.Candidate(server: chosen, terms: "no probe"))
    }
    return Explanation(
      eligible: view.count,
      search: isRandom
        ? "fewer than 2 probes: 1 of \(view.count) at random"
        : "\(looked.count) probes in the pool, hot above \(threshold) active",
      candidates: looked, chosen: chosen, draws: Int(clamping: chance.counter &- random.counter))
  }

  private func terms(_ probe: Probe, threshold: Int, at now: Instant) -> String {
    let latency = Figure.milliseconds(Double(probe.latency.nanoseconds))
    let age = Figure.milliseconds(Double((now - probe.at).nanoseconds))
    let uses = probe.uses == .max ? "" : ", \(probe.uses) uses left"
    return """
      \(probe.load > threshold ? "hot" : "cold"): \(probe.load) active, \(latency), probed \(age) \
      ago\(uses)
      """
  }
}
