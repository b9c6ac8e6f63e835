/// Timers of one constant delay: they fire in the order they were set, so a ring is enough.
struct TimerRing: Sendable {
  /// A timer of a try of a request.
  struct Timer: BitwiseCopyable, Sendable {
    var time: Int64
    var id: UInt64
    var request: Int32
  }

  let delay: Int64
  private var timers: [Timer] = []
  private var head = 0

  init(delay: Int64) { self.delay = delay }

  var first: Timer? { head < timers.count ? timers[head] : nil }

  mutating func append(_ timer: Timer) {
    // The dead half is dropped at the moment the array would grow: O(1) amortised.
    if timers.count == timers.capacity, head > timers.count / 2 {
      timers.removeFirst(head)
      head = 0
    }
    timers.append(timer)
  }

  mutating func removeFirst() {
    head += 1
    if head == timers.count {
      timers.removeAll(keepingCapacity: true)
      head = 0
    }
  }
}
