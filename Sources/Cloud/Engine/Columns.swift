import Simulation

/// The engine's columns, borrowed once for many events.
///
/// Raw pointers, valid until a column grows: nothing here is copied, checked for uniqueness, or
/// grown.
struct Columns {
  let rows: UnsafeMutablePointer<ServerRow>
  let actives: UnsafeMutablePointer<Int32>
  let eligible: UnsafePointer<Int32>
  let eligibleCount: Int
  let finishes: UnsafeMutablePointer<FinishQueue.Node>
  let firstLeaf: Int
  let requests: UnsafeMutablePointer<RequestRow>
  /// Only of requests that are flagged as detailed.
  let details: UnsafeMutablePointer<RequestDetail>
  /// Beside `requests` and, at negative places, the heads of the rings; only when there are rings.
  let links: UnsafeMutablePointer<TimerRing.Link>
  /// Beside `requests` and, at -1, the head of the ring; only when there is hedging.
  let hedges: UnsafeMutablePointer<TimerRing.Link>
  let rings: UnsafePointer<TimerRing>
  let ringCount: Int
  let loads: UnsafeMutablePointer<LoadRow>
  let loadCount: Int
  let places: UnsafePointer<Int32>
  let rented: Int
  /// Whether a server may be full, or is set aside.
  let isFiltered: Bool
  let names: Unmanaged<NameTable>

  /// What a balancer sees of them.
  @inline(__always)
  func view(at clock: Int64, tried: UnsafeBufferPointer<Int32>? = nil) -> View {
    View(
      count: eligibleCount, now: Instant(nanoseconds: clock),
      isFiltered: isFiltered || tried != nil, ids: eligible, actives: actives, rows: rows,
      places: places, rented: rented, tried: tried ?? UnsafeBufferPointer(start: nil, count: 0),
      names: names)
  }

  /// What a request carries beside its work.
  @inline(__always)
  func detail(of slot: Int32) -> RequestDetail {
    requests[Int(slot)].flags.contains(.detailed) ? details[Int(slot)] : RequestDetail()
  }
}

extension Engine {
  /// Lends the columns; what they point to must neither grow nor be copied meanwhile.
  @inline(__always)
  mutating func lend() -> Columns {
    Columns(
      rows: fleet.rows.lend(), actives: fleet.actives.lend(),
      eligible: UnsafePointer(fleet.eligible.lend()), eligibleCount: fleet.eligible.count,
      finishes: fleet.finishes.nodes.lend(), firstLeaf: fleet.finishes.firstLeaf,
      requests: requests.rows.lend(), details: requests.details.lend(),
      links: requests.links.lend() + rings.count, hedges: requests.hedges.lend() + 1,
      rings: UnsafePointer(rings.lend()),
      ringCount: rings.count, loads: loadRows.lend(), loadCount: loadRows.count,
      places: UnsafePointer(fleet.places.lend()), rented: fleet.rows.count,
      isFiltered: fleet.hasLimits || fleet.showsAside, names: .passUnretained(names))
  }
}
