import Cloud
import Simulation
import TestSupport
import Testing

/// KEDA's own test cases of its job strategies, and its rule for sleeping and waking.
@Suite("As KEDA scales")
struct KedaVectorTests {
  private struct File: Decodable {
    struct Job: Decodable {
      struct Params: Decodable {
        var deduction: Int?
        var runningFraction: Double?

        enum CodingKeys: String, CodingKey {
          case deduction
          case runningFraction = "running_fraction"
        }
      }
      var strategy: String
      var params: Params
      var maxScale: Int
      var running: Int
      var pending: Int
      var maxReplicas: Int
      var minReplicas: Int?
      var scaleTo: Int
      var expectedMaxScale: Int
      var expectedScaleTo: Int?

      enum CodingKeys: String, CodingKey {
        case strategy, params, running, pending
        case maxScale = "max_scale"
        case maxReplicas = "max_replicas"
        case minReplicas = "min_replicas"
        case scaleTo = "scale_to"
        case expectedMaxScale = "expected_max_scale"
        case expectedScaleTo = "expected_scale_to"
      }
    }
    struct Activations: Decodable { var cases: [Activation] }
    struct Activation: Decodable {
      var name: String
      var active: Bool
      var current: Int
      var min: Int
      var idle: Int?
      var lastActiveAgeS: Double?
      var cooldownS: Double?
      var expected: Int

      enum CodingKeys: String, CodingKey {
        case name, active, current, min, idle, expected
        case lastActiveAgeS = "last_active_age_s"
        case cooldownS = "cooldown_s"
      }
    }
    var scaledJob: [Job]
    var activation: Activations

    enum CodingKeys: String, CodingKey {
      case scaledJob = "scaled_job"
      case activation = "scaled_object_activation"
    }
  }

  private func strategy(_ job: File.Job) throws -> KedaJobStrategy {
    switch job.strategy {
    case "default": .default
    case "custom":
      .custom(
        deduction: job.params.deduction ?? 0, runningShare: job.params.runningFraction ?? 1)
    case "accurate": .accurate
    default: try #require(job.strategy == "eager" ? KedaJobStrategy.eager : nil)
    }
  }

  @Test(.enabled(if: Vectors.has("scaling/keda.json"), "\(Vectors.missing)"))
  func `job strategies`() throws {
    let file = try Vectors.decode(File.self, from: "scaling/keda.json")
    #expect(file.scaledJob.count >= 21)
    for job in file.scaledJob {
      let plan = try strategy(job).plan(
        queue: job.maxScale, running: job.running, pending: job.pending,
        atMost: job.maxReplicas, wanted: job.scaleTo, fewest: job.minReplicas ?? 0)
      #expect(plan.most == job.expectedMaxScale, "\(job)")
      #expect(plan.wanted == job.expectedScaleTo ?? job.scaleTo, "\(job)")
    }
  }

  @Test(.enabled(if: Vectors.has("scaling/keda.json"), "\(Vectors.missing)"))
  func `sleeping and waking`() throws {
    let file = try Vectors.decode(File.self, from: "scaling/keda.json")
    #expect(file.activation.cases.count >= 8)
    for item in file.activation.cases {
      let now = Instant(seconds: 1e6)
      var activation = KedaActivation(
        created: .zero, lastActive: item.lastActiveAgeS.map { now - Duration(seconds: $0) })
      activation.cooldown = Duration(seconds: item.cooldownS ?? 300)
      activation.fewest = item.min
      activation.idle = item.idle
      let replicas = activation.replicas(item.current, isActive: item.active, at: now)
      #expect(replicas == item.expected, "\(item.name)")
    }
  }
}
