/// What a balancer can see: the servers that may take a request, in declared order.
///
/// Places count from zero to `count - 1`. It borrows the engine's columns and must not outlive the
/// call it is handed to, which is why it cannot be copied.
public struct View: ~Copyable {
  /// How many servers may take a request.
  public let count: Int
  let ids: UnsafePointer<Int32>
  let actives: UnsafePointer<Int32>
  let rows: UnsafePointer<ServerRow>

  @inline(__always)
  init(
    count: Int, ids: UnsafePointer<Int32>, actives: UnsafePointer<Int32>,
    rows: UnsafePointer<ServerRow>
  ) {
    self.count = count
    self.ids = ids
    self.actives = actives
    self.rows = rows
  }

  @inline(__always)
  private func index(_ place: Int) -> Int {
    assert(place >= 0 && place < count, "a place outside the view")
    return Int(ids[place])
  }

  /// The server at a place.
  @inline(__always)
  public func id(_ place: Int) -> ServerID { ServerID(index(place)) }

  /// Requests the server has, in service and waiting.
  @inline(__always)
  public func active(_ place: Int) -> Int { Int(actives[index(place)]) }

  /// The server's weight, positive.
  @inline(__always)
  public func weight(_ place: Int) -> Double { rows[index(place)].weight }

  /// Requests it serves at once.
  @inline(__always)
  public func cpu(_ place: Int) -> Int { Int(rows[index(place)].cpu) }

  /// Its memory, in bytes.
  @inline(__always)
  public func memory(_ place: Int) -> Int { rows[index(place)].memory }
}
