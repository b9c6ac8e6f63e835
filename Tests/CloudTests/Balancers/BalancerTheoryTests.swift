import Cloud
import Foundation
import Simulation
import TestSupport
import Testing

/// Mean latencies of exponential works at random, against mathematics and another's simulation.
///
/// Without `NEPHO_THEORY=all` only cases of at most 80 000 requests are run, which are those at
/// moderate load: long queues forget slowly, so a fair batch of them is long.
@Suite("As theory says")
struct BalancerTheoryTests {
  private static let isThorough = ProcessInfo.processInfo.environment["NEPHO_THEORY"] == "all"

  /// A policy on so many servers at a load, and how long it must run.
  struct Case: CustomTestStringConvertible, Sendable {
    let policy: String
    let servers: Int
    let load: Double

    var testDescription: String { "\(policy), \(servers) servers at \(load)" }

    static let batches = 20
    /// Batches that go by before the first one counts.
    static let warmUp = 3

    /// A batch outlasts what the queue remembers eight times, and is long enough for a mean within
    /// about two percent: 1 ÷ (1 − √ρ)² works for a queue of its own, n times less for a common one.
    var batch: Int {
      let memory = 1 / ((1 - load.squareRoot()) * (1 - load.squareRoot()))
      let isAlone = policy == "random" || policy == "round-robin"
      let common = isAlone ? memory : memory / Double(servers) + 3 / (1 - load)
      let length = max(8 * common, 125 * memory / Double(servers))
      return max(2000, Int(length * load * Double(servers)))
    }

    var requests: Int { (Self.batches + Self.warmUp) * batch }
  }

  private static let policies = [
    "random": "random", "round-robin": "round_robin", "two-choices": "p2c_distinct",
    "join-shortest-queue": "jsq", "least-work-left": "least_work_left",
    "join-idle-queue": "jiq_one_dispatcher_random_fallback",
  ]

  static let cases: [Case] = policies.keys.sorted().flatMap { policy in
    [2, 10, 100].flatMap { servers in
      [0.5, 0.7, 0.9, 0.95].map { Case(policy: policy, servers: servers, load: $0) }
    }
  }.filter { isThorough || $0.requests <= 80_000 }

  private func estimate(_ item: Case) throws -> Estimate {
    var world = World(
      seed: 11, servers: item.servers,
      balancer: try #require(Balancers.named(item.policy)).init())
    world.begin(.random(10 * Double(item.servers) * item.load))
    world.advance(until: Stop(settled: Case.warmUp * item.batch))
    var means: [Double] = []
    for batch in 1...Case.batches {
      world.beginMeasurement()
      world.advance(until: Stop(settled: (Case.warmUp + batch) * item.batch))
      means.append((world.measurement.latency.mean ?? 0) / 100e6)
    }
    return Estimate(means)
  }

  private func expect(_ found: Estimate, _ mean: Double, error: Double = 0, _ item: Case) {
    let spread = (found.error * found.error + error * error).squareRoot()
    #expect(
      abs(found.mean - mean) < 4 * spread, "\(item.testDescription): \(found), not \(mean)")
    #expect(spread < 0.05 * mean, "\(item.testDescription): \(found) says nothing")
  }

  @Test func `the usual cases take two million requests at most`() {
    let usual = Self.cases.filter { $0.requests <= 80_000 }
    #expect(usual.count >= 24)
    #expect(usual.reduce(0) { $0 + $1.requests } <= 2_000_000)
  }

  private struct Simulated: Decodable {
    struct Value: Decodable {
      var policy: String
      var n: Int
      var rho: Double
      var mean: Double
      var ci95: Double
    }
    var policies: [Value]
  }

  private static let file = "balancing/theory_simulated.json"

  @Test(.enabled(if: Vectors.has(file), "\(Vectors.missing)"), arguments: cases)
  func `as in a simulation of forty million`(_ item: Case) throws {
    let name = Self.policies[item.policy]
    let value = try #require(
      try Vectors.decode(Simulated.self, from: Self.file).policies.first {
        $0.policy == name && $0.n == item.servers && $0.rho == item.load
      })
    expect(try estimate(item), value.mean, error: value.ci95 / 1.96, item)
  }

  // MARK: - Closed forms

  /// What solves a case, by its name in the table.
  private enum Formula: String, CodingKey, CaseIterable {
    case ownQueues = "random_split_mm1"
    case turns = "round_robin_EnM1"
    case commonQueue = "central_queue_mmn"
    case shorterOfTwo = "jsq_exact_n2"

    init?(_ item: Case) {
      switch (item.policy, item.servers) {
      case ("random", _): self = .ownQueues
      case ("round-robin", _): self = .turns
      case ("least-work-left", _): self = .commonQueue
      case ("join-shortest-queue", 2): self = .shorterOfTwo
      default: return nil
      }
    }
  }

  private struct Solved: Decodable {
    struct Value: Decodable {
      /// Nil where it does not matter, or is the limit of many.
      let servers: Int?
      let load: Double
      let mean: Double

      enum CodingKeys: String, CodingKey {
        case servers = "n"
        case load = "rho"
        case mean = "ET"
      }

      init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        servers = try? values.decode(Int.self, forKey: .servers)
        load = try values.decode(Double.self, forKey: .load)
        mean = try values.decode(Double.self, forKey: .mean)
      }
    }
    struct Table: Decodable { let values: [Value] }

    private var tables: [Formula: [Value]] = [:]

    init(from decoder: any Decoder) throws {
      let all = try decoder.container(keyedBy: Formula.self)
      for formula in Formula.allCases {
        tables[formula] = try all.decode(Table.self, forKey: formula).values
      }
    }

    func mean(_ formula: Formula, _ item: Case) -> Double? {
      tables[formula]?.first {
        (formula == .ownQueues || $0.servers == item.servers) && $0.load == item.load
      }?.mean
    }
  }

  private static let formulas = "balancing/theory_queueing.json"
  private static let solved = cases.filter { Formula($0) != nil }

  @Test(.enabled(if: Vectors.has(formulas), "\(Vectors.missing)"), arguments: solved)
  func `as in closed form`(_ item: Case) throws {
    let solved = try Vectors.decode(Solved.self, from: Self.formulas)
    let mean = solved.mean(try #require(Formula(item)), item)
    expect(try estimate(item), try #require(mean), item)
  }

  /// Erlang's C: the mean number of works one waits for and is served.
  private func common(_ servers: Int, _ load: Double) -> Double {
    let offered = Double(servers) * load
    var blocked = 1.0
    for k in 1...servers { blocked = offered * blocked / (Double(k) + offered * blocked) }
    let waiting = blocked / (1 - load * (1 - blocked))
    return 1 + waiting / (Double(servers) * (1 - load))
  }

  @Test(arguments: [(2, 0.7, 1.960784314), (4, 0.7, 1.357211932)])
  func `least work left is one common queue`(_ servers: Int, _ load: Double, _ mean: Double) throws
  {
    #expect(abs(common(servers, load) - mean) < 1e-8)
    let item = Case(policy: "least-work-left", servers: servers, load: load)
    expect(try estimate(item), mean, item)
  }

  @Test(arguments: [2, 10])
  func `random is as many queues of one`(_ servers: Int) throws {
    let item = Case(policy: "random", servers: servers, load: 0.7)
    expect(try estimate(item), 1 / 0.3, item)
  }

  /// The stationary chain of the shorter of two queues: 1.4263208 at 0.5, 2.1081973 at 0.7.
  @Test(arguments: [(0.5, 1.4263208), (0.7, 2.1081973)])
  func `the shorter of two queues`(_ load: Double, _ mean: Double) throws {
    let item = Case(policy: "join-shortest-queue", servers: 2, load: load)
    expect(try estimate(item), mean, item)
  }
}
