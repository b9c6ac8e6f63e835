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
    var world = World(seed: options.seed)
    world.use(TwoChoices())
    _ = world.spawn(options.servers, ServerSpec())
    world.begin(
      Load(
        shape: .poisson(perSecond: Double(options.servers) * options.load / 0.1),
        work: .exponential(mean: 100e6),
        timeout: options.timeout.map { Duration(seconds: $0) }, retries: options.retries))
    world.beginMeasurement()
    let start = cpuSeconds()
    world.advance(until: Stop(settled: options.requests))
    let seconds = cpuSeconds() - start
    print("{\(describe(world.measurement, options, seconds).joined(separator: ","))}")
  }

  /// The members of the object to print.
  static func describe(
    _ result: Measurement, _ options: Options, _ seconds: Double
  ) -> [String] {
    let counts = result.counts
    var members = [
      "\"name\":\"nepho\"", "\"servers\":\(options.servers)", "\"requests\":\(options.requests)",
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

/// What the command line asks for.
struct Options {
  static let usage =
    "usage: Benchmarks [--servers N] [--requests R] [--load RHO] "
    + "[--timeout SECONDS --retries K] [--seed S]"

  var servers = 10
  var requests = 1_000_000
  var load = 0.8
  var timeout: Double?
  var retries = 0
  var seed: UInt64 = 1

  /// What the words ask for; nil when they are wrong.
  init?(_ words: [String]) {
    guard words.count.isMultiple(of: 2) else { return nil }
    for index in stride(from: 0, to: words.count, by: 2) {
      guard set(words[index], to: words[index + 1]) else { return nil }
    }
  }

  /// Sets what a flag names; false when there is no such flag or the value is outside its range.
  private mutating func set(_ flag: String, to value: String) -> Bool {
    switch flag {
    case "--servers": return whole(value, 2...10_000_000, \.servers)
    case "--requests": return whole(value, 1...1_000_000_000, \.requests)
    case "--retries": return whole(value, 0...100, \.retries)
    case "--load": return positive(value, upTo: 100) { $0.load = $1 }
    case "--timeout": return positive(value, upTo: 1e6) { $0.timeout = $1 }
    case "--seed":
      guard let number = UInt64(value) else { return false }
      seed = number
      return true
    default: return false
    }
  }

  private mutating func whole(
    _ value: String, _ range: ClosedRange<Int>, _ path: WritableKeyPath<Options, Int>
  ) -> Bool {
    guard let number = Int(value), range.contains(number) else { return false }
    self[keyPath: path] = number
    return true
  }

  private mutating func positive(
    _ value: String, upTo most: Double, _ store: (inout Options, Double) -> Void
  ) -> Bool {
    guard let number = Double(value), number > 0, number <= most else { return false }
    store(&self, number)
    return true
  }
}
