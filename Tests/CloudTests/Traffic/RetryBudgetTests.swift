import Cloud
import Simulation
import TestSupport
import Testing

@Suite("Budgets of retries and limits of rates")
struct RetryBudgetTests {
  /// Retries that pass at once after so many requests.
  private func retries(_ budget: some RetryBudget, after requests: Int) -> Int {
    var budget = budget
    for _ in 0..<requests { budget.deposit(at: .zero) }
    var count = 0
    while count < 100_000, budget.withdraw(at: .zero) { count += 1 }
    return count
  }

  @Test(.enabled(if: Vectors.has("balancing/finagle_vectors.json"), "\(Vectors.missing)"))
  func `as many retries as Finagle allows`() throws {
    let file = try Vectors.decodeSnakeCase(FinagleFile.self, from: "balancing/finagle_vectors.json")
    let item = try file.named("RetryBudget")
    let requests = try #require(item.requests)
    let shares = try #require(item.percent?.values)
    #expect(shares.count >= 10)
    for share in shares {
      let budget = RetryTokens(
        share: share, leastPerSecond: try #require(item.minRetriesPerS),
        ttl: .seconds(try #require(item.ttlS)))
      let expected = Int(Double(requests) * share)
      #expect(abs(retries(budget, after: requests) - expected) <= 1, "\(share)")
    }
    let usual = try file.named("RetryBudget_defaults")
    #expect(RetryTokens().balance(at: .zero) == usual.expectedInitialBalance)
    let double = try file.named("RetryBudget_percent_2")
    var budget = RetryTokens(
      share: try #require(double.percent?.values.first), leastPerSecond: 0, ttl: .seconds(60))
    for _ in 0..<(double.requests ?? 0) { budget.deposit(at: .zero) }
    #expect(budget.balance(at: .zero) == double.expectedBalance)
  }

  /// Source: Finagle, RetryBudgetTest.scala.
  @Test(arguments: [(0.5, 5000), (0.1, 1000), (0.01, 100), (2, 20_000)])
  func `a share of requests`(_ share: Double, _ expected: Int) {
    let budget = RetryTokens(share: share, leastPerSecond: 0, ttl: .seconds(60))
    #expect(abs(retries(budget, after: 10_000) - expected) <= 1)
  }

  private struct Tower: Decodable {
    struct Case: Decodable {
      var name: String
      var cases: [Budget]?
    }
    struct Budget: Decodable {
      var ttlS: Int64
      var minPerS: Int
      var percent: Double
      var events: [String]
      var expected: [Bool]
    }
    var cases: [Case]
  }

  @Test(.enabled(if: Vectors.has("balancing/tower_vectors.json"), "\(Vectors.missing)"))
  func `tower's budget, event by event`() throws {
    let file = try Vectors.decodeSnakeCase(Tower.self, from: "balancing/tower_vectors.json")
    let cases = file.cases.compactMap(\.cases).flatMap { $0 }
    #expect(cases.count >= 4)
    for item in cases {
      var budget = RetryTokens(
        share: item.percent, leastPerSecond: item.minPerS, ttl: .seconds(item.ttlS))
      var now = Instant.zero
      var answers: [Bool] = []
      for event in item.events {
        switch event {
        case "deposit": budget.deposit(at: now)
        case "withdraw": answers.append(budget.withdraw(at: now))
        default:
          let seconds = try #require(event.split(separator: " ").last.flatMap { Double($0) })
          now += Duration(seconds: seconds)
        }
      }
      #expect(answers == item.expected)
    }
  }

  /// Source: tower, tps_budget.rs.
  @Test func `what was deposited is gone after its time`() {
    var budget = RetryTokens(share: 1, leastPerSecond: 0, ttl: .seconds(1))
    #expect(budget.withdraw(at: .zero) == false)
    budget.deposit(at: .zero)
    var early = budget
    #expect(early.withdraw(at: .zero + .milliseconds(900)) == true)
    #expect(budget.withdraw(at: .zero + .seconds(3)) == false)
  }

  @Test func `a reserve comes back`() {
    var budget = RetryTokens(share: 0, leastPerSecond: 5, ttl: .seconds(1))
    let first = (0..<6).map { _ in budget.withdraw(at: .zero) }
    #expect(first == [true, true, true, true, true, false])
    #expect(budget.balance(at: .zero + .seconds(2)) == 5)
  }

  private struct Throttle: Decodable {
    struct Case: Decodable {
      var maxTokens: Int
      var tokenRatio: Double
      var events: String
      var expectedRetryAllowed: [Bool]
    }
    var cases: [Case]
  }

  @Test(.enabled(if: Vectors.has("balancing/retry_throttle_grpc.json"), "\(Vectors.missing)"))
  func `gRPC's throttle, event by event`() throws {
    let file = try Vectors.decodeSnakeCase(
      Throttle.self, from: "balancing/retry_throttle_grpc.json")
    #expect(file.cases.count >= 1)
    for item in file.cases {
      var throttle = RetryThrottle(maxTokens: item.maxTokens, tokenRatio: item.tokenRatio)
      let answers = item.events.map { event in
        throttle.heard(event == "F" ? .failed : .answered, isRetry: false, at: .zero)
        return throttle.withdraw(at: .zero)
      }
      #expect(answers == item.expectedRetryAllowed)
    }
  }

  /// Source: gRFC A6: 10 tokens, a tenth of one for an answer.
  @Test func `ten answers make up for a failure`() {
    var throttle = RetryThrottle()
    func hear(_ outcome: Outcome, _ times: Int) -> Bool {
      for _ in 0..<times { throttle.heard(outcome, isRetry: false, at: .zero) }
      return throttle.withdraw(at: .zero)
    }
    #expect(hear(.failed, 4))
    #expect(!hear(.refused, 1))
    #expect(hear(.answered, 1), "5.1 tokens")
    #expect(!hear(.failed, 100))
    #expect(!hear(.answered, 50))
    #expect(hear(.answered, 1))
  }

  @Test func `retries under way are a fifth of what is`() {
    var budget = RetryConcurrency()
    let first = (0..<4).map { _ in budget.withdraw(at: .zero) }
    #expect(first == [true, true, true, false])
    for _ in 0..<27 { budget.deposit(at: .zero) }
    // 30 are under way, 3 of them retries: 6 may be.
    let second = (0..<5).map { _ in budget.withdraw(at: .zero) }
    #expect(second == [true, true, true, true, false])
    budget.heard(.failed, isRetry: true, at: .zero)
    #expect(budget.withdraw(at: .zero) == true)
  }

  @Test func `a bucket is exact to the nanosecond, for ever`() {
    var bucket = TokenBucket(rate: 3, burst: 1)
    var now = Instant.zero
    var passed = 0
    while now < .zero + .seconds(1000) {
      let next = bucket.next(at: now)
      if next > now {
        #expect(bucket.take(at: next - .nanoseconds(1)) == false)
        now = next
      }
      #expect(bucket.take(at: now) == true)
      passed += 1
    }
    #expect(passed == 3001)
    #expect(now <= .zero + .seconds(1000) + .nanoseconds(3001))
  }

  @Test func `a burst passes at once, then the rate`() {
    var bucket = TokenBucket(rate: 0.5, burst: 3)
    let burst = (0..<4).map { _ in bucket.take(at: .zero) }
    #expect(burst == [true, true, true, false])
    #expect(bucket.next(at: .zero) == .zero + .seconds(2))
    #expect(bucket.tokens(at: .zero + .seconds(5)) == 2)
    #expect(bucket.tokens(at: .max) == 3)
    var empty = TokenBucket(rate: 0, burst: 1)
    #expect(empty.take(at: .zero) == true)
    #expect(empty.next(at: .zero) == .max)
  }

  @Test func `every client has a bucket of its own`() {
    var limits = ClientLimits(rate: 1, burst: 2)
    let passed = [7, 7, 7, 3].map { limits.take(for: $0, at: .zero) }
    #expect(passed == [true, true, false, true])
    #expect(limits.clients == 2)
    #expect(limits.tokens(of: 3, at: .zero) == 1)
    #expect(limits.tokens(of: 9, at: .zero) == 2)
    #expect(limits.take(for: 7, at: .zero + .seconds(1)) == true)
  }
}
