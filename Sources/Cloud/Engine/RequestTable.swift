/// A request that a server has, running or waiting: one cache line.
struct RequestRow: BitwiseCopyable, Sendable {
  /// ``RequestID/bits``.
  var id: UInt64 = 0
  /// When the client first sent it.
  var arrival: Int64 = 0
  /// When this try was sent.
  var issued: Int64 = 0
  /// When service began.
  var start: Int64 = 0
  /// When it finishes, while running; under processor sharing the bits of its virtual finish.
  var finish: Int64 = 0
  /// Its work on a slot of speed 1, in nanoseconds.
  var work: Int64 = 0
  /// The next in the queue, the next sibling in the heap of running requests, or the next free row.
  var next: Int32 = -1
  /// The first child in the heap of running requests.
  var child: Int32 = -1
  var server: Int32 = -1
  var load: UInt16 = 0
  var flags: Flags = []

  struct Flags: OptionSet, BitwiseCopyable, Sendable {
    let rawValue: UInt16
    /// The client gave up waiting; the server does not know.
    static let abandoned = Flags(rawValue: 1)
    /// It stays open until told to finish.
    static let held = Flags(rawValue: 2)
    /// It holds memory, has a key, or its load has a timeout.
    static let detailed = Flags(rawValue: 4)
  }
}

/// What only some requests have.
struct RequestDetail: BitwiseCopyable, Sendable {
  var key = 0
  var memory = 0
}

/// The requests that servers have now, with a list of free rows.
struct RequestTable: Sendable {
  var rows: [RequestRow] = []
  /// Beside `rows`, once a load needs it; else empty.
  var details: [RequestDetail] = []
  var free: Int32 = -1

  /// Doubles the table; the loop leaves for it, so that it never allocates by itself.
  mutating func grow() {
    let old = rows.count
    let new = max(64, old * 2)
    rows.append(contentsOf: repeatElement(RequestRow(), count: new - old))
    details.append(contentsOf: repeatElement(RequestDetail(), count: new - old))
    for index in (old..<new).reversed() {
      rows[index].next = free
      free = Int32(index)
    }
  }
}
