#if canImport(Glibc)
import Glibc
#endif

/// An array of plain values that begins on a cache line and can be lent as a pointer.
///
/// A value like any array: a copy costs nothing until one of the two is changed. A row of 64 bytes
/// is then one cache line, and the loop needs no closure to reach it.
struct Column<Element: BitwiseCopyable & Sendable>: Sendable {
  private var storage = Storage(capacity: 0)
  private(set) var count = 0

  /// An empty column.
  init() {}

  /// So many equal values.
  init(repeating element: Element, count: Int) {
    append(element, count: count)
  }

  /// Adds so many equal values at the end; O(count) amortised.
  mutating func append(_ element: Element, count more: Int = 1) {
    reserve(count + more)
    (storage.start + count).update(repeating: element, count: more)
    count += more
  }

  /// Puts a value before the one at an index, or at the end; O(values after it).
  mutating func insert(_ element: Element, at index: Int) {
    append(element)
    let start = lend() + index
    (start + 1).update(from: start, count: count - 1 - index)
    start.pointee = element
  }

  /// Takes out the value at an index; O(values after it).
  mutating func remove(at index: Int) {
    let start = lend() + index
    start.update(from: start + 1, count: count - 1 - index)
    count -= 1
  }

  /// Forgets all values and keeps the room.
  mutating func removeAll() {
    count = 0
  }

  /// The first value's address, valid until the column is appended to, assigned or destroyed.
  ///
  /// Copies the values first when another column shares them.
  @inline(__always)
  mutating func lend() -> UnsafeMutablePointer<Element> {
    if !isKnownUniquelyReferenced(&storage) { reallocate(to: count) }
    return storage.start
  }

  private mutating func reserve(_ wanted: Int) {
    if wanted > storage.capacity {
      reallocate(to: Swift.max(wanted, 2 * storage.capacity))
    } else if !isKnownUniquelyReferenced(&storage) {
      reallocate(to: storage.capacity)
    }
  }

  private mutating func reallocate(to capacity: Int) {
    let new = Storage(capacity: capacity)
    new.start.update(from: storage.start, count: count)
    storage = new
  }

  /// The memory; written to only while it has one owner, which is what makes sharing it safe.
  private final class Storage: @unchecked Sendable {
    let start: UnsafeMutablePointer<Element>
    let capacity: Int

    init(capacity: Int) {
      let bytes = Swift.max(1, capacity) * MemoryLayout<Element>.stride
      let large = bytes >= 2 << 20
      let memory = UnsafeMutableRawPointer.allocate(
        byteCount: bytes, alignment: large ? 2 << 20 : 64)
      #if canImport(Glibc)
      // Many servers are met in no order: with small pages each would cost a look-up of its page.
      if large { madvise(memory, bytes, MADV_HUGEPAGE) }
      #endif
      start = memory.assumingMemoryBound(to: Element.self)
      self.capacity = capacity
    }

    deinit { UnsafeMutableRawPointer(start).deallocate() }
  }
}

extension Column: RandomAccessCollection, MutableCollection {
  var startIndex: Int { 0 }
  var endIndex: Int { count }

  subscript(_ index: Int) -> Element {
    get {
      precondition(index >= 0 && index < count, "a row outside the column")
      return storage.start[index]
    }
    set {
      precondition(index >= 0 && index < count, "a row outside the column")
      lend()[index] = newValue
    }
  }
}
