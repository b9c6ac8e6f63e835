public import Simulation

/// Takes servers out of use for a while by how their answers compare.
///
/// Three ways out: errors in a row; a success rate below the mean of all by 1.9 standard
/// deviations; too many errors. Every interval counts anew. Source: Envoy, outlier_detection_impl.cc;
/// gRFC A50. An error is a try that was not answered, as in A50. Here a server is back as soon as
/// its time is over, where Envoy looks once an interval.
public struct OutlierEjection: Sendable {
  /// How long an interval is.
  public static let period = Duration.seconds(10)
  /// So many errors in a row eject a server.
  public var consecutiveErrors = 5
  /// By how many standard deviations below the mean a success rate may be.
  public var deviations = 1.9
  /// This percentage of errors ejects a server.
  public var failurePercentage = 85.0
  /// With fewer servers that have enough requests, rates and percentages are not compared.
  public var leastHosts = 5
  /// With fewer requests in an interval, a server's success rate does not count.
  public var leastRequests = 100
  /// With fewer requests in an interval, a server's percentage of errors does not count.
  public var leastRequestsForPercentage = 50
  /// At most this percentage of servers is ejected at a time; a first one always may be.
  public var maxPercent = 10.0
  /// How long the first ejection lasts; the n-th lasts n times as long.
  public var baseTime = Duration.seconds(30)
  /// How long an ejection lasts at most.
  public var maxTime = Duration.seconds(300)

  /// What is known of a server.
  private struct Record: Sendable {
    var errorsInARow = 0
    var successes = 0
    var requests = 0
    /// How often it was ejected, less one for each good interval.
    var ejections = 0
    /// Until when it is out of use.
    var until = Instant.zero
  }

  private var records = PerServer(Record())
  /// Those that the percentage counts.
  private var servers: [ServerID] = []

  /// Nobody was heard of; ejecting needs to know the servers.
  public init(servers: [ServerID] = []) { self.servers = servers }

  /// Which servers there are from now on.
  public mutating func changed(servers: [ServerID]) { self.servers = servers }

  /// Whether a server is out of use; O(1).
  public func isEjected(_ server: ServerID, at now: Instant) -> Bool {
    now < records[server].until
  }

  /// Takes in how a try ended; the fifth error in a row ejects the server at once.
  public mutating func heard(_ outcome: Outcome, from server: ServerID, at now: Instant) {
    records[server].requests += 1
    guard outcome != .answered else {
      records[server].successes += 1
      records[server].errorsInARow = 0
      return
    }
    records[server].errorsInARow += 1
    guard records[server].errorsInARow >= consecutiveErrors else { return }
    records[server].errorsInARow = 0
    eject(server, at: now)
  }

  /// Ends an interval: forgives, compares the servers, and counts anew; O(n).
  public mutating func interval(at now: Instant, servers: [ServerID]) {
    self.servers = servers
    for server in servers where !isEjected(server, at: now) {
      // One good interval lies between coming back and being forgiven.
      if now - records[server].until >= Self.period, records[server].ejections > 0 {
        records[server].ejections -= 1
      }
    }
    ejectByRate(at: now)
    ejectByPercentage(at: now)
    for index in 0..<records.count {
      records[ServerID(index)].requests = 0
      records[ServerID(index)].successes = 0
    }
  }

  /// Mean and population standard deviation of some success rates, and what is too low.
  public static func threshold(_ rates: [Double], deviations: Double)
    -> (mean: Double, deviation: Double, threshold: Double)
  {
    guard !rates.isEmpty else { return (0, 0, 0) }
    let mean = rates.reduce(0, +) / Double(rates.count)
    let squares = rates.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let deviation = (squares / Double(rates.count)).squareRoot()
    return (mean, deviation, mean - deviations * deviation)
  }

  /// Those in use with enough requests, and the percentage of their tries that were answered.
  private func rates(from least: Int, at now: Instant) -> [(server: ServerID, rate: Double)] {
    servers.compactMap { server in
      let record = records[server]
      guard record.requests >= max(1, least), !isEjected(server, at: now) else { return nil }
      return (server, 100 * Double(record.successes) / Double(record.requests))
    }
  }

  private mutating func ejectByRate(at now: Instant) {
    let rates = rates(from: leastRequests, at: now)
    guard !rates.isEmpty, rates.count >= leastHosts else { return }
    let bound = Self.threshold(rates.map(\.rate), deviations: deviations).threshold
    for (server, rate) in rates where rate < bound { eject(server, at: now) }
  }

  private mutating func ejectByPercentage(at now: Instant) {
    let rates = rates(from: leastRequestsForPercentage, at: now)
    guard !rates.isEmpty, rates.count >= leastHosts else { return }
    for (server, rate) in rates where 100 - rate >= failurePercentage { eject(server, at: now) }
  }

  /// Ejects a server if the percentage leaves room.
  private mutating func eject(_ server: ServerID, at now: Instant) {
    guard !isEjected(server, at: now) else { return }
    let ejected = servers.count { isEjected($0, at: now) }
    let percent = 100 * Double(ejected + 1) / Double(max(1, servers.count))
    guard percent <= maxPercent || ejected == 0 else { return }
    if baseTime * records[server].ejections < maxTime + baseTime { records[server].ejections += 1 }
    records[server].until = now + min(baseTime * records[server].ejections, maxTime)
  }
}
