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
    /// It may hold memory or have a key.
    static let detailed = Flags(rawValue: 4)
    /// Its client waits for a limited time: its timer runs.
    static let timed = Flags(rawValue: 8)
    /// Its server will answer it with an error.
    static let failing = Flags(rawValue: 16)
    /// It is copied to another server unless it is answered before: its timer for that runs.
    static let hedging = Flags(rawValue: 32)
    /// Another try of its request is under way: its copy, or what it is a copy of.
    static let paired = Flags(rawValue: 64)
    /// A copy of its request was made, so there is one try more than were sent.
    static let hedged = Flags(rawValue: 128)
  }
}

/// What only some requests have.
struct RequestDetail: BitwiseCopyable, Sendable {
  var key = Request.noKey
  var memory = 0
}

/// The requests that servers have now, with a list of free rows.
struct RequestTable: Sendable {
  var rows = Column<RequestRow>()
  /// Beside `rows`, once a load needs it; else empty.
  var details = Column<RequestDetail>()
  var hasDetails = false {
    didSet { growDetails() }
  }
  /// A head for each ring of timers, the last one's first, then beside `rows`; else empty.
  var links = Column<TimerRing.Link>()
  private var heads = 0
  /// A head for the ring of those that may be copied, then beside `rows`; empty until there is hedging.
  ///
  /// Of a try that was copied, or is a copy, the other one stands behind it.
  var hedges = Column<TimerRing.Link>()
  var free: Int32 = -1
  /// Rows that are not free.
  var used = 0
  /// Most requests there may be at once.
  var limit = 4_000_000

  /// Makes more rows up to the limit, which the loop leaves for, so that it never allocates by
  /// itself; false when the limit was reached before.
  mutating func grow() -> Bool {
    let old = rows.count
    let new = min(old + min(max(64, old), 1 << 16), limit)
    guard new > old else { return false }
    rows.append(RequestRow(), count: new - old)
    for index in (old..<new).reversed() {
      rows[index].next = free
      free = Int32(index)
    }
    growDetails()
    growLinks()
    growHedges()
    return true
  }

  /// Makes room for one more ring of timers; O(rows), once for each delay.
  mutating func addRing() {
    let old = links
    let head = Int32(truncatingIfNeeded: TimerRing.head(heads))
    heads += 1
    links = Column(repeating: TimerRing.Link(before: head, after: head), count: 1)
    for link in old { links.append(link) }
    growLinks()
  }

  private mutating func growLinks() {
    let missing = heads + rows.count - links.count
    if heads > 0, missing > 0 {
      links.append(TimerRing.Link(before: -1, after: -1), count: missing)
    }
  }

  /// Makes room for hedging.
  mutating func addHedges() {
    guard hedges.isEmpty else { return }
    let head = Int32(truncatingIfNeeded: TimerRing.head(0))
    hedges = Column(repeating: TimerRing.Link(before: head, after: head), count: 1)
    growHedges()
  }

  private mutating func growHedges() {
    let missing = 1 + rows.count - hedges.count
    if !hedges.isEmpty, missing > 0 {
      hedges.append(TimerRing.Link(before: -1, after: -1), count: missing)
    }
  }

  private mutating func growDetails() {
    if hasDetails, details.count < rows.count {
      details.append(RequestDetail(), count: rows.count - details.count)
    }
  }
}
