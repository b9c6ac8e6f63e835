/// The timers of one constant delay: they fire in the order they were set, so a ring is enough.
///
/// It goes through the tries themselves, oldest first. A try that leaves its server is taken out.
struct TimerRing: BitwiseCopyable, Sendable {
  let delay: Int64

  /// The neighbours of a try, or of the head: rows, or -1 for the first ring's head, -2 for the
  /// second's and so on.
  struct Link: BitwiseCopyable, Sendable {
    var before: Int32
    var after: Int32
  }

  /// Where the head of a ring stands.
  @inline(__always)
  static func head(_ ring: Int) -> Int { -1 - ring }
}

extension UnsafeMutablePointer where Pointee == TimerRing.Link {
  /// Adds a try at the end of a ring; O(1).
  @inline(__always)
  func link(_ slot: Int32, into ring: Int) {
    let head = TimerRing.head(ring)
    let last = self[head].before
    self[Int(slot)] = TimerRing.Link(before: last, after: Int32(truncatingIfNeeded: head))
    self[Int(last)].after = slot
    self[head].before = slot
  }

  /// Takes a try out of the ring that it is in; O(1).
  @inline(__always)
  func unlink(_ slot: Int32) {
    let link = self[Int(slot)]
    self[Int(link.before)].after = link.after
    self[Int(link.after)].before = link.before
  }

  /// The first try of a ring, or less than 0 when there is none.
  @inline(__always)
  func first(of ring: Int) -> Int32 { self[TimerRing.head(ring)].after }
}

extension Columns {
  /// When the first timer of a ring fires, and its try; nil when it has none.
  @inline(__always)
  func first(of ring: Int) -> (time: Int64, slot: Int32)? {
    let slot = links.first(of: ring)
    guard slot >= 0 else { return nil }
    return (requests[Int(slot)].issued.addingClamped(rings[ring].delay), slot)
  }
}
