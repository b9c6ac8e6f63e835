/// Timers of one constant delay: they fire in the order they were set, so a ring is enough.
struct TimerRing: Sendable {
  /// A timer of a try of a request.
  struct Timer: BitwiseCopyable, Sendable {
    var time: Int64
    var id: UInt64
    var request: Int32

    /// Whether the try is still on a server.
    @inline(__always)
    func isLive(_ c: Columns) -> Bool { c.requests[Int(request)].id == id }
  }

  let delay: Int64
  private var timers: Column<Timer>
  private var head = 0
  private(set) var count = 0

  init(delay: Int64) {
    self.delay = delay
    timers = Column(repeating: Timer(time: 0, id: 0, request: 0), count: 64)
  }

  var first: Timer? { count > 0 ? timers[head] : nil }

  /// Adds a timer and drops dead ones at the other end, so that the ring stays as short as the
  /// oldest live timer allows; O(1) amortised.
  mutating func append(_ timer: Timer, _ c: Columns) {
    for _ in 0..<2 {
      guard let first, !first.isLive(c) else { break }
      removeFirst()
    }
    if count == timers.count { grow() }
    timers.lend()[(head &+ count) & (timers.count &- 1)] = timer
    count &+= 1
  }

  mutating func removeFirst() {
    head = (head &+ 1) & (timers.count &- 1)
    count &-= 1
  }

  private mutating func grow() {
    var grown = Column<Timer>(repeating: timers[0], count: 2 * timers.count)
    for index in 0..<count { grown[index] = timers[(head + index) & (timers.count - 1)] }
    timers = grown
    head = 0
  }
}
