/// One record for each server, by its index; a server that was never written to has the blank one.
///
/// Reading is O(1); writing is O(1) amortised, since the table grows to the server's index.
package struct PerServer<Record: Sendable>: Sendable {
  private var records: [Record] = []
  private let blank: Record

  /// A table of blank records.
  package init(_ blank: Record) { self.blank = blank }

  /// One more than the largest index that was written to.
  @inline(__always)
  package var count: Int { records.count }

  /// The record of a server.
  @inline(__always)
  package subscript(server: ServerID) -> Record {
    get { server.index < records.count ? records[server.index] : blank }
    _modify {
      if server.index >= records.count { grow(past: server.index) }
      yield &records[server.index]
    }
  }

  @inline(never)
  private mutating func grow(past index: Int) {
    records.append(contentsOf: repeatElement(blank, count: index + 1 - records.count))
  }
}
