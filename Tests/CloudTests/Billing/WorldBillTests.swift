import Cloud
import Simulation
import TestSupport
import Testing

/// What a world is charged when servers start and stop at given times.
@Suite("Bills of a world")
struct WorldBillTests {
  private struct Recording: Decodable {
    struct Case: Decodable {
      var model: String
      var runs: [[Int64]]
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

  /// Each server is rented, runs, is given back, and another is rented in its place a minute later:
  /// a machine that is started again opens a new bill.
  @Test(.enabled(if: Vectors.has("scaling/billing.json"), "\(Vectors.missing)"))
  func `servers that come and go are charged as clouds charge`() throws {
    let recording = try Vectors.decode(Recording.self, from: "scaling/billing.json")
    #expect(recording.cases.count >= 11)
    for item in recording.cases {
      var world = World()
      let isHourly = item.model == "hourly_ceil"
      world.billing = isHourly ? .hourly : .perSecond()
      var spec = ServerSpec()
      spec.price = 3600
      for run in item.runs {
        for seconds in run {
          let id = world.spawn(1, spec)
          world.run(.seconds(seconds))
          world.stop(id)
          world.run(.minutes(1))
        }
      }
      let expected = isHourly ? item.hours.map { $0 * 3600 } : item.seconds
      #expect(abs(world.dollars - Double(try #require(expected))) < 1e-6)
      #expect(world.hourlyDollars == 0)
    }
  }

  /// Boots are paid, crashes end the bill, a change of size is paid at each price for its time.
  @Test func `what a server is paid for`() {
    var world = World()
    world.billing = .perSecond(minimum: .zero)
    var spec = ServerSpec()
    spec.price = 36
    spec.boot = .seconds(100)
    _ = world.spawn(2, spec)
    world.run(.seconds(200))
    #expect(abs(world.dollars - 4) < 1e-9)
    _ = world.kill([ServerID(0)])
    spec.price = 72
    world.resize(ServerID(1), to: spec, restart: false)
    world.run(.seconds(100))
    #expect(abs(world.dollars - 6) < 1e-9)
  }

  /// Five sizes within 50 s are one start, and a restart is another.
  @Test func `a change of size in place opens no new bill`() {
    func billed(_ rule: BillingRule, restart: Bool) -> Duration {
      var world = World()
      world.billing = rule
      var spec = ServerSpec()
      spec.price = 1
      let id = world.spawn(1, spec)[0]
      for _ in 1...5 {
        world.run(.seconds(10))
        spec.price = (spec.price ?? 1) + 1
        world.resize(id, to: spec, restart: restart)
      }
      world.run(.seconds(50))
      return world.serverTime.billed
    }
    #expect(billed(.perSecond(), restart: false) == .seconds(100))
    #expect(billed(.hourly, restart: false) == .hours(1))
    #expect(billed(.perSecond(), restart: true) == .seconds(360))
  }

  /// Booted for 40 s, stopped for 80 s, then started: two starts.
  @Test func `a server of a pool starts twice`() {
    var world = World()
    world.billing = .perSecond()
    var provisioning = Provisioning()
    provisioning.boot = .constant(40e9)
    provisioning.pool = Provisioning.Pool(WarmPool(maxPrepared: 1))
    var scheduled = Scheduled()
    scheduled.times = [Scheduled.Entry(at: 120, until: 1000, count: 1)]
    world.scale(
      Scaler(policy: scheduled, bounds: 0...1, provisioning: provisioning))
    world.run(.seconds(50))
    #expect(world.serverTime.billed == .seconds(60))
    world.run(.seconds(60))
    #expect(world.serverTime.billed == .seconds(110))
    world.run(.seconds(20))
    #expect(world.serverTime.billed == .seconds(120 + 60))
  }

  /// An hour with three of four slots busy is 45 min of a server's work.
  @Test func `work in another size counts as it was`() throws {
    var world = World()
    var spec = ServerSpec()
    spec.cpu = 4
    let id = world.spawn(1, spec)[0]
    world.beginMeasurement()
    world.send(3, work: .constant(3600e9))
    world.run(.hours(1))
    spec.cpu = 1
    world.resize(id, to: spec, restart: false)
    world.run(.hours(1))
    #expect(world.serverTime.busy == .minutes(45))
    #expect(world.measurement.economics.busy == .minutes(45))
    let share = try #require(world.measurement.servers.first?.utilisation)
    #expect(abs(share - 0.375) < 1e-12)
  }

  /// Two promised for $1, and up to three at $2: 10 h of two, and one of them alone for 4 h.
  @Test func `what is promised is paid always, in a world too`() {
    var world = World()
    world.billing = .reserved(Commitment(count: 2, pricePerHour: 1))
    var spec = ServerSpec()
    spec.price = 2
    #expect(world.hourlyDollars == 2)
    let servers = world.spawn(3, spec)
    #expect(world.hourlyDollars == 4)
    world.beginMeasurement()
    world.run(.hours(4))
    world.stop(Array(servers.dropFirst()))
    world.run(.hours(6))
    #expect(abs(world.dollars - 28) < 1e-9)
    #expect(abs(world.measurement.cost - 28) < 1e-9)
    #expect(world.hourlyDollars == 2)
  }

  /// 1000 requests of 100.5 ms on 512 MiB, 10 of which nobody waits for, and no server paid.
  @Test func `requests are paid one by one`() {
    var world = World()
    var spec = ServerSpec()
    spec.memory = 1 << 30
    spec.cpu = 2
    _ = world.spawn(1, spec)
    world.run(.hours(1))
    let price = RequestPrice(perMillion: 1000, perGibibyteSecond: 0.5)
    world.billing = .perRequest(price)
    #expect(world.dollars == 0)
    world.begin(.requests(990, gap: .seconds(1), work: .microseconds(100_500), name: "a"))
    world.begin(
      .requests(
        10, gap: .seconds(1), work: .microseconds(100_500), timeout: .milliseconds(50), name: "b"))
    world.beginMeasurement()
    world.run(.hours(1))
    #expect(world.measurement.counts.timedOut == 10)
    #expect(world.measurement.economics.bill.billed == .milliseconds(101_000))
    #expect(abs(world.measurement.cost - (1 + 101 * 0.5 * 0.5)) < 1e-9)
    #expect(world.hourlyDollars == 0)
    world.billing = .perRequest(price)
    #expect(world.dollars > 26)
    world.billing = .perSecond()
    #expect(abs(world.dollars - 0.16) < 1e-9)
  }
}
