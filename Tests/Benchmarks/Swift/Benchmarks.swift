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
    let options = Options(CommandLine.arguments)
    var world = World(seed: options.seed)
    world.use(TwoChoices())
    var spec = ServerSpec()
    spec.cpu = 1
    _ = world.spawn(options.servers, spec)
    let rate = Double(options.servers) * options.load / 0.1
    world.begin(
      Load(
        shape: .poisson(perSecond: rate), work: .exponential(mean: 100e6),
        timeout: options.timeout.map { Duration(seconds: $0) }, retries: options.retries))
    world.beginMeasurement()
    let start = cpuSeconds()
    world.advance(until: Stop(settled: options.requests))
    let seconds = cpuSeconds() - start
    let result = world.measurement
    print(
      """
      {"name":"nepho","servers":\(options.servers),"requests":\(options.requests),\
      "seconds":\(seconds),"mean":\((result.latency.mean ?? 0) / 1e9),\
      "p99":\(Double(result.latency.percentile(99) ?? 0) / 1e9),\
      "completed":\(result.counts.completed),"timedOut":\(result.counts.timedOut)}
      """)
  }

  /// Processor time of this process, in seconds.
  static func cpuSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

/// What the command line asks for; unknown words are ignored.
struct Options {
  var servers = 10
  var requests = 1_000_000
  var load = 0.8
  var timeout: Double?
  var retries = 0
  var seed: UInt64 = 1

  init(_ arguments: [String]) {
    for (flag, value) in zip(arguments, arguments.dropFirst()) {
      switch flag {
      case "--servers": servers = Int(value) ?? servers
      case "--requests": requests = Int(value) ?? requests
      case "--load": load = Double(value) ?? load
      case "--timeout": timeout = Double(value)
      case "--retries": retries = Int(value) ?? retries
      case "--seed": seed = UInt64(value) ?? seed
      default: break
      }
    }
  }
}
