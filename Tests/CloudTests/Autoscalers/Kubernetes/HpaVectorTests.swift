import Cloud
import Simulation
import TestSupport
import Testing

/// Kubernetes' own test cases of replica_calculator_test.go and horizontal_test.go, when at hand.
@Suite("As Kubernetes scales")
struct HpaVectorTests {
  private typealias Recordings = HpaRecordings

  // MARK: Replica calculator

  private struct Calculation: Decodable {
    struct Reading: Decodable {
      var pod: String
      var containerUsageMilli: [Int]
      var timestampAgeS: Double?
      var windowS: Double

      enum CodingKeys: String, CodingKey {
        case pod
        case containerUsageMilli = "container_usage_milli"
        case timestampAgeS = "timestamp_age_s"
        case windowS = "window_s"
      }
    }
    struct Expected: Decodable {
      var replicas: Int?
      var utilizationPct: Int?
      var rawAverageMilli: Int?
      var usageMilli: Int?
      var errorContains: String?

      enum CodingKeys: String, CodingKey {
        case replicas
        case utilizationPct = "utilization_pct"
        case rawAverageMilli = "raw_average_milli"
        case usageMilli = "usage_milli"
        case errorContains = "error_contains"
      }
    }
    var name: String
    var kind: String
    var resource: String?
    var container: String?
    var currentReplicas: Int
    var tolerance: Double
    var cpuInitializationPeriodS: Double
    var initialReadinessDelayS: Double
    var targetUtilizationPct: Int?
    var targetMilli: Int?
    var targetPerPodMilli: Int?
    var levelsMilli: [Int]?
    var pods: [HpaRecordings.PodCase]?
    var metrics: [Reading]?
    var expected: Expected

    enum CodingKeys: String, CodingKey {
      case name, kind, resource, container, tolerance, pods, metrics, expected
      case currentReplicas = "current_replicas"
      case cpuInitializationPeriodS = "cpu_initialization_period_s"
      case initialReadinessDelayS = "initial_readiness_delay_s"
      case targetUtilizationPct = "target_utilization_pct"
      case targetMilli = "target_milli"
      case targetPerPodMilli = "target_per_pod_milli"
      case levelsMilli = "levels_milli"
    }

    private var calculator: ReplicaCalculator {
      var calculator = ReplicaCalculator()
      calculator.tolerance = Tolerance(down: tolerance, up: tolerance)
      calculator.initialization = Duration(seconds: cpuInitializationPeriodS)
      calculator.readinessDelay = Duration(seconds: initialReadinessDelayS)
      return calculator
    }

    func proposal() throws -> ReplicaProposal {
      let pods = (pods ?? []).map(\.pod)
      let total = (levelsMilli ?? []).reduce(0, +)
      switch kind {
      case "resource":
        let readings = (metrics ?? []).map {
          PodReading(
            pod: $0.pod, containers: $0.containerUsageMilli,
            time: HpaRecordings.ago($0.timestampAgeS), window: Duration(seconds: $0.windowS))
        }
        let resource = PodGroups.Resource(rawValue: resource ?? "")
        if let target = targetUtilizationPct {
          return try calculator.utilization(
            target: target, of: try #require(resource),
            container: container?.last.flatMap(\.wholeNumberValue).map { $0 - 1 }, pods: pods,
            readings: readings, replicas: currentReplicas, at: HpaRecordings.now)
        }
        return try calculator.average(
          target: try #require(targetMilli), of: resource, pods: pods, readings: readings,
          replicas: currentReplicas, at: HpaRecordings.now)
      case "pods":
        let readings = (levelsMilli ?? []).enumerated().map { place, level in
          PodReading(
            pod: pods.indices.contains(place) ? pods[place].name : "test-pod-\(place)",
            containers: [level], time: HpaRecordings.now, window: .seconds(60))
        }
        return try calculator.average(
          target: try #require(targetMilli), of: nil, pods: pods, readings: readings,
          replicas: currentReplicas, at: HpaRecordings.now)
      case "object", "external":
        return try calculator.total(
          total, target: try #require(targetMilli), pods: pods, replicas: currentReplicas)
      case "objectPerPod", "externalPerPod":
        return calculator.share(
          of: total, target: try #require(targetPerPodMilli), replicas: currentReplicas)
      default:
        throw Unknown(kind: kind)
      }
    }
  }

  private struct Unknown: Error { var kind: String }
  private struct File<Case: Decodable>: Decodable { var cases: [Case] }

  @Test(
    .enabled(if: Vectors.has("scaling/hpa_replica_calculator.json"), "\(Vectors.missing)"))
  func `the replica calculator`() throws {
    let file = try Vectors.decode(
      File<Calculation>.self, from: "scaling/hpa_replica_calculator.json")
    #expect(file.cases.count >= 32)
    for item in file.cases {
      let expected = item.expected
      do {
        let proposal = try item.proposal()
        #expect(expected.errorContains == nil, "\(item.name)")
        #expect(proposal.replicas == expected.replicas, "\(item.name)")
        if let utilization = expected.utilizationPct {
          #expect(proposal.utilization == utilization, "\(item.name)")
        }
        if let reading = expected.rawAverageMilli ?? expected.usageMilli {
          #expect(proposal.reading == reading, "\(item.name)")
        }
      } catch let failure as ReplicaFailure {
        // The recorded text names containers and namespaces that the recording itself leaves out.
        let text = (expected.errorContains ?? "?").replacing(
          "container container", with: "container "
        )
        .replacing("test-namespace/", with: "")
        #expect(failure.description.contains(text), "\(item.name): \(failure)")
      }
    }
  }

  // MARK: Groups

  private struct Grouping: Decodable {
    struct Reading: Decodable {
      var timestampAgeS: Double?
      var windowS: Double

      enum CodingKeys: String, CodingKey {
        case timestampAgeS = "timestamp_age_s"
        case windowS = "window_s"
      }
    }
    struct Expected: Decodable {
      var readyCount: Int
      var unready: [String]
      var missing: [String]
      var ignored: [String]

      enum CodingKeys: String, CodingKey {
        case unready, missing, ignored
        case readyCount = "ready_count"
      }
    }
    var name: String
    var resource: String
    var cpuInitializationPeriodS: Double
    var initialReadinessDelayS: Double
    var pods: [HpaRecordings.PodCase]
    var metrics: [String: Reading]
    var expected: Expected

    enum CodingKeys: String, CodingKey {
      case name, resource, pods, metrics, expected
      case cpuInitializationPeriodS = "cpu_initialization_period_s"
      case initialReadinessDelayS = "initial_readiness_delay_s"
    }
  }

  @Test(.enabled(if: Vectors.has("scaling/hpa_group_pods.json"), "\(Vectors.missing)"))
  func `pods by what their readings are worth`() throws {
    let file = try Vectors.decode(File<Grouping>.self, from: "scaling/hpa_group_pods.json")
    #expect(file.cases.count >= 7)
    for item in file.cases {
      let pods = item.pods.map { pod in
        var pod = pod.pod
        // These fixtures write Succeeded for pods that live, which only 1.20 takes them for.
        if pod.phase == .succeeded { pod.phase = .running }
        return pod
      }
      let readings = item.metrics.sorted { $0.key < $1.key }.map {
        PodReading(
          pod: $0.key, containers: [1], time: HpaRecordings.ago($0.value.timestampAgeS),
          window: Duration(seconds: $0.value.windowS))
      }
      let groups = PodGroups(
        pods, readings: readings, resource: PodGroups.Resource(rawValue: item.resource),
        at: HpaRecordings.now, initialization: Duration(seconds: item.cpuInitializationPeriodS),
        readinessDelay: Duration(seconds: item.initialReadinessDelayS))
      #expect(groups.ready == item.expected.readyCount, "\(item.name)")
      #expect(groups.unready.sorted() == item.expected.unready.sorted(), "\(item.name)")
      #expect(groups.missing.sorted() == item.expected.missing.sorted(), "\(item.name)")
      #expect(groups.ignored.sorted() == item.expected.ignored.sorted(), "\(item.name)")
    }
  }

  // MARK: Whole reconciliations

  private struct Reconciliation: Decodable {
    struct Expected: Decodable { var replicas: Int }
    var name: String
    var minReplicas: Int
    var maxReplicas: Int
    var specReplicas: Int
    var cpuTargetPct: Int
    var tolerance: Double
    var downscaleStabilizationS: Double
    var pods: [HpaRecordings.PodCase]
    var usageMilli: [Int]
    var recommendations: [HpaRecordings.RecommendationCase]?
    var scaleUpRules: HpaRecordings.RulesCase?
    var scaleDownRules: HpaRecordings.RulesCase?
    var expected: Expected

    enum CodingKeys: String, CodingKey {
      case name, tolerance, pods, recommendations, expected
      case minReplicas = "min_replicas"
      case maxReplicas = "max_replicas"
      case specReplicas = "spec_replicas"
      case cpuTargetPct = "cpu_target_pct"
      case downscaleStabilizationS = "downscale_stabilization_s"
      case usageMilli = "usage_milli"
      case scaleUpRules = "scale_up_rules"
      case scaleDownRules = "scale_down_rules"
    }
  }

  @Test(.enabled(if: Vectors.has("scaling/hpa_reconcile.json"), "\(Vectors.missing)"))
  func `whole reconciliations`() throws {
    let file = try Vectors.decode(File<Reconciliation>.self, from: "scaling/hpa_reconcile.json")
    #expect(file.cases.count >= 19)
    for item in file.cases {
      var calculator = ReplicaCalculator()
      calculator.tolerance = Tolerance(down: item.tolerance, up: item.tolerance)
      calculator.initialization = .seconds(120)
      calculator.readinessDelay = .seconds(10)
      let readings = item.usageMilli.enumerated().map {
        PodReading(
          pod: "test-pod-\($0)", containers: [$1], time: HpaRecordings.now, window: .seconds(60))
      }
      let metric: Result<ReplicaProposal, ReplicaFailure>
      do throws(ReplicaFailure) {
        metric = .success(
          try calculator.utilization(
            target: item.cpuTargetPct, of: .cpu, pods: item.pods.map(\.pod), readings: readings,
            replicas: item.specReplicas, at: HpaRecordings.now))
      } catch {
        metric = .failure(error)
      }
      let hasRules = item.scaleUpRules != nil || item.scaleDownRules != nil
      var down = ScalingRules.down
      down.window = Duration(seconds: item.downscaleStabilizationS)
      var control = HorizontalControl(
        hasRules
          ? HorizontalControl.Behavior(
            up: item.scaleUpRules?.rules(.up) ?? .up, down: item.scaleDownRules?.rules(down) ?? down
          )
          : nil, log: item.recommendations.map { RecommendationLog($0.map(\.entry)) })
      control.stabilization = Duration(seconds: item.downscaleStabilizationS)
      let outcome = control.reconcile(
        item.specReplicas, [metric], within: item.minReplicas...item.maxReplicas,
        at: HpaRecordings.now)
      #expect(outcome.replicas == item.expected.replicas, "\(item.name)")
    }
  }

  // MARK: Policies

  private struct Policies: Decodable {
    struct Rate: Decodable {
      struct Expected: Decodable {
        var replicas: Int
        var reason: String
      }
      var name: String
      var minReplicas: Int
      var maxReplicas: Int
      var currentReplicas: Int
      var desiredReplicas: Int
      var scaleUpRules: HpaRecordings.RulesCase?
      var scaleDownRules: HpaRecordings.RulesCase?
      var scaleUpEvents: [HpaRecordings.EventCase]?
      var scaleDownEvents: [HpaRecordings.EventCase]?
      var expected: Expected

      enum CodingKeys: String, CodingKey {
        case name, expected
        case minReplicas = "min_replicas"
        case maxReplicas = "max_replicas"
        case currentReplicas = "current_replicas"
        case desiredReplicas = "desired_replicas"
        case scaleUpRules = "scale_up_rules"
        case scaleDownRules = "scale_down_rules"
        case scaleUpEvents = "scale_up_events"
        case scaleDownEvents = "scale_down_events"
      }
    }
    struct Limit: Decodable {
      var name: String
      var direction: String
      var currentReplicas: Int
      var scaleUpEvents: [HpaRecordings.EventCase]
      var scaleDownEvents: [HpaRecordings.EventCase]
      var rules: HpaRecordings.RulesCase
      var expectedLimit: Int

      enum CodingKeys: String, CodingKey {
        case name, direction, rules
        case currentReplicas = "current_replicas"
        case scaleUpEvents = "scale_up_events"
        case scaleDownEvents = "scale_down_events"
        case expectedLimit = "expected_limit"
      }
    }
    var rateLimited: [Rate]
    var limits: [Limit]
    var legacyNoBehavior: [Rate]

    enum CodingKeys: String, CodingKey {
      case limits
      case rateLimited = "rate_limited"
      case legacyNoBehavior = "legacy_no_behavior"
    }
  }

  @Test(.enabled(if: Vectors.has("scaling/hpa_behavior_policies.json"), "\(Vectors.missing)"))
  func `limits on the rate of change`() throws {
    let file = try Vectors.decode(Policies.self, from: "scaling/hpa_behavior_policies.json")
    #expect(file.rateLimited.count >= 45)
    #expect(file.limits.count >= 12)
    #expect(file.legacyNoBehavior.count >= 8)
    for item in file.rateLimited {
      let behavior = HorizontalControl.Behavior(
        up: item.scaleUpRules?.rules(.up) ?? .up,
        down: item.scaleDownRules?.rules(.down) ?? .down)
      let limited = behavior.limited(
        item.desiredReplicas, from: item.currentReplicas,
        within: item.minReplicas...item.maxReplicas,
        HpaRecordings.events(up: item.scaleUpEvents ?? [], down: item.scaleDownEvents ?? []),
        at: HpaRecordings.now)
      #expect(limited.replicas == item.expected.replicas, "\(item.name)")
      #expect(limited.reason.rawValue == item.expected.reason, "\(item.name)")
    }
    for item in file.limits {
      let rules = item.rules.rules(item.direction == "up" ? .up : .down)
      let events = HpaRecordings.events(up: item.scaleUpEvents, down: item.scaleDownEvents)
      let limit =
        item.direction == "up"
        ? rules.upperLimit(item.currentReplicas, events, at: HpaRecordings.now)
        : rules.lowerLimit(item.currentReplicas, events, at: HpaRecordings.now)
      #expect(limit == item.expectedLimit, "\(item.name) \(item.direction)")
    }
    for item in file.legacyNoBehavior {
      let limited = HorizontalControl.limited(
        item.desiredReplicas, from: item.currentReplicas,
        within: item.minReplicas...item.maxReplicas)
      #expect(limited.replicas == item.expected.replicas, "\(item.name)")
      #expect(limited.reason.rawValue == item.expected.reason, "\(item.name)")
    }
  }

  // MARK: Stabilization

  private struct Stabilizing: Decodable {
    struct Expected: Decodable {
      var replicas: Int
      var log: [Int]?
      var logLength: Int?
      var reason: String?

      enum CodingKeys: String, CodingKey {
        case replicas, log, reason
        case logLength = "log_length"
      }
    }
    var name: String
    var mode: String
    var downscaleWindowS: Double?
    var upWindowS: Double?
    var downWindowS: Double?
    var recommendations: [HpaRecordings.RecommendationCase]
    var currentReplicas: Int?
    var desiredReplicas: Int
    var expected: Expected

    enum CodingKeys: String, CodingKey {
      case name, mode, recommendations, expected
      case downscaleWindowS = "downscale_window_s"
      case upWindowS = "up_window_s"
      case downWindowS = "down_window_s"
      case currentReplicas = "current_replicas"
      case desiredReplicas = "desired_replicas"
    }
  }

  @Test(.enabled(if: Vectors.has("scaling/hpa_stabilization.json"), "\(Vectors.missing)"))
  func `stabilization and its log`() throws {
    let file = try Vectors.decode(File<Stabilizing>.self, from: "scaling/hpa_stabilization.json")
    #expect(file.cases.count >= 23)
    for item in file.cases {
      var log = RecommendationLog(item.recommendations.map(\.entry))
      let stabilized =
        item.mode == "behavior"
        ? log.stabilize(
          item.desiredReplicas, from: try #require(item.currentReplicas),
          up: Duration(seconds: try #require(item.upWindowS)),
          down: Duration(seconds: try #require(item.downWindowS)), at: HpaRecordings.now)
        : log.most(
          item.desiredReplicas, within: Duration(seconds: try #require(item.downscaleWindowS)),
          at: HpaRecordings.now)
      #expect(stabilized.replicas == item.expected.replicas, "\(item.name)")
      if let entries = item.expected.log {
        #expect(log.entries.map(\.replicas) == entries, "\(item.name)")
      }
      if let length = item.expected.logLength {
        #expect(log.entries.count == length, "\(item.name)")
      }
      if let reason = item.expected.reason {
        #expect(stabilized.reason.rawValue == reason, "\(item.name)")
      }
    }
  }
}
