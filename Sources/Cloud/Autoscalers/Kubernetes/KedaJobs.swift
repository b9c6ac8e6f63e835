/// How many jobs KEDA starts for a queue.
///
/// Source: kedacore/keda, `pkg/scaling/executor/scale_jobs.go`.
package enum KedaJobStrategy: Hashable, Sendable {
  /// As many as are asked for, less those that run.
  case `default`
  /// As many as are asked for, less a number and less a share of those that run.
  case custom(deduction: Int, runningShare: Double)
  /// For a queue whose entries leave it when they are taken: less those that wait to start.
  case accurate
  /// As many as fit at once.
  case eager

  /// The jobs to start: no more than `most` of `wanted`.
  package struct Plan: Hashable, Sendable {
    /// At most so many, never less than zero.
    package var most: Int
    /// So many are wanted.
    package var wanted: Int
  }

  /// The jobs to start beside those that run, some of which are pending.
  ///
  /// With a `fewest` above zero that many are kept running whatever the queue.
  package func plan(
    queue: Int, running: Int, pending: Int, atMost limit: Int, wanted: Int, fewest: Int = 0
  ) -> Plan {
    if fewest > running { return Plan(most: fewest - running, wanted: fewest - running) }
    let extra = running - max(0, fewest)
    let most =
      switch self {
      case .default: queue - extra
      case .custom(let deduction, let share):
        min(queue - deduction - Int(within: Double(extra) * share), limit)
      case .accurate: min(queue - pending, limit - extra)
      case .eager: min(limit - extra - pending, queue)
      }
    return Plan(most: max(0, most), wanted: self == .eager ? limit : wanted)
  }
}
