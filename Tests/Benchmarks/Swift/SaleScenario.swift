import Cloud
import Simulation

/// A flash sale: what a fleet costs that grows from two servers to many and back, beside one that
/// has them all from the start and meets the same requests.
struct SaleScenario {
  let options: Options
  /// Servers at the top.
  var servers: Int { options.servers ?? 2000 }

  /// The members of the object to print.
  func run() -> [String] {
    var fixed = world(servers: servers)
    let still = time(&fixed)
    var scaled = world(servers: 2)
    scaled.scale(scaler)
    let moving = time(&scaled)
    let actions = scaled.actions
    return [
      "\"name\":\"nepho\"", "\"scenario\":\"sale\"", "\"balancer\":\"\(options.balancer.name)\"",
      "\"servers\":\(servers)", "\"requests\":\(scaled.arrived)", "\"seconds\":\(moving)",
      "\"fixed\":\(still)", "\"ratio\":\(moving / still)",
      "\"boots\":\(actions.reduce(0) { $0 + $1.added.count })",
      "\"drains\":\(actions.reduce(0) { $0 + $1.removed.count })",
      "\"mean\":\((scaled.measurement.latency.mean ?? 0) / 1e9)",
    ]
  }

  /// A world at the beginning of the sale.
  private func world(servers: Int) -> World {
    var world = World(seed: options.seed)
    world.use(options.balancer.init())
    _ = world.spawn(servers, ServerSpec())
    let peak = Double(self.servers) * options.load / 0.1
    world.begin(
      Load(
        shape: .sale(
          Sale(base: 10, peak: peak, rise: .seconds(300), halfLife: .seconds(60))),
        work: .exponential(mean: 100e6),
        timeout: options.timeout.map { Duration(seconds: $0) }, retries: options.retries))
    world.beginMeasurement()
    return world
  }

  /// Asks for all servers at the top; each boots for a time of its own, so that nearly every boot
  /// is a change of the fleet of its own.
  private var scaler: Scaler {
    var policy = Demand()
    policy.target = options.load * 0.75 / 0.1
    var provisioning = Provisioning()
    provisioning.boot = .uniform(5e9, 15e9)
    return Scaler(policy: policy, bounds: 2...servers, provisioning: provisioning)
  }

  /// Processor seconds of the twenty minutes in which the sale comes and goes.
  private func time(_ world: inout World) -> Double {
    let start = Benchmarks.cpuSeconds()
    world.advance(until: Stop(time: .zero + .seconds(1200)))
    return Benchmarks.cpuSeconds() - start
  }
}
