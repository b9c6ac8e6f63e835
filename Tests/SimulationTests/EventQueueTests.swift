import Simulation
import Testing

struct EventQueueTests {
  private typealias Queue = EventQueue<Int32>

  private func key(_ event: Queue.Event) -> [Int64] {
    [event.time.nanoseconds, Int64(event.kind), Int64(event.number), Int64(event.payload)]
  }

  private func drained(_ queue: Queue) -> [[Int64]] {
    var queue = queue
    var events: [[Int64]] = []
    while let event = queue.popFirst() { events.append(key(event)) }
    return events
  }

  private func event(_ time: Int64, _ kind: UInt8, _ number: UInt64) -> Queue.Event {
    Queue.Event(
      time: Instant(nanoseconds: time), kind: kind, number: number, payload: Int32(number % 1000))
  }

  @Test
  func orderIsTimeThenKindThenNumber() {
    var queue = Queue()
    for event in [event(2, 0, 0), event(1, 2, 0), event(1, 1, 9), event(1, 1, 3), event(-1, 9, 9)] {
      queue.insert(event)
    }
    #expect(
      drained(queue).map { $0.dropLast() } == [
        [-1, 9, 9], [1, 1, 3], [1, 1, 9], [1, 2, 0], [2, 0, 0],
      ])
  }

  /// Few times and kinds, so that most comparisons are decided by a tie rule.
  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func randomOperationsMatchASortedList(seed: UInt64) {
    var stream = RandomStream(seed: seed, purpose: "test", name: "queue")
    var queue = Queue()
    var list: [Queue.Event] = []
    for number in 0..<5000 as Range<UInt64> {
      switch stream.index(below: 100) {
      case 0..<55:
        let new = event(Int64(stream.index(below: 50)), UInt8(stream.index(below: 3)), number)
        queue.insert(new)
        list.insert(new, at: list.firstIndex { new.precedes($0) } ?? list.endIndex)
      case 55..<99:
        let expected = list.isEmpty ? nil : list.removeFirst()
        #expect(queue.next.map(key) == expected.map(key))
        #expect(queue.popFirst().map(key) == expected.map(key))
      default:
        let divisor = UInt64(stream.index(below: 4) + 2)
        queue.remove { $0.number % divisor == 0 }
        list.removeAll { $0.number % divisor == 0 }
      }
      #expect(queue.count == list.count)
      #expect(queue.isEmpty == list.isEmpty)
    }
    #expect(drained(queue) == list.map(key))
  }

  @Test(arguments: 0...20)
  func removalKeepsTheOrderAtEverySize(count: UInt64) {
    var queue = Queue()
    for number in 0..<count { queue.insert(event(Int64(number * 7 % 21), 0, number)) }
    var rest = queue
    rest.remove { $0.number % 3 == 1 }
    let expected = drained(queue).filter { $0[2] % 3 != 1 }
    #expect(drained(rest) == expected)
    rest.remove { _ in true }
    #expect(rest.isEmpty)
    #expect(rest.popFirst().map(key) == nil)
  }

  @Test
  func aCopyIsASnapshot() {
    var queue = Queue()
    for number in 0..<10 as Range<UInt64> { queue.insert(event(Int64(number), 0, number)) }
    let before = drained(queue)
    let copy = queue
    _ = queue.popFirst()
    queue.insert(event(-1, 0, 99))
    #expect(drained(copy) == before)
  }
}
