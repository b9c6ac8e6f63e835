import Cloud
import Simulation
import TestSupport
import Testing

@Suite("Billing")
struct BillingTests {
  /// Uses of one server, one after another with a minute between them.
  private func intervals(_ seconds: [Int], price: Double = 3600) -> [PaidInterval] {
    var time = Instant.zero
    return seconds.map { length in
      let from = time
      time = from + .seconds(Int64(length)) + .minutes(1)
      return PaidInterval(from: from, to: from + .seconds(Int64(length)), pricePerHour: price)
    }
  }

  /// Source: Amazon EC2, by the second with a minimum of 60 s for each start.
  @Test(arguments: [
    ([0], 0), ([10], 60), ([60], 60), ([61], 61), ([30, 30], 120), ([600, 600, 600], 1800),
  ])
  func `by the second, each start at least a minute`(_ uses: [Int], _ billed: Int) {
    let bill = BillingRule.perSecond().bill(intervals(uses), to: .max)
    #expect(bill.billed == .seconds(Int64(billed)))
    #expect(abs(bill.dollars - Double(billed)) < 1e-9)
  }

  /// Source: Amazon EC2 before 2017, every start opens a new hour and servers are never combined.
  @Test(arguments: [
    ([0], 0), ([1], 1), ([1800], 1), ([600, 600], 2), ([3300], 1), ([3600], 1), ([3900], 2),
  ])
  func `by the hour, each start rounded up`(_ uses: [Int], _ hours: Int) {
    let bill = BillingRule.hourly.bill(intervals(uses, price: 0.04), to: .max)
    #expect(bill.billed == .hours(Int64(hours)))
    #expect(bill.dollars == uses.reduce(0) { $0 + 0.04 * Double(($1 + 3599) / 3600) })
  }

  @Test func `fractions of a second are rounded up`() {
    #expect(BillingRule.perSecond().billed(.milliseconds(60_001)) == .seconds(61))
    #expect(BillingRule.perSecond(minimum: .zero).billed(.nanoseconds(1)) == .seconds(1))
    #expect(BillingRule.hourly.billed(.nanoseconds(1)) == .hours(1))
  }

  @Test(arguments: [BillingRule.perSecond(), .hourly, .owned(count: 4, pricePerHour: 1)])
  func `no time costs nothing`(_ rule: BillingRule) {
    #expect(rule.billed(.zero) == .zero)
    #expect(rule.bill([], to: .zero) == Bill())
    let interval = PaidInterval(from: .zero, to: .zero, pricePerHour: 1)
    #expect(rule.bill([interval], to: .zero) == Bill())
  }

  @Test func `what is owned is paid always, used or not`() {
    let rule = BillingRule.owned(count: 10, pricePerHour: 0.04)
    let bill = rule.bill(intervals([60]), to: .zero + .hours(5))
    #expect(bill == Bill(billed: .hours(50), dollars: 2))
  }

  @Test func `a bill goes up to an instant and no further`() {
    let uses = [
      PaidInterval(from: .zero, to: .zero + .hours(2), pricePerHour: 1),
      PaidInterval(from: .zero + .minutes(90), to: .zero + .hours(3), pricePerHour: 2),
    ]
    let rule = BillingRule.perSecond()
    #expect(rule.bill(uses, to: .zero + .hours(1)).dollars == 1)
    #expect(rule.bill(uses, to: .zero + .hours(2)).dollars == 3)
    #expect(rule.bill(uses, to: .max).dollars == 5)
    let window = rule.bill(uses, to: .max) - rule.bill(uses, to: .zero + .hours(1))
    #expect(window == Bill(billed: .minutes(150), dollars: 4))
  }

  @Test(arguments: [BillingRule.perSecond(), .hourly, .owned(count: 3, pricePerHour: 1)])
  func `a bill never falls, and windows add up`(_ rule: BillingRule) {
    let uses = intervals([30, 90, 4000])
    var last = Bill()
    var sum = Bill()
    for second in stride(from: Int64(0), through: 6000, by: 97) {
      let bill = rule.bill(uses, to: .zero + .seconds(second))
      #expect(bill.billed >= last.billed)
      let window = bill - last
      sum = Bill(billed: sum.billed + window.billed, dollars: sum.dollars + window.dollars)
      last = bill
    }
    #expect(sum.billed == last.billed)
    #expect(abs(sum.dollars - last.dollars) < 1e-6)
  }

  @Test func `absurd times and counts do not trap`() {
    let ever = PaidInterval(
      from: Instant(nanoseconds: .min), to: Instant(nanoseconds: .max), pricePerHour: 1e300)
    for rule in [
      BillingRule.perSecond(minimum: .max), .perSecond(minimum: .min), .hourly,
      .owned(count: .max, pricePerHour: 1), .owned(count: .min, pricePerHour: 1),
    ] {
      let bill = rule.bill([ever, ever], to: .max)
      #expect(bill.billed >= .zero)
      #expect(rule.bill([ever], to: Instant(nanoseconds: .min)).billed >= .zero)
    }
    let backwards = PaidInterval(from: .zero + .hours(1), to: .zero, pricePerHour: 1)
    #expect(BillingRule.hourly.bill([backwards], to: .max) == Bill())
  }

  private struct Recording: Decodable {
    struct Case: Decodable {
      var model: String
      var runs: [[Int]]
      var hours: Int64?
      var seconds: Int64?

      enum CodingKeys: String, CodingKey {
        case model
        case runs = "runs_s"
        case hours = "expected_billed_hours"
        case seconds = "expected_billed_seconds"
      }
    }
    var cases: [Case]
  }

  @Test(.enabled(if: Vectors.has("scaling/billing.json"), "\(Vectors.missing)"))
  func `as clouds bill`() throws {
    let recording = try Vectors.decode(Recording.self, from: "scaling/billing.json")
    #expect(recording.cases.count >= 11)
    for item in recording.cases {
      let hourly = item.model == "hourly_ceil"
      let rule = hourly ? BillingRule.hourly : .perSecond()
      let bill = rule.bill(item.runs.flatMap { intervals($0) }, to: .max)
      let expected = hourly ? item.hours.map { $0 * 3600 } : item.seconds
      #expect(bill.billed == .seconds(try #require(expected)))
    }
  }
}
