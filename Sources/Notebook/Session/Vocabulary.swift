import Cloud
import Simulation

/// A name that expressions know, and how its value is found.
struct Named<Subject>: Sendable {
  /// The name, its unit and one line about it.
  let entry: Scope.Entry
  /// Its value; nil while there is none.
  let value: @Sendable (Subject) -> Quantity?

  /// A name whose value is a number.
  init(
    _ name: String, _ unit: Unit, _ summary: String, of whole: String? = nil,
    _ value: @escaping @Sendable (Subject) -> Double?
  ) {
    entry = Scope.Entry(name, unit, summary, of: whole)
    self.value = { subject in value(subject).map { Quantity($0, unit) } }
  }

  /// A name whose value is one of some words.
  init(
    _ name: String, words: [String], _ summary: String,
    _ value: @escaping @Sendable (Subject) -> String
  ) {
    entry = Scope.Entry(name, .name, summary, words: words)
    self.value = { Quantity(name: value($0)) }
  }
}

/// A server as expressions see it: what it is now, and what it did while something was measured.
struct ServerView {
  var server: Server
  var share: Measurement.ServerShare?
}

/// Every name that expressions know.
enum Vocabulary {
  /// What holds now.
  static let present: [Named<World>] = [
    Named("servers", .number, "servers in service") { Double($0.count(of: .inService)) },
    Named("booting", .number, "servers that are booting") { Double($0.count(of: .booting)) },
    Named("warming", .number, "servers in service that are not warm yet") { world in
      Double(world.servers.count { $0.isWarming && $0.state == .inService })
    },
    Named("pooled", .number, "servers in warm pools") { Double($0.count(of: .pooled)) },
    Named("crashed", .number, "servers that are down") { Double($0.count(of: .crashed)) },
    Named("draining", .number, "servers that are draining") { Double($0.count(of: .draining)) },
    Named("queue", .number, "requests that wait on servers") { world in
      world.servers.reduce(0) { $0 + Double($1.queued) }
    },
    Named("active", .number, "requests on servers, in service and waiting") { world in
      world.servers.reduce(0) { $0 + Double($1.active) }
    },
    Named("offered", .ratio, "the load as a share of capacity") { $0.offered },
    Named("balancer", words: Balancers.all.map { $0.name }, "the balancing algorithm") {
      type(of: $0.balancer).name
    },
    Named("time", .seconds, "time since the start") { $0.now.seconds },
    Named("seed", .number, "what all chance derives from") { Double($0.seed) },
    Named("scaler.wanted", .number, "servers the autoscalers want") { world in
      world.autoscalers.compactMap(\.wanted).max().map { Double($0) }
    },
  ]

  /// What was measured.
  static let measured: [Named<Measurement>] = [counts, latency, wait, totals].flatMap { $0 }

  private static let counts: [Named<Measurement>] = [
    Named("duration", .seconds, "how long was measured") { $0.duration.seconds },
    Named("rate", .rate, "requests that arrived per second") {
      $0.duration > .zero ? Double($0.counts.arrived) / $0.duration.seconds : nil
    },
    Named("throughput", .rate, "requests completed per second") {
      $0.duration > .zero ? $0.throughput : nil
    },
    Named("utilisation", .ratio, "share of the slots in service that was busy") {
      $0.utilisation
    },
    Named("arrived", .number, "requests that arrived") { Double($0.counts.arrived) },
    Named("completed", .number, "requests that were answered", of: "arrived") {
      Double($0.counts.completed)
    },
    Named("failed", .number, "requests whose server died", of: "arrived") {
      Double($0.counts.failed)
    },
    Named("refused", .number, "requests that were turned away", of: "arrived") {
      Double($0.counts.refused)
    },
    Named("timed-out", .number, "requests whose client gave up", of: "arrived") {
      Double($0.counts.timedOut)
    },
    Named("limited", .number, "requests that a limit turned away", of: "arrived") {
      Double($0.counts.limited)
    },
    Named("in-flight", .number, "requests that were not over", of: "arrived") {
      Double($0.counts.inFlight)
    },
    Named("retried", .number, "tries beyond each request's first") {
      Double($0.counts.retried)
    },
    Named("hedged", .number, "copies of first tries that had no answer in time") {
      Double($0.counts.hedged)
    },
  ]

  private static let latency = spread("latency", "time from sending to the answer") { $0.latency }

  private static let wait = spread("wait", "time until service began") { $0.wait }

  private static let totals: [Named<Measurement>] = [
    Named("cost.total", .dollars, "dollars paid") { $0.cost },
    Named("cost.hourly", .dollars, "dollars per hour for the servers at the end") { $0.hourly },
    Named("cost.per-thousand", .dollars, "dollars for a thousand good requests") {
      $0.economics.dollarsPerThousand
    },
    Named("cost.owned", .dollars, "dollars for the peak's servers, had they been owned") {
      $0.economics.owned
    },
    Named("objective", .seconds, "the longest latency of a good answer") {
      $0.economics.limit.seconds
    },
    Named("good", .number, "requests answered within the objective", of: "arrived") {
      Double($0.economics.good)
    },
    Named("goodput", .rate, "good requests per second") { $0.economics.goodput },
    Named("waste", .ratio, "share of the paid server-time that was not at work") {
      $0.economics.wasteShare
    },
    Named("minutes-out", .number, "minutes in which over 1% missed the objective") {
      Double($0.economics.minutesOutOfObjective)
    },
    Named("time-to-capacity", .seconds, "the longest time from too few servers to enough") {
      $0.economics.elasticity.timeToCapacity?.seconds
    },
    Named("under-provisioned", .seconds, "server-time that was needed and not there") {
      $0.economics.elasticity.underProvisioned.seconds
    },
    Named("over-provisioned", .seconds, "server-time that was there and not needed") {
      $0.economics.elasticity.overProvisioned.seconds
    },
    Named("scaler.actions", .number, "times autoscalers changed the fleet") {
      Double($0.actions.count)
    },
  ]

  /// What can be asked of a server.
  static let server: [Named<ServerView>] = [
    Named("active", .number, "requests it has, in service and waiting") {
      Double($0.server.active)
    },
    Named("queued", .number, "requests that wait on it") { Double($0.server.queued) },
    Named("picked", .number, "requests it was given in the last run") {
      $0.share.map { Double($0.picked) }
    },
    Named("completed", .number, "requests it completed in the last run") {
      $0.share.map { Double($0.completed) }
    },
    Named("utilisation", .ratio, "share of its slots busy in the last run") {
      $0.share?.utilisation
    },
    Named("cpu", .number, "requests it serves at once") { Double($0.server.spec.cpu) },
    Named("speed", .number, "work it does per second on a slot") {
      $0.server.spec.speed / $0.server.slowness
    },
    Named("weight", .number, "its weight") { $0.server.spec.effectiveWeight },
    Named("memory", .bytes, "its memory") { Double($0.server.spec.memory) },
  ]

  /// The mean, percentiles and maximum of some times; seconds.
  private static func spread(
    _ name: String, _ summary: String,
    _ histogram: @escaping @Sendable (Measurement) -> Histogram
  ) -> [Named<Measurement>] {
    func percentile(_ percent: Double, _ suffix: String, _ words: String) -> Named<Measurement> {
      Named("\(name).\(suffix)", .seconds, "\(summary): \(words)") { measurement in
        histogram(measurement).percentile(percent).map { Double($0) / 1e9 }
      }
    }
    return [
      Named("\(name).mean", .seconds, "\(summary): mean") { measurement in
        histogram(measurement).mean.map { $0 / 1e9 }
      },
      percentile(50, "p50", "half are faster"), percentile(90, "p90", "90% are faster"),
      percentile(95, "p95", "95% are faster"), percentile(99, "p99", "99% are faster"),
      percentile(99.9, "p999", "99.9% are faster"), percentile(100, "max", "the slowest"),
    ]
  }
}
