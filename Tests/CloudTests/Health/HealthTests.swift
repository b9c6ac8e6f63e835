import Cloud
import Simulation
import TestSupport
import Testing

@Suite("Health around the pick")
struct HealthTests {
  @Test func `three failures take a server down, two successes bring it up`() {
    var checks = ActiveChecks()
    let server = ServerID(3)
    func run(_ results: String) -> String {
      results.map { result in
        checks.checked(server, isAlive: result == "+")
        return checks.isUp(server) ? "u" : "d"
      }.joined()
    }
    #expect(checks.isUp(server))
    #expect(run("+---") == "uuud")
    #expect(run("+-++") == "dddu")
    #expect(run("--+---") == "uuuuud")
    #expect(checks.isUp(ServerID(0)))
  }

  /// Source: HAProxy: a server that was never checked begins at its lowest health that is up.
  @Test func `the first failure of a new server takes it down`() {
    var checks = ActiveChecks()
    checks.checked(ServerID(0), isAlive: false)
    #expect(!checks.isUp(ServerID(0)))
  }

  private struct Priorities: Decodable {
    struct Case: Decodable {
      struct Priority: Decodable {
        var hosts: Int
        var healthy: Int
        var degraded: Int
        var excluded: Int
      }
      struct Expected: Decodable {
        var healthyLoad: [Int]?
        var degradedLoad: [Int]?
        var panic: [Bool]?
      }
      struct Example: Decodable {
        var loads: [Int]
        var random: [UInt64]
        var expected: [Int]
      }
      var name: String
      var priorities: [Priority]?
      var overprovisioningFactor: Int?
      var panicThreshold: Int?
      var expected: Expected?
      var example: Example?
    }
    var cases: [Case]
  }

  @Test(.enabled(if: Vectors.has("balancing/envoy_priority_panic.json"), "\(Vectors.missing)"))
  func `priorities and panic as Envoy has them`() throws {
    let file = try Vectors.decodeSnakeCase(
      Priorities.self, from: "balancing/envoy_priority_panic.json")
    #expect(file.cases.count >= 30)
    var compared = 0
    for item in file.cases {
      if let example = item.example {
        #expect(example.loads == [70, 30])
        let load = PriorityLoad([.init(hosts: 2, healthy: 1), .init(hosts: 2, healthy: 1)])
        #expect(load.healthy == example.loads)
        #expect(example.random.map { load.choose($0)?.priority } == example.expected)
        compared += 1
        continue
      }
      let load = PriorityLoad(
        try #require(item.priorities).map {
          .init(
            hosts: $0.hosts, healthy: $0.healthy, degraded: $0.degraded, excluded: $0.excluded)
        }, overprovisioning: try #require(item.overprovisioningFactor),
        panicThreshold: try #require(item.panicThreshold))
      let expected = try #require(item.expected)
      if let healthy = expected.healthyLoad { #expect(load.healthy == healthy, "\(item.name)") }
      if let degraded = expected.degradedLoad {
        #expect(load.degraded == degraded, "\(item.name)")
      }
      if let panics = expected.panic { #expect(load.panics == panics, "\(item.name)") }
      compared += 1
    }
    #expect(compared >= 30)
  }

  /// Source: Envoy, load_balancer_impl_base_test.cc.
  @Test(arguments: [
    ([(4, 2), (4, 2)], [70, 30], false), ([(4, 1), (2, 2)], [35, 65], false),
    ([(4, 1), (4, 1)], [50, 50], true), ([(1, 0), (2, 0)], [34, 66], true),
    ([(5, 0), (6, 2), (3, 1)], [37, 42, 21], true),
  ])
  func `load spills over to the next priority`(
    _ priorities: [(Int, Int)], _ expected: [Int], _ panics: Bool
  ) {
    let load = PriorityLoad(priorities.map { .init(hosts: $0.0, healthy: $0.1) })
    #expect(load.healthy == expected)
    #expect(load.panics.allSatisfy { $0 == panics })
  }

  @Test func `no priorities, no servers, wild counts: no trap`() {
    #expect(PriorityLoad([]).choose(7) == nil)
    #expect(PriorityLoad([.init(hosts: 0, healthy: 0)]).healthy == [100])
    let wild = PriorityLoad(
      [.init(hosts: .max, healthy: .max, degraded: .min, excluded: .max)], overprovisioning: .max,
      panicThreshold: .min)
    #expect(wild.healthy.count == 1)
  }

  private struct Starts: Decodable {
    struct Sample: Decodable {
      var seconds: Double
      var weight: Int
      var throttle: String

      init(from decoder: any Decoder) throws {
        var values = try decoder.unkeyedContainer()
        seconds = try values.decode(Double.self)
        weight = try values.decode(Int.self)
        throttle = try values.decode(String.self)
      }
    }
    struct Case: Decodable { var expected: [Sample] }
    var cases: [Case]
  }

  @Test(.enabled(if: Vectors.has("balancing/haproxy_slowstart.json"), "\(Vectors.missing)"))
  func `a slow start as HAProxy makes it`() throws {
    let file = try Vectors.decodeSnakeCase(Starts.self, from: "balancing/haproxy_slowstart.json")
    let samples = file.cases.flatMap(\.expected)
    #expect(samples.count >= 21)
    for sample in samples {
      let parts = SlowStart.sixteenths(after: Duration(seconds: sample.seconds), of: .seconds(10))
      #expect(SlowStart.weight(100, sixteenths: parts) == sample.weight)
      #expect((parts == 16 ? "" : "\(100 * parts / 16)") == sample.throttle)
    }
  }

  /// Source: recorded from HAProxy 2.6.12, weight 100, slowstart 10 s.
  @Test(arguments: [(0, 7), (1, 13), (2, 25), (5, 57), (9, 94), (10, 100), (-3, 7), (99, 100)])
  func `sixteenths of a weight`(_ seconds: Int64, _ weight: Int) {
    let parts = SlowStart.sixteenths(after: .seconds(seconds), of: .seconds(10))
    #expect(SlowStart.weight(100, sixteenths: parts) == weight)
  }

  @Test func `limits and factors on the way up`() {
    #expect(SlowStart.maxconn(30, after: .seconds(0), of: .seconds(10)) == 1)
    #expect(SlowStart.maxconn(30, after: .milliseconds(3900), of: .seconds(10)) == 9)
    #expect(SlowStart.maxconn(30, after: .seconds(10), of: .seconds(10)) == 30)
    #expect(SlowStart.maxconn(.max, after: .seconds(5), of: .seconds(10)) > 1 << 61)
    #expect(SlowStart.sixteenths(after: .seconds(5), of: .zero) == 16)
    let linear = SlowStart.power(over: .seconds(60), aggression: 1)
    #expect(linear.factor(after: .seconds(3)) == 0.1)
    #expect(linear.factor(after: .seconds(15)) == 0.25)
    #expect(linear.factor(after: .seconds(60)) == 1)
    let steep = SlowStart.power(over: .seconds(60), aggression: 2)
    #expect(abs(steep.factor(after: .seconds(15)) - 0.5) < 1e-12)
    #expect(abs(steep.factor(after: .zero) - 0.1) < 1e-12)
  }

  @Test(.enabled(if: Vectors.has("balancing/finagle_vectors.json"), "\(Vectors.missing)"))
  func `how often Finagle tries in panic`() throws {
    let file = try Vectors.decodeSnakeCase(FinagleFile.self, from: "balancing/finagle_vectors.json")
    let item = try file.named("PanicMode.maxEffort")
    let shares = try #require(item.unhealthyFraction)
    #expect(shares.map { Double(PanicMode.tries(unhealthy: $0)) } == item.expected?.numbers)
    #expect(PanicMode.usual == item.default)
  }

  /// Source: Finagle, PanicMode.scala.
  @Test(arguments: [(0.0, 1), (0.1, 1), (0.3, 2), (0.4, 3), (0.5, 4), (1, 100), (2, 100)])
  func `tries in panic`(_ share: Double, _ tries: Int) {
    #expect(PanicMode.tries(unhealthy: share) == tries)
  }
}
