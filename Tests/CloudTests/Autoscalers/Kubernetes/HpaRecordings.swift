import Cloud
import Simulation

/// The shapes in which Kubernetes' own test cases are recorded.
enum HpaRecordings {
  /// Any moment; ages are counted back from it.
  static let now = Instant(seconds: 1e6)

  /// So long before now; nil is Go's zero time, infinitely long ago.
  static func ago(_ seconds: Double?) -> Instant {
    seconds.map { now - Duration(seconds: $0) } ?? Instant(nanoseconds: .min)
  }

  struct PodCase: Decodable {
    var name: String
    var phase: String
    var deleted: Bool
    var ready: Bool
    var hasReadyCondition: Bool?
    var startAgeS: Double?
    var startMissing: Bool?
    var transitionAgeS: Double?
    var containerRequestMilli: [Int]?
    var requestMilli: Int?

    enum CodingKeys: String, CodingKey {
      case name, phase, deleted, ready
      case hasReadyCondition = "has_ready_condition"
      case startAgeS = "start_age_s"
      case startMissing = "start_missing"
      case transitionAgeS = "transition_age_s"
      case containerRequestMilli = "container_request_milli"
      case requestMilli = "request_milli"
    }

    var pod: Pod {
      Pod(
        name: name, phase: Pod.Phase(rawValue: phase) ?? .running, isDeleted: deleted,
        start: startMissing == true ? nil : ago(startAgeS),
        readiness: hasReadyCondition == false
          ? nil : Pod.Readiness(isReady: ready, since: ago(transitionAgeS)),
        requests: containerRequestMilli ?? requestMilli.map { [$0] } ?? [])
    }
  }

  struct RulesCase: Decodable {
    struct PolicyCase: Decodable {
      var type: String
      var value: Int
      var periodS: Double

      enum CodingKeys: String, CodingKey {
        case type, value
        case periodS = "period_s"
      }
    }
    var window: Double?
    var select: String?
    var policies: [PolicyCase]

    enum CodingKeys: String, CodingKey {
      case window = "stabilization_window_s"
      case select = "select_policy"
      case policies
    }

    /// The rules; what is not said is as in `defaults`.
    func rules(_ defaults: ScalingRules) -> ScalingRules {
      ScalingRules(
        window: window.map { Duration(seconds: $0) } ?? defaults.window,
        select: select.flatMap { ScalingRules.Select(rawValue: $0.lowercased()) } ?? .max,
        policies: policies.map {
          ScalingPolicy(
            $0.type == "Pods" ? .pods : .percent, $0.value, per: Duration(seconds: $0.periodS))
        })
    }
  }

  struct EventCase: Decodable {
    var change: Int
    var age: Double

    enum CodingKeys: String, CodingKey {
      case change
      case age = "age_s"
    }
  }

  static func events(up: [EventCase], down: [EventCase]) -> ScaleEvents {
    var events = ScaleEvents()
    for event in up { events.add(event.change, at: ago(event.age), longest: .max) }
    for event in down { events.remove(event.change, at: ago(event.age), longest: .max) }
    return events
  }

  struct RecommendationCase: Decodable {
    var replicas: Int
    var age: Double

    enum CodingKeys: String, CodingKey {
      case replicas
      case age = "age_s"
    }

    var entry: RecommendationLog.Entry { .init(replicas, at: ago(age)) }
  }
}
