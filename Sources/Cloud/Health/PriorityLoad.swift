/// How load spreads over priorities by how many of their servers are healthy, in whole percents.
///
/// Source: Envoy, load_balancer_impl.cc. A priority is as available as its healthy share times the
/// overprovisioning factor, at most 100 %; load goes to the first ones, and spills over what they
/// cannot take, to healthy servers first and then to degraded ones. Too few healthy: panic, all of
/// its servers are used.
public struct PriorityLoad: Hashable, Sendable {
  /// The servers of a priority.
  public struct Priority: Hashable, Sendable {
    /// All of them.
    public var hosts: Int
    /// Those that are healthy.
    public var healthy: Int
    /// Those that are worse than healthy but usable.
    public var degraded: Int
    /// Those that do not count, such as ones that were not checked yet.
    public var excluded: Int

    /// Counts of servers; negative ones are zero.
    public init(hosts: Int, healthy: Int, degraded: Int = 0, excluded: Int = 0) {
      self.hosts = Self.count(hosts)
      self.healthy = Self.count(healthy)
      self.degraded = Self.count(degraded)
      self.excluded = Self.count(excluded)
    }

    private static func count(_ count: Int) -> Int { min(max(0, count), 1 << 40) }

    /// Those that count.
    fileprivate var counted: Int { hosts - excluded }

    fileprivate func percent(of servers: Int, factor: Int) -> Int {
      counted > 0 ? min(100, factor * servers / counted) : 0
    }

    fileprivate func isPanicking(below threshold: Int) -> Bool {
      guard counted > 0 else { return threshold > 0 }
      let usable =
        100 * Double(healthy) / Double(counted) + 100 * Double(degraded) / Double(counted)
      return usable < Double(threshold)
    }
  }

  /// Whether a server is taken from the healthy or from the degraded ones.
  public enum Condition: Hashable, Sendable {
    /// From the healthy ones; in panic from all.
    case healthy
    /// From the degraded ones.
    case degraded
  }

  /// By priority, the percentage of load for its healthy servers; for all of them in panic.
  public private(set) var healthy: [Int]
  /// By priority, the percentage of load for its degraded servers.
  public private(set) var degraded: [Int]
  /// By priority, whether all of its servers are used.
  public private(set) var panics: [Bool]

  /// The spread over priorities, the most wanted first; factor and threshold are in percent.
  public init(_ priorities: [Priority], overprovisioning: Int = 140, panicThreshold: Int = 50) {
    let factor = min(max(0, overprovisioning), 1_000_000)
    let threshold = min(max(0, panicThreshold), 100)
    healthy = priorities.map { _ in 0 }
    degraded = healthy
    let well = priorities.map { $0.percent(of: $0.healthy, factor: factor) }
    let poor = priorities.map { $0.percent(of: $0.degraded, factor: factor) }
    let available = min(100, well.reduce(0, +) + poor.reduce(0, +))
    panics = priorities.map { available < 100 && $0.isPanicking(below: threshold) }
    if available > 0 { distribute(well, poor, available: available) }
    if !panics.contains(false) { distributeByHosts(priorities.map(\.hosts)) }
  }

  private mutating func distribute(_ well: [Int], _ poor: [Int], available: Int) {
    var left = 100
    for priority in well.indices {
      healthy[priority] = min(left, well[priority] * 100 / available)
      left -= healthy[priority]
    }
    for priority in poor.indices {
      degraded[priority] = min(left, poor[priority] * 100 / available)
      left -= degraded[priority]
    }
    // What rounding has left over.
    if let first = well.firstIndex(where: { $0 > 0 }) {
      healthy[first] += left
    } else if let first = poor.firstIndex(where: { $0 > 0 }) {
      degraded[first] += left
    }
  }

  /// Total panic: by the number of servers, whatever their state.
  private mutating func distributeByHosts(_ hosts: [Int]) {
    degraded = hosts.map { _ in 0 }
    let sum = hosts.reduce(0, +)
    guard let first = hosts.firstIndex(where: { $0 > 0 }) else {
      if !healthy.isEmpty { healthy[0] = 100 }
      return
    }
    healthy = hosts.map { 100 * $0 / sum }
    healthy[first] += 100 - healthy.reduce(0, +)
  }

  /// The priority for a request's hash, and from which of its servers; nil when there is no load.
  ///
  /// r = hash mod 100 + 1; the first priority whose sum of percentages reaches r.
  public func choose(_ hash: UInt64) -> (priority: Int, from: Condition)? {
    let number = Int(hash % 100) + 1
    var sum = 0
    for (condition, loads) in [(Condition.healthy, healthy), (.degraded, degraded)] {
      for (priority, load) in loads.enumerated() {
        sum += load
        if number <= sum { return (priority, condition) }
      }
    }
    return nil
  }
}
