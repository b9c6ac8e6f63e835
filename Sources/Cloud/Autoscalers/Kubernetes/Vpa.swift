public import Simulation

/// The size that servers should have, as Kubernetes' vertical pod autoscaler reckons it.
///
/// It never changes how many there are. A server is a pod of one container.
public struct Vpa: Autoscaler {
  /// The name it is typed by.
  public static let name = "vpa"
  /// What it does, in a sentence.
  public static let summary = "Servers as large as most of their history called for."
  /// How often it checks: `--recommender-interval`.
  public static let period = Duration.seconds(60)
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: """
      Slots in use go into a histogram whose weights halve every half-life, and so does one peak \
      of memory a day for each server. target = p90 × (1 + margin); lower = p50 × (1 + margin) × \
      (1 + 0.001 ÷ days)^-2; upper = p95 × (1 + margin) × (1 + 1 ÷ days), days being the time \
      covered, or samples ÷ 1440 if that is less. A server is changed when it is outside lower \
      and upper, or is 12h old and off by 10%, or ran out of memory within 10m of its start; those \
      that grow first, at most half at a time. Slots are rounded up.
      """,
    source: """
      Kubernetes' vertical pod autoscaler, pkg/recommender and pkg/updater, with its defaults: \
      buckets 5% apart from 0.01 cores and 10 MB, half-life 24h, at least 25 milli-cores and 250 \
      MiB; after running out, the more of 1.2 times and 100 MiB more. Whole slots are its \
      integer-cpu post-processor.
      """,
    ties: "Servers equally urgent: the one rented first. No draws.",
    failure: """
      After a step p90 follows upward in 3.65h and downward in 79.7h: it fits servers to a \
      workload and does not follow a spike. With hpa on cpu both chase the same signal: larger \
      servers are less used, so there are fewer, which are more used.
      """)
  /// What can be set.
  public static var parameters: [Parameter<Self>] { recommenderParameters + updaterParameters }

  private static var recommenderParameters: [Parameter<Self>] {
    [
      Parameter(
        "target-percentile", \.recommender.target.percentile, .ratio(0...1),
        "Share of its history a server should carry."),
      Parameter(
        "lower-percentile", \.recommender.lower.percentile, .ratio(0...1),
        "Share below which it is too small."),
      Parameter(
        "upper-percentile", \.recommender.upper.percentile, .ratio(0...1),
        "Share above which it is too large."),
      Parameter("margin", \.margin, .ratio(0...10), "What is added to be safe."),
      Parameter(
        "half-life", \.halfLife, .duration(1...31_536_000),
        "Time in which a sample's weight halves."
      ),
      Parameter(
        "confidence", \.recommender.interval, .duration(1...31_536_000),
        "Time after which the history is trusted."),
      Parameter("min-cpu", \.minCores, .number(0...1e6), "Slots a server gets at least."),
      Parameter("min-memory", \.minMemory, .number(0...1e14), "Bytes a server gets at least."),
      Parameter(
        "memory-interval", \.memoryInterval, .duration(1...31_536_000),
        "Time of which the memory's peak counts."),
      Parameter(
        "oom-ratio", \.oomRatio, .ratio(1...100), "Memory after running out: so many times."),
      Parameter("oom-bytes", \.oomBytes, .number(0...1e14), "Or so many bytes more."),
    ]
  }

  private static var updaterParameters: [Parameter<Self>] {
    [
      Parameter("mode", \.mode, "How a server gets its new size."),
      Parameter("of", \.of, "What it sees to: the slots, the memory, or both."),
      Parameter(
        "min-change", \.rule.minChange, .ratio(0...100), "How far off an old server must be."),
      Parameter("lifetime", \.lifetime, .duration(0...31_536_000), "When a server is old."),
      Parameter(
        "quick-oom", \.quickOOM, .duration(0...31_536_000),
        "Running out so soon after the start calls for a change."),
      Parameter(
        "min-replicas", \.budget.minReplicas, in: 0...1_000_000, "Fewest servers to be touched."),
      Parameter(
        "eviction-tolerance", \.budget.tolerance, .ratio(0...1),
        "Share that may be changed at a time."),
    ]
  }

  var recommender = SizeRecommender()
  var margin = 0.15
  var halfLife = 86400.0
  var minCores = 0.025
  var minMemory = 262_144_000.0
  var memoryInterval = 86400.0
  var oomRatio = 1.2
  var oomBytes = 104_857_600.0
  /// How a server gets its new size.
  public var mode = ServerSize.Mode.inPlace
  /// What it sees to.
  public var of = Resources.both
  var rule = UpdateRule()
  var lifetime = 43200.0
  var quickOOM = 600.0
  var budget = EvictionBudget()
  private var history: UsageHistory?
  /// What is known of each server, by its place in the fleet.
  private var known: [Known?] = []

  /// What a size is made of: `controlledResources`.
  public enum Resources: String, CaseIterable, Sendable {
    /// Slots and memory.
    case both
    /// Slots alone.
    case cpu
    /// Memory alone.
    case memory
  }

  private struct Known: Sendable {
    var start: Instant
    var peaks = MemoryPeaks()
    /// How long after its start it last ran out of memory.
    var ranOutAfter: Duration?
  }

  /// For 90 % of what was used, and 15 % more.
  public init() {}

  /// It has no say in how many there are.
  public var givesBack: Bool { false }

  /// The size it wants now; as many servers as there are.
  public mutating func decide(_ observation: Observation, within bounds: ClosedRange<Int>)
    -> Decision
  {
    var plan = Plan(observation)
    let ready = observation.servers.filter(\.ready)
    var history = history ?? UsageHistory(halfLife: Duration(seconds: halfLife))
    for server in ready { take(server, of: observation, into: &history) }
    self.history = history
    guard history.samples > 0 else {
      plan.note("signal", "no server is in service", "nothing")
      plan.give(up: "NoPodsMatched: no server is in service yet")
      return plan.finish(within: bounds)
    }
    var update = Update()
    let size = size(history, ready, observation, &update)
    tell(size, update, history, ready.count, in: &plan)
    var decision = plan.finish(within: bounds)
    decision.size = size
    return decision
  }

  /// What the updater makes of the servers, and how many it may change now.
  private struct Update {
    var verdicts: [UpdateRule.Verdict] = []
    var most = 0

    /// How many of which verdict.
    var words: String {
      UpdateRule.Verdict.allCases.compactMap { verdict in
        let count = verdicts.count { $0 == verdict }
        return count > 0 ? "\(count) \(verdict.rawValue)" : nil
      }.joined(separator: ", ")
    }
  }

  private func tell(
    _ size: ServerSize, _ update: Update, _ history: UsageHistory, _ ready: Int,
    in plan: inout Plan
  ) {
    plan.note(
      "signal", "slots and memory in use on \(Figure.servers(ready))",
      "\(history.samples) samples")
    let percentile = recommender.target.percentile
    plan.note(
      "window", "half of a sample's weight every \(Figure.seconds(halfLife))",
      "\(Figure.percent(percentile)) at most \(Figure.plain(history.cores.percentile(percentile)))")
    let target = size.target.words
    // The names of the recommender's condition and of the updater's events.
    let name =
      size.servers.isEmpty
      ? "RecommendationProvided"
      : size.mode == .recreate ? "EvictedByVPA" : "InPlaceResizedByVPA"
    let count = size.servers.isEmpty ? "none" : "\(size.servers.count)"
    let words = update.words.isEmpty ? "" : ": \(update.words)"
    plan.take(
      Plan.desired, plan.before,
      "\(target); from \(size.lower.words) to \(size.upper.words) will do",
      because: "\(name): \(target) a server, \(count) to change\(words)")
    plan.say = .none
    guard !update.verdicts.isEmpty else {
      for slot in ["dead band", "stabilization", "rate limit"] { plan.skip(slot) }
      return
    }
    plan.note("dead band", update.words, "\(update.verdicts.count(where: \.isAccepted)) accepted")
    plan.skip("stabilization")
    plan.note("rate limit", "at most \(update.most) now", "\(size.servers.count) to change")
  }
}

// MARK: - Samples and sizes

extension Vpa {
  private mutating func take(
    _ server: Observation.Server, of observation: Observation, into history: inout UsageHistory
  ) {
    let now = observation.time
    let place = server.id.index
    if place >= known.count {
      known.append(contentsOf: repeatElement(nil, count: place + 1 - known.count))
    }
    let start = server.launched ?? known[place]?.start ?? now
    var entry = known[place] ?? Known(start: start)
    if entry.start != start { (entry.start, entry.ranOutAfter) = (start, nil) }
    history.add(
      milliCores: ResourceAmounts(cores: server.busy.value * Double(server.cpu), bytes: 0)
        .milliCores, at: now)
    if server.memorySize > 0 {
      entry.peaks.interval = Duration(seconds: memoryInterval)
      entry.peaks.bumpRatio = oomRatio
      entry.peaks.bumpBytes = Int(within: oomBytes)
      let used = ResourceAmounts(
        cores: 0, bytes: server.memory.value * Double(server.memorySize))
      entry.peaks.add(used.bytes, at: now, to: &history)
      if server.memoryFailures > 0 {
        entry.peaks.ranOut(of: server.memorySize, at: now, to: &history)
        entry.ranOutAfter = now - entry.start
      }
    }
    known[place] = entry
  }

  private func size(
    _ history: UsageHistory, _ ready: [Observation.Server], _ observation: Observation,
    _ update: inout Update
  ) -> ServerSize {
    var recommender = recommender
    recommender.minimum = ResourceAmounts(cores: minCores, bytes: minMemory)
    recommender.target.margin = margin
    recommender.lower.margin = margin
    recommender.upper.margin = margin
    let recommended = recommender.recommendation(history)
    let seesMemory = of != .cpu && ready.contains { $0.memorySize > 0 }
    let seesSlots = of != .memory
    func amount(_ amounts: ResourceAmounts) -> ServerSize.Amount {
      ServerSize.Amount(
        cpu: seesSlots ? max(1, (amounts.milliCores + 999) / 1000) : 0,
        memory: seesMemory ? amounts.bytes : 0)
    }
    var size = ServerSize(
      target: amount(recommended.target), lower: amount(recommended.lower),
      upper: amount(recommended.upper), mode: mode)
    if mode == .inPlace || mode == .recreate {
      size.servers = toChange(to: size, ready, observation, &update)
    }
    return size
  }

  /// The servers to change now, the most urgent first, as many as the budget allows.
  private func toChange(
    to size: ServerSize, _ ready: [Observation.Server], _ observation: Observation,
    _ update: inout Update
  ) -> [ServerID] {
    var rule = rule
    rule.lifetime = Duration(seconds: lifetime)
    rule.quickOOM = Duration(seconds: quickOOM)
    let pods = ready.map { server in
      var resources: [(request: Int, target: Int, lower: Int, upper: Int)] = []
      if size.target.cpu > 0 {
        resources.append((server.cpu, size.target.cpu, size.lower.cpu, size.upper.cpu))
      }
      if size.target.memory > 0, server.memorySize > 0 {
        resources.append(
          (server.memorySize, size.target.memory, size.lower.memory, size.upper.memory))
      }
      let entry = server.id.index < known.count ? known[server.id.index] : nil
      return (
        priority: UpdatePriority(resources),
        age: observation.time - (entry?.start ?? observation.time),
        ranOutAfter: entry?.ranOutAfter
      )
    }
    let many = budget.evictions(configured: observation.servers.count, running: ready.count)
    update.verdicts = pods.map {
      rule.verdict($0.priority, age: $0.age, ranOutAfter: $0.ranOutAfter)
    }
    update.most = many
    return rule.order(pods).prefix(many).map { ready[$0].id }
  }
}
