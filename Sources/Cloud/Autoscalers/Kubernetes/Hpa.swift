public import Simulation

/// As many servers as Kubernetes' horizontal pod autoscaler would run pods.
///
/// A server is a pod that asks for its slots, 1000 milli-cores each, and uses the busy share of
/// them. Every constant is a parameter; its default is Kubernetes' own.
public struct Hpa: Autoscaler {
  /// The name it is typed by.
  public static let name = "hpa"
  /// What it does, in a sentence.
  public static let summary = "As many servers as Kubernetes would run pods."
  /// How often it checks: `--horizontal-pod-autoscaler-sync-period`.
  public static let period = Duration.seconds(15)
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: """
      servers = ceil(ratio × n), ratio being the whole percent of the slots in use ÷ target; the \
      same for each further metric that has a target, and the most of them counts. Kept within the \
      tolerance. Servers that boot or have just begun count as idle on the way up and not at all \
      on the way down. Stabilized between the least wanted in up-window and the most wanted in \
      down-window; then limited by the policies: n0 + up-pods or n0 × (1 + up-percent), n0 being \
      the size at the period's start, and likewise down. If a metric fails, it may grow but not \
      shrink.
      """,
    source: """
      Kubernetes, pkg/controller/podautoscaler of 2026, with its defaults: every 15s, cpu at 80%, \
      tolerance 10%, cpu initialization 300s, readiness delay 30s, 4 pods or 100% up in 15s, 100% \
      down in 15s after 300s; an object that leaves behavior out goes by --behavior none, double or \
      4. A rate or a queue per server is its pods metric.
      """,
    ties: "Metrics that want the same: the one listed first. No draws.",
    failure: """
      Whole percent and a 10% band hide the need: at a target of 30%, 33.99% reads as 33% and \
      nothing is done. Busy slots end at 100%, so it sees at most 1 ÷ target of the need at once. \
      With no server left and min 0 it never comes back; with min above 0 Kubernetes takes none \
      for switched off, while here the bounds bring them back.
      """,
    lesson: "16")
  /// What can be set.
  public static var parameters: [Parameter<Self>] { metricParameters + behaviorParameters }

  private static var metricParameters: [Parameter<Self>] {
    [
      Parameter("target", \.target, .ratio(0...100), "Use of the slots it aims at; 0 for none."),
      Parameter("memory", \.memory, .ratio(0...100), "Use of memory it aims at; 0 for none."),
      Parameter("rate", \.rate, .rate(0...1e9), "Requests a server gets a second; 0 for none."),
      Parameter("active", \.active, .number(0...1e9), "Requests on a server; 0 for none."),
      Parameter(
        "up-tolerance", \.calculator.tolerance.up, .ratio(0...100),
        "How far above the target is near enough."),
      Parameter(
        "down-tolerance", \.calculator.tolerance.down, .ratio(0...1),
        "How far below the target is near enough."),
      Parameter(
        "cpu-initialization", \.initialization, .duration(0...86400),
        "Time after a start in which a whole reading is waited for."),
      Parameter(
        "readiness-delay", \.readinessDelay, .duration(0...86400),
        "A server not ready since so soon after its start never was."),
    ]
  }

  /// Use of the slots it aims at, as a ratio, read in whole percent; 0 when cpu is not watched.
  ///
  /// Source: the API server's default metric, 80 %.
  public var target = 0.8
  /// Use of memory it aims at, as a ratio; 0 when it is not watched.
  public var memory = 0.0
  /// Requests a second that a server gets, the mean over servers; 0 when they are not watched.
  public var rate = 0.0
  /// Requests on a server, in service and waiting, the mean; 0 when they are not watched.
  public var active = 0.0
  var calculator = ReplicaCalculator()
  var settings = BehaviorSettings()
  private var control = HorizontalControl(nil)
  private var watch = PodWatch()

  /// For 80 % of the slots busy.
  public init() {}

  /// The count it wants now, with what each slot made of it.
  public mutating func decide(_ observation: Observation, within bounds: ClosedRange<Int>)
    -> Decision
  {
    var plan = Plan(observation)
    let pods = watch.pods(observation)
    let metrics = metrics(observation, pods)
    control.behavior = settings.behavior
    control.stabilization = Duration(seconds: settings.downWindow)
    let outcome = control.reconcile(
      plan.before, metrics.map(\.proposal), within: bounds, at: observation.time)
    plan.take(outcome, of: metrics, by: control)
    return plan.finish(
      within: bounds, tooMany: "TooManyReplicas: ", tooFew: "TooFewReplicas: ")
  }
}

// MARK: - Metrics

extension Hpa {
  /// Those that have a target, in the order of the parameters.
  private func metrics(_ observation: Observation, _ pods: [Pod]) -> [Plan.Metric] {
    var metrics: [Plan.Metric] = []
    if target > 0 {
      metrics.append(
        utilization(of: .cpu, target, observation, pods) {
          ($0.busy.value * Double($0.cpu), 1000 * Double($0.cpu))
        })
    }
    if memory > 0 {
      metrics.append(
        utilization(of: .memory, memory, observation, pods) { ($0.memory.value, 1000) })
    }
    let seconds = observation.elapsed.seconds
    if rate > 0 {
      metrics.append(
        average("rate", rate, observation, pods, Figure.rate) { Double($0.arrivals) / seconds })
    }
    if active > 0 {
      metrics.append(
        average("active", active, observation, pods, Figure.plain) { Double($0.active) })
    }
    return metrics
  }

  private func utilization(
    of resource: PodGroups.Resource, _ target: Double, _ observation: Observation, _ pods: [Pod],
    _ amounts: (Observation.Server) -> (used: Double, milliAsked: Double)
  ) -> Plan.Metric {
    var pods = pods
    for (place, server) in observation.servers.enumerated() {
      pods[place].requests = [Int(within: min(amounts(server).milliAsked, 1e12))]
    }
    // A whole percent, as in an object of Kubernetes.
    let percent = max(1, Int(within: (target * 100).rounded()))
    return Plan.Metric(
      name: resource.rawValue, reading: { "\($0.utilization ?? 0)%" }, target: "\(percent)%",
      proposal: proposal {
        () throws(ReplicaFailure) in
        try calculator.utilization(
          target: percent, of: resource, pods: pods,
          readings: PodWatch.readings(observation) { amounts($0).used },
          replicas: observation.servers.count, at: observation.time)
      })
  }

  private func average(
    _ name: String, _ target: Double, _ observation: Observation, _ pods: [Pod],
    _ figure: @escaping (Double) -> String, _ value: (Observation.Server) -> Double
  ) -> Plan.Metric {
    Plan.Metric(
      name: name, reading: { figure(Double($0.reading) / 1000) }, target: figure(target),
      proposal: proposal {
        () throws(ReplicaFailure) in
        try calculator.average(
          target: max(1, Int(milli: target)), of: nil, pods: pods,
          readings: PodWatch.readings(observation, value), replicas: observation.servers.count,
          at: observation.time)
      })
  }

  private func proposal(_ body: () throws(ReplicaFailure) -> ReplicaProposal)
    -> Result<ReplicaProposal, ReplicaFailure>
  {
    do { return .success(try body()) } catch { return .failure(error) }
  }

  private var initialization: Double {
    get { calculator.initialization.seconds }
    set { calculator.initialization = Duration(seconds: newValue) }
  }

  private var readinessDelay: Double {
    get { calculator.readinessDelay.seconds }
    set { calculator.readinessDelay = Duration(seconds: newValue) }
  }
}
