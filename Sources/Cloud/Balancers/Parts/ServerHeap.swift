/// A binary heap of servers, each with a key; the least key is first.
///
/// Any server can be moved or taken out: O(log n). Sifting goes as in Go's `container/heap`, step by
/// step, so that servers of equal keys come out in the very order in which they do there; keys that
/// are all different, such as ``Ranked`` ones, leave nothing to the heap.
struct ServerHeap<Key: Comparable & Sendable>: Sendable {
  private var entries: [(key: Key, server: Int)] = []
  /// By server, its place among the entries or -1.
  private var places: [Int32] = []

  /// How many servers are in it.
  var count: Int { entries.count }

  /// The server of the least key.
  var first: Int? { entries.first?.server }

  /// The key of a server, or nil when it is not in the heap.
  func key(of server: Int) -> Key? { place(of: server).map { entries[$0].key } }

  private func place(of server: Int) -> Int? {
    guard server < places.count, places[server] >= 0 else { return nil }
    return Int(places[server])
  }

  /// Adds a server that is not in the heap.
  mutating func push(_ server: Int, _ key: Key) {
    while places.count <= server { places.append(-1) }
    places[server] = Int32(truncatingIfNeeded: entries.count)
    entries.append((key, server))
    siftUp(entries.count - 1)
  }

  /// Takes out the server of the least key.
  mutating func pop() -> (server: Int, key: Key)? {
    guard let first = entries.first else { return nil }
    swap(0, entries.count - 1)
    _ = siftDown(0, below: entries.count - 1)
    removeLast()
    return (first.server, first.key)
  }

  /// Takes out a server, if it is in the heap.
  mutating func remove(_ server: Int) {
    guard let place = place(of: server) else { return }
    let last = entries.count - 1
    if place != last {
      swap(place, last)
      if !siftDown(place, below: last) { siftUp(place) }
    }
    removeLast()
  }

  /// Gives a server of the heap another key.
  mutating func move(_ server: Int, to key: Key) {
    guard let place = place(of: server) else { return }
    entries[place].key = key
    if !siftDown(place, below: entries.count) { siftUp(place) }
  }

  private mutating func removeLast() { places[entries.removeLast().server] = -1 }

  private mutating func swap(_ a: Int, _ b: Int) {
    entries.swapAt(a, b)
    places[entries[a].server] = Int32(truncatingIfNeeded: a)
    places[entries[b].server] = Int32(truncatingIfNeeded: b)
  }

  private mutating func siftUp(_ start: Int) {
    var place = start
    while place > 0 {
      let parent = (place - 1) / 2
      guard entries[place].key < entries[parent].key else { return }
      swap(place, parent)
      place = parent
    }
  }

  /// Whether it moved.
  private mutating func siftDown(_ start: Int, below count: Int) -> Bool {
    var place = start
    while 2 * place + 1 < count {
      var child = 2 * place + 1
      if child + 1 < count, entries[child + 1].key < entries[child].key { child += 1 }
      guard entries[child].key < entries[place].key else { break }
      swap(place, child)
      place = child
    }
    return place > start
  }
}

/// A value and a number that decides between equal values: the lower comes first.
struct Ranked<Value: Comparable & Sendable>: Comparable, Sendable {
  var value: Value
  var number: Int

  static func < (a: Ranked, b: Ranked) -> Bool {
    a.value < b.value || a.value == b.value && a.number < b.number
  }
}
