import Cloud
import Simulation
import TestSupport
import Testing

/// Azure Monitor's care against flapping, with its documentation's numbers.
@Suite("Azure's autoscaling")
struct AzureTests {
  /// Source: Azure Monitor, "Flapping in autoscale": 65 % on 30 would be over 70 % on 27.
  @Test func `gives back only so far that no rule would call for more`() {
    let profile = AzureProfile(
      out: [.init("requests", .atLeast, 200), .init("cpu", .above, 70)], by: 20,
      in: [.init("requests", .atMost, 50)], by: 10)
    let readings = [
      AzureProfile.Reading("requests", 50), AzureProfile.Reading("cpu", 65),
    ]
    #expect(profile.decide(30, readings) == .in(28, isPartial: true))
    #expect(profile.decide(30, [readings[0]]) == .in(20, isPartial: false))
    #expect(profile.decide(30, [readings[1]]) == .none)
  }

  private struct Recording: Decodable {
    struct Rule: Decodable {
      var metric: String
      var op: String
      var threshold: Double
      var change: Int?

      func rule() throws -> AzureProfile.Rule {
        AzureProfile.Rule(metric, try #require(Comparison(rawValue: op)), threshold)
      }
    }
    /// One rule, or several.
    struct Rules: Decodable {
      var list: [Rule]

      init(from decoder: any Decoder) throws {
        let box = try decoder.singleValueContainer()
        list = try (try? box.decode([Rule].self)) ?? [box.decode(Rule.self)]
      }
    }
    struct Sides: Decodable {
      var out: Rules
      var outChange: Int?
      var `in`: Rules
      var inChange: Int?

      func profile() throws -> AzureProfile {
        AzureProfile(
          out: try out.list.map { try $0.rule() }, by: outChange ?? out.list.first?.change ?? 0,
          in: try `in`.list.map { try $0.rule() }, by: -(inChange ?? `in`.list.first?.change ?? 0))
      }
    }
    struct Step: Decodable {
      var instances: Int
      var perInstance: Double?
      var totalLoad: Double?
      var expected: String
      var after: Int
    }
    struct Case: Decodable {
      var name: String
      var rules: Sides?
      var steps: [Step]?
      var instances: Int?
      var cpuPerInstance: Double?
      var requestsTotal: Double?
      var derivedByRule: Int?
      var old: Int?
      var intended: Int?
      var actual: Int?
    }
    var cases: [Case]
  }

  @Test(.enabled(if: Vectors.has("scaling/azure_flapping.json"), "\(Vectors.missing)"))
  func `flapping is avoided as documented`() throws {
    let recording = try Vectors.decodeSnakeCase(Recording.self, from: "scaling/azure_flapping.json")
    #expect(recording.cases.count >= 5)
    var steps = 0
    var partial = 0
    for item in recording.cases {
      guard let profile = try item.rules?.profile() else {
        // An entry of an activity log, without loads: only that a scale-in was partial.
        let (old, intended) = (try #require(item.old), try #require(item.intended))
        let actual = try #require(item.actual)
        #expect(intended < actual && actual < old)
        continue
      }
      for step in item.steps ?? [] {
        let load = try #require(
          step.perInstance ?? step.totalLoad.map { $0 / Double(step.instances) })
        let outcome = profile.decide(
          step.instances, profile.out.map { AzureProfile.Reading($0.metric, load) })
        let (words, after) =
          switch outcome {
          case .none: ("none", step.instances)
          case .flapAvoided: ("none (flap avoided)", step.instances)
          case .out(let count): ("out", count)
          case .in(let count, _): ("in", count)
          }
        #expect(words == step.expected, "\(item.name)")
        #expect(after == step.after, "\(item.name)")
        steps += 1
      }
      if let expected = item.derivedByRule {
        let instances = try #require(item.instances)
        let requests = try #require(item.requestsTotal) / Double(instances)
        let outcome = profile.decide(
          instances,
          [
            AzureProfile.Reading("cpu", try #require(item.cpuPerInstance)),
            AzureProfile.Reading("requests_per_instance", requests),
          ])
        #expect(outcome == .in(expected, isPartial: true))
        partial += 1
      }
    }
    #expect(steps >= 8)
    #expect(partial >= 1)
  }

  private func check(_ seconds: Double, servers: Int, busy: Double) -> Observation {
    Observation(
      time: Instant(seconds: seconds), elapsed: .seconds(60), arrivals: 0,
      servers: (0..<servers).map { Observation.Server(id: ServerID($0), busy: Level(busy)) })
  }

  @Test func `the policy looks ahead before it gives back`() {
    var azure = Azure()
    _ = azure.set("out-threshold", to: .number(0.5))
    let kept = azure.decide(check(60, servers: 2, busy: 0.28), within: 1...5)
    #expect(kept.after == 2)
    #expect(kept.reason == "FlappingOccurred: any fewer would call for more again")
  }

  @Test func `the policy rests after a change`() {
    var azure = Azure()
    let sizes = (1...7).map { minute in
      azure.decide(check(60 * Double(minute), servers: 2, busy: 0.9), within: 1...9).after
    }
    #expect(sizes == [3, 2, 2, 2, 2, 3, 2])
  }

  /// Source: Azure Monitor, the operations and events of its activity log.
  @Test func `reasons are in Azure's words`() {
    var azure = Azure()
    #expect(
      azure.decide(check(60, servers: 2, busy: 0.9), within: 1...9).reason
        == "Scaleup: 90% against 30%..70%")
    var idle = Azure()
    #expect(
      idle.decide(check(60, servers: 4, busy: 0.1), within: 1...9).reason
        == "Scaledown: 10% against 30%..70%")
    var many = Azure()
    expect(many.set("in-change", to: .number(3)), true)
    let partial = many.decide(check(60, servers: 4, busy: 0.29), within: 1...9)
    #expect(partial.after == 2)
    #expect(partial.reason == "FlappingOccurred: fewer would call for more again")
  }
}
