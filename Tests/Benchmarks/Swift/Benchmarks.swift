import Cloud
import Simulation

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Runs the model that the peers beside it run, and prints one line of JSON.
@main
struct Benchmarks {
  static func main() {
    guard let options = Options(Array(CommandLine.arguments.dropFirst())) else {
      let message = Options.usage + "\n"
      _ = message.withCString { write(STDERR_FILENO, $0, message.utf8.count) }
      exit(2)
    }
    let members =
      switch options.scenario {
      case .queues: queues(options)
      case .sale: SaleScenario(options: options).run()
      case .boots: BootScenario(options: options).run()
      case .names:
        ["\"balancers\":[\(Balancers.all.map { "\"\($0.name)\"" }.joined(separator: ","))]"]
      }
    print("{\(members.joined(separator: ","))}")
  }

  /// Times the peers' model; the members of the object to print.
  static func queues(_ options: Options) -> [String] {
    let servers = options.servers ?? 10
    var world = World(seed: options.seed)
    world.use(options.balancer.init())
    _ = world.spawn(servers, ServerSpec())
    world.begin(
      Load(
        shape: .poisson(perSecond: Double(servers) * options.load / 0.1),
        work: .exponential(mean: 100e6),
        timeout: options.timeout.map { Duration(seconds: $0) }, retries: options.retries))
    world.beginMeasurement()
    let start = cpuSeconds()
    world.advance(until: Stop(settled: options.requests))
    let seconds = cpuSeconds() - start
    return describe(world.measurement, options, servers, seconds)
  }

  /// The members of the object to print.
  static func describe(
    _ result: Measurement, _ options: Options, _ servers: Int, _ seconds: Double
  ) -> [String] {
    let counts = result.counts
    var members = [
      "\"name\":\"nepho\"", "\"servers\":\(servers)", "\"requests\":\(options.requests)",
      "\"seconds\":\(seconds)", "\"mean\":\((result.latency.mean ?? 0) / 1e9)",
      "\"p99\":\(Double(result.latency.percentile(99) ?? 0) / 1e9)",
      "\"arrived\":\(counts.arrived)", "\"completed\":\(counts.completed)",
      "\"timedOut\":\(counts.timedOut)", "\"tries\":\(counts.arrived + counts.retried)",
    ]
    // The engine's wait is that of the answered try; the peers' counts from the first one.
    if options.retries == 0 { members.append("\"wait\":\((result.wait.mean ?? 0) / 1e9)") }
    return members
  }

  /// Processor time of this process, in seconds.
  static func cpuSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
