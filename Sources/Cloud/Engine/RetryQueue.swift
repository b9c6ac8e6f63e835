import Simulation

/// Tries that are sent again: at once, in order, or when their client has waited.
struct RetryQueue: Sendable {
  struct Retry: BitwiseCopyable, Sendable {
    var time: Int64
    var id: UInt64
    var arrival: Int64
    var work: Int64
    var load: UInt16
    /// Whether a copy of it was made before.
    var isHedged: Bool
    var detail: RequestDetail
  }

  private var retries: [Retry] = []
  private var head = 0
  private var waiting = EventQueue<Retry>()

  /// The next one; of those at one instant, the ones whose client has waited come first.
  var first: Retry? {
    let present = head < retries.count ? retries[head] : nil
    guard let waited = waiting.next?.payload else { return present }
    return present.map { $0.time < waited.time ? $0 : waited } ?? waited
  }

  mutating func append(_ retry: Retry, waits: Bool) {
    guard waits else { return retries.append(retry) }
    waiting.insert(
      EventQueue.Event(
        time: Instant(nanoseconds: retry.time), kind: 0, number: retry.id, payload: retry))
  }

  mutating func removeFirst() {
    if let waited = waiting.next, head == retries.count || retries[head].time >= waited.payload.time
    {
      _ = waiting.popFirst()
      return
    }
    guard head < retries.count else { return }
    head += 1
    if head == retries.count {
      retries.removeAll(keepingCapacity: true)
      head = 0
    }
  }
}
