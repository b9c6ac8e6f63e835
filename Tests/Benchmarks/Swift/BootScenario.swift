import Cloud
import Simulation

/// Servers that boot one by one, in no order and each at an instant of its own, under a light load
/// that makes the balancer hear of nearly every one.
struct BootScenario {
  let options: Options
  /// Servers that boot.
  var servers: Int { options.servers ?? 100_000 }

  /// The members of the object to print.
  func run() -> [String] {
    var world = World(seed: options.seed)
    world.use(options.balancer.init())
    _ = world.spawn(2, ServerSpec())
    var spec = ServerSpec()
    spec.bootTime = .uniform(0, Double(servers) * 1e6)
    _ = world.spawn(servers, spec)
    world.begin(Load(shape: .poisson(perSecond: 2000), work: .exponential(mean: 1e6)))
    let start = Benchmarks.cpuSeconds()
    world.advance(until: Stop(time: .zero + .milliseconds(Int64(servers))))
    let seconds = Benchmarks.cpuSeconds() - start
    return [
      "\"name\":\"nepho\"", "\"scenario\":\"boots\"", "\"balancer\":\"\(options.balancer.name)\"",
      "\"servers\":\(servers)", "\"requests\":\(world.arrived)", "\"seconds\":\(seconds)",
      "\"microsecondsPerBoot\":\(seconds * 1e6 / Double(servers))",
    ]
  }
}
