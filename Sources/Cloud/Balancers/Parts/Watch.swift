/// Which servers must be looked at again: those whose requests changed since the last pick.
///
/// What changed is read from the view at the next pick, so a request that a server refused or that
/// is still open needs no case of its own.
struct Watch: Sendable {
  /// Servers that got or lost a request, in the order in which that happened, some repeatedly.
  private(set) var touched: [ServerID] = []
  /// Servers that did not accept the last request alone, for they had been tried for it.
  private(set) var passing: [ServerID] = []
  private var count = -1
  private var servers = -1
  private var room = 64

  /// Hears that a server got or lost a request; O(1) amortised.
  @inline(__always)
  mutating func touch(_ server: ServerID) {
    touched.append(server)
    if touched.count > room { forgetRepeats() }
  }

  /// Keeps each server's last touch, so that many finishes between two picks cost bounded memory.
  @inline(never)
  private mutating func forgetRepeats() {
    var seen: Set<ServerID> = []
    touched = touched.reversed().filter { seen.insert($0).inserted }.reversed()
    room = max(64, 2 * touched.count)
  }

  /// Whether the view is not the one that was settled: everything is to be looked at.
  @inline(__always)
  func isStale(_ view: borrowing View) -> Bool { count != view.count || servers != view.servers }

  /// Everything was looked at that had to be.
  @inline(__always)
  mutating func settle(_ view: borrowing View) {
    touched.removeAll(keepingCapacity: true)
    count = view.count
    servers = view.servers
    if view.isFiltered || !passing.isEmpty { passing = view.tried.map { ServerID(Int($0)) } }
  }
}
