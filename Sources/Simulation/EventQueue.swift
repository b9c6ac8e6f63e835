/// A queue that gives up the earliest event first, by (time, kind, number).
///
/// The order is made of data alone, so a copy, a replay or another machine sees the same one.
/// Two events equal in all three come out in an order that depends on the queue's history: give
/// each its own number. A 4-ary heap in one array, because its four children share a cache line.
@frozen
public struct EventQueue<Payload: BitwiseCopyable & Sendable>: Sendable {
  /// A scheduled event.
  @frozen
  public struct Event: BitwiseCopyable, Sendable {
    /// When it happens.
    public var time: Instant
    /// What decides between events of one instant.
    public var kind: UInt8
    /// What decides between events of one instant and kind.
    public var number: UInt64
    /// What the owner wants to know when it happens.
    public var payload: Payload

    /// A scheduled event.
    @inlinable
    public init(time: Instant, kind: UInt8, number: UInt64, payload: Payload) {
      self.time = time
      self.kind = kind
      self.number = number
      self.payload = payload
    }

    /// Whether this event comes before another.
    @inlinable
    public func precedes(_ other: Self) -> Bool {
      if time != other.time { return time < other.time }
      if kind != other.kind { return kind < other.kind }
      return number < other.number
    }
  }

  @usableFromInline
  var heap: [Event] = []

  /// An empty queue.
  @inlinable
  public init() {}

  /// How many events are scheduled.
  @inlinable
  public var count: Int { heap.count }

  /// Whether none is.
  @inlinable
  public var isEmpty: Bool { heap.isEmpty }

  /// The earliest event, which stays in the queue.
  @inlinable
  public var next: Event? { heap.first }

  /// Schedules an event.
  ///
  /// Complexity: O(log n), usually O(1).
  @inlinable
  public mutating func insert(_ event: Event) {
    heap.append(event)
    var hole = heap.count - 1
    while hole > 0 {
      let parent = (hole - 1) / 4
      guard event.precedes(heap[parent]) else { break }
      heap[hole] = heap[parent]
      hole = parent
    }
    heap[hole] = event
  }

  /// Takes out the earliest event.
  ///
  /// Complexity: O(log n).
  @inlinable
  public mutating func popFirst() -> Event? {
    guard let first = heap.first, let last = heap.popLast() else { return nil }
    if !heap.isEmpty { sink(last, from: 0) }
    return first
  }

  /// Takes out all events that satisfy a condition.
  ///
  /// Complexity: O(n).
  @inlinable
  public mutating func remove(where condition: (Event) throws -> Bool) rethrows {
    // Rebuilt on a copy, so that a condition that throws leaves the queue as it was.
    var rest = self
    try rest.heap.removeAll(where: condition)
    guard rest.heap.count < heap.count else { return }
    for index in stride(from: (rest.heap.count - 2) / 4, through: 0, by: -1)
    where rest.heap.count > 1 {
      rest.sink(rest.heap[index], from: index)
    }
    self = rest
  }

  /// Puts an event into the hole at an index or below it, wherever the order wants it.
  @inlinable
  mutating func sink(_ event: Event, from start: Int) {
    var hole = start
    while true {
      let child = 4 * hole + 1
      guard child < heap.count else { break }
      var earliest = child
      for other in (child + 1)..<max(child + 1, min(child + 4, heap.count))
      where heap[other].precedes(heap[earliest]) {
        earliest = other
      }
      guard heap[earliest].precedes(event) else { break }
      heap[hole] = heap[earliest]
      hole = earliest
    }
    heap[hole] = event
  }
}
