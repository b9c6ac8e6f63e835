import Cloud
import Simulation
import Testing

@Suite("Prices, and what a run cost")
struct RunEconomicsTests {
  private func interval(_ from: Int64, _ to: Int64, price: Double = 2) -> PaidInterval {
    PaidInterval(from: .zero + .hours(from), to: .zero + .hours(to), pricePerHour: price)
  }

  @Test func `requests are paid by number and by the time they hold memory`() {
    let price = RequestPrice(perMillion: 0.2, perGibibyteSecond: 0.01)
    var meter = RequestMeter(step: price.step)
    meter.add(.zero, bytes: 1 << 30)
    #expect(meter.billed == .zero)
    meter.add(.microseconds(1), bytes: 0)
    #expect(meter.billed == .milliseconds(1))
    #expect(abs(price.bill(meter).dollars - 4e-7) < 1e-18)
    meter = RequestMeter(step: price.step)
    for _ in 0..<1000 { meter.add(.milliseconds(500), bytes: 2 << 30) }
    let bill = price.bill(meter)
    #expect(bill.billed == .seconds(500))
    #expect(abs(bill.dollars - (0.0002 + 10)) < 1e-12)
    meter.add(.max, bytes: .max)
    meter.add(.min, bytes: .min)
    #expect(meter.billed == .max)
  }

  @Test func `what is promised is paid always, the rest as it comes`() {
    let promise = Commitment(count: 1, pricePerHour: 1)
    let uses = [interval(0, 4), interval(1, 3), interval(4, 6)]
    let bill = promise.bill(uses, to: .zero + .hours(10))
    #expect(bill.billed == .hours(12))
    #expect(bill.dollars == 10 + 2 * 2)
    #expect(promise.bill([], to: .zero + .hours(3)).dollars == 3)
    let none = Commitment(count: 0, pricePerHour: 1).bill(uses, to: .zero + .hours(10))
    #expect(none.dollars == 16)
    #expect(Commitment(count: .max, pricePerHour: 1).bill(uses, to: .max).billed > .zero)
  }

  /// Source: Amazon EC2 user guide: no discount on spot instances, and by the second from 60 s on.
  @Test func `a promise does not cover spot machines, nor less than a minute`() {
    let promise = Commitment(count: 1, pricePerHour: 1)
    func use(_ from: Int64, _ to: Int64, isSpot: Bool = false) -> PaidInterval {
      PaidInterval(
        from: .zero + .seconds(from), to: .zero + .seconds(to), pricePerHour: isSpot ? 1 : 3600,
        isSpot: isSpot)
    }
    let end = Instant.zero + .hours(1)
    let spotFirst = [use(0, 3600, isSpot: true), use(60, 600)]
    #expect(promise.bill(spotFirst, to: end) == Bill(billed: .hours(2), dollars: 2))
    #expect(promise.bill([use(0, 600), use(100, 110)], to: end).dollars == 1 + 60)
    #expect(promise.bill([use(0, 600), use(595, 605)], to: end).dollars == 1 + 5)
    #expect(promise.bill([use(0, 600), use(100, 200)], to: end).dollars == 1 + 100)
  }

  /// A change of size in place: the same server, the same start, and one minute at least.
  @Test func `a promise goes by when a server was started`() {
    let promise = Commitment(count: 1, pricePerHour: 1)
    func use(_ from: Int64, _ to: Int64, server: Int, price: Double, before: Int64 = 0)
      -> PaidInterval
    {
      PaidInterval(
        from: .zero + .seconds(from), to: .zero + .seconds(to), pricePerHour: price,
        server: server, before: .seconds(before))
    }
    let end = Instant.zero + .seconds(600)
    let alone = [
      use(0, 20, server: 0, price: 3600), use(20, 600, server: 0, price: 7200, before: 20),
    ]
    #expect(promise.bill(alone, to: end).billed == .seconds(600))
    let both = alone + [use(10, 600, server: 1, price: 3600)]
    #expect(promise.bill(both, to: end).billed == .seconds(600 + 590))
    #expect(abs(promise.bill(both, to: end).dollars - (600.0 / 3600 + 590)) < 1e-9)
    // Of two that start together the first in the fleet, whichever ends first.
    let pair = [use(0, 600, server: 1, price: 3600), use(0, 600, server: 0, price: 7200)]
    #expect(abs(promise.bill(pair, to: end).dollars - (600.0 / 3600 + 600)) < 1e-9)
    #expect(promise.bill(pair, to: end) == promise.bill(pair.reversed(), to: end))
  }

  private static let stretches: [Elasticity.Supply] = [
    .init(length: .minutes(2), demand: 2, capacity: 3),
    .init(length: .minutes(1), demand: 8, capacity: 3),
    .init(length: .minutes(2), demand: 8, capacity: 6),
    .init(length: .minutes(5), demand: 6, capacity: 6),
  ]

  private var run: RunEconomics {
    var run = RunEconomics(
      bill: Bill(billed: .minutes(40), dollars: 4), busy: .minutes(25), good: 8000)
    run.elasticity = Elasticity(Self.stretches)
    run.peak = 8
    run.pricePerHour = 3
    run.duration = .minutes(10)
    return run
  }

  @Test func `a run's figures`() {
    #expect(run.waste == .minutes(15))
    #expect(run.wasteShare == 0.375)
    #expect(run.dollarsPerThousand == 0.5)
    #expect(run.goodput.map { abs($0 - 8000.0 / 600) < 1e-12 } == true)
    #expect(run.elasticity.underProvisioned == .minutes(9))
    #expect(run.elasticity.overProvisioned == .minutes(2))
    #expect(run.elasticity.timeShares.map { [$0.under, $0.over] } == [0.3, 0.2])
    #expect(run.elasticity.timeToCapacity == .minutes(3))
    // Eight machines for ten minutes.
    #expect(abs(run.owned - 4) < 1e-12)
    let oracle = RunEconomics(
      bill: Bill(billed: .minutes(30), dollars: 3), busy: .minutes(25), good: 8000)
    #expect(run.regret(against: oracle) == 1)
  }

  @Test func `nothing is nothing, and never is nil`() {
    let empty = RunEconomics()
    #expect(empty.wasteShare == nil)
    #expect(empty.dollarsPerThousand == nil)
    #expect(empty.goodput == nil)
    #expect(empty.elasticity.timeShares == nil)
    #expect(empty.elasticity.timeToCapacity == nil)
    #expect(empty.owned == 0)
    // Capacity that never comes is not reached, whatever came before.
    #expect(Elasticity(Self.stretches.dropLast()).timeToCapacity == nil)
    let again = Elasticity(Self.stretches + Self.stretches[1...2] + [Self.stretches[1]])
    #expect(again.timeToCapacity == nil)
    var short = run
    short.busy = .hours(9)
    #expect(short.waste == .zero)
  }
}
