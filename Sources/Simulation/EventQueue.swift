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
    heap.withUnsafeMutableBufferPointer { Self.sink(last, from: 0, in: $0) }
    return first
  }

  /// Takes out all events that satisfy a condition.
  ///
  /// Complexity: O(n).
  @inlinable
  public mutating func remove(where condition: (Event) -> Bool) {
    heap.removeAll(where: condition)
    heap.withUnsafeMutableBufferPointer { heap in
      for index in (0..<(heap.count + 2) / 4).reversed() {
        Self.sink(heap[index], from: index, in: heap)
      }
    }
  }

  /// Puts an event into the hole at an index or below it, wherever the order wants it.
  @inlinable
  static func sink(_ event: Event, from start: Int, in heap: UnsafeMutableBufferPointer<Event>) {
    guard start < heap.count else { return }
    var hole = start
    while true {
      let child = 4 &* hole &+ 1
      guard child < heap.count else { break }
      var earliest = child
      var other = child &+ 1
      let end = min(child &+ 4, heap.count)
      while other < end {
        if heap[other].precedes(heap[earliest]) { earliest = other }
        other &+= 1
      }
      guard heap[earliest].precedes(event) else { break }
      heap[hole] = heap[earliest]
      hole = earliest
    }
    heap[hole] = event
  }
}
