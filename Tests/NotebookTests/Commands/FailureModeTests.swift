import Notebook
import Testing

/// Failures of fleets, each from a few lines, and the cure that has a name.
@Suite("failure modes of machines")
struct FailureModeTests {
  struct Failure: Sendable, CustomTestStringConvertible {
    var name: String
    /// What is typed for both.
    var before: [String] = []
    /// What is typed to be ill.
    var ill: [String]
    /// What is typed to be well.
    var cured: [String]
    /// What is typed for both in the end.
    var after: [String]
    /// What holds for the ill, and what for the cured.
    var symptom: String
    var health: String

    var testDescription: String { name }
  }

  @Test(arguments: failures)
  func `a failure can be made and cured`(_ failure: Failure) {
    func holds(_ expression: String, after lines: [String]) -> Bool {
      var talk = FleetTalk()
      talk.session = Session(commands: Commands.all)
      for line in failure.before + lines + failure.after {
        let said = talk.say(line).joined(separator: "\n")
        #expect(!said.contains("error: "), "\(line): \(said)")
      }
      return !talk.say("expect \(expression)").joined(separator: "\n").contains("error: ")
    }
    #expect(holds(failure.symptom, after: failure.ill))
    #expect(holds(failure.health, after: failure.cured))
    #expect(!holds(failure.health, after: failure.ill))
    #expect(!holds(failure.symptom, after: failure.cured))
  }

  private static let failures = [
    Failure(
      name: "health-check kill loop: grace < boot",
      before: ["spawn 1", "load constant 40/s --work 10ms"],
      ill: ["scale demand --target 10/s --boot 60s --replace --grace 0s"],
      cured: ["scale demand --target 10/s --boot 60s --replace --grace 300s"],
      after: ["run 10m"], symptom: "servers == 1 and cost.total > $0.08",
      health: "servers == 4 and cost.total < $0.03"),
    Failure(
      name: "drain cut: drain < longest request",
      before: ["spawn 1 --cpu 1000", "load constant 4/s --work 60s"],
      ill: ["scale demand --target 1/s --max 10 --drain 30s --boot 0s"],
      cured: ["scale demand --target 1/s --max 10 --drain 60s --boot 0s"],
      after: ["run 2m", "load constant 1/s --work 60s", "run 3m"],
      symptom: "failed > 0", health: "failed == 0"),
    Failure(
      name: "cold start: scaled to zero between requests",
      before: ["spawn 1", "stop s1"],
      ill: ["scale kpa --target 1 --stable-window 30s --min 0 --boot 10s"],
      cured: ["scale kpa --target 1 --stable-window 30s --min 1 --boot 10s"],
      after: ["load constant 0.01/s --work 100ms", "run 5m", "run 30m"],
      symptom: "latency.p50 > 10s and refused == 0", health: "latency.max < 200ms"),
    Failure(
      name: "slow scale-out: boot, cured by a warm pool",
      before: ["spawn 1"],
      ill: ["scale demand --target 10/s --boot 120s"],
      cured: ["scale demand --target 10/s --boot 120s --warm-pool 3 --pool-boot 5s"],
      after: ["run 3m", "load constant 40/s --work 90ms", "run 5m"],
      symptom: "latency.p50 > 5s", health: "latency.p50 < 100ms"),
    Failure(
      name: "spot wave: correlated loss, cured by more than is needed",
      ill: ["spawn 10 --spot"], cured: ["spawn 16 --spot"],
      after: [
        "load constant 80/s", "scale demand --target 8/s --boot 120s",
        "fault spot --share 40% --in 30s", "run 3m",
      ], symptom: "latency.p99 > 10s", health: "latency.p99 < 200ms"),
    Failure(
      name: "black hole: a server that fails fast draws requests, cured by replacing it",
      before: [
        "spawn 4", "balance least-connections", "load constant 20/s",
        "fault errors s2 --share 100% --in 10s",
      ],
      ill: ["scale demand --target 5/s --min 4 --boot 5s"],
      cured: ["scale demand --target 5/s --min 4 --boot 5s --replace --grace 0s"],
      after: ["run 5m"], symptom: "failed > 1000", health: "failed < 200"),
    Failure(
      name: "machines that die at random, cured by replacing them",
      before: ["spawn 4", "load constant 10/s", "fault crash all --mtbf 10m"],
      ill: ["scale demand --target 5/s --min 4 --boot 30s"],
      cured: ["scale demand --target 5/s --min 4 --boot 30s --replace"],
      after: ["run 60m"], symptom: "crashed > 4", health: "crashed <= 1 and servers >= 3"),
  ]
}
