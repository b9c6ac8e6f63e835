public import Simulation

/// What a balancer can see: the servers that may take a request, in declared order.
///
/// Places count from zero to `count - 1`. It borrows the engine's columns and must not outlive the
/// call it is handed to, which is why it cannot be copied.
public struct View: ~Copyable {
  /// How many servers may take a request.
  public let count: Int
  /// The present time.
  public let now: Instant
  /// Whether a server in the view may still not accept the request at hand; see ``accepts(_:)``.
  public let isFiltered: Bool
  let ids: UnsafePointer<Int32>
  let actives: UnsafePointer<Int32>
  let rows: UnsafePointer<ServerRow>
  /// By server, its place or -1.
  let places: UnsafePointer<Int32>
  let rented: Int
  let tried: UnsafeBufferPointer<Int32>
  let names: Unmanaged<NameTable>
  /// By server, shares of the weights that are in force; nil for all of them.
  var shares: UnsafePointer<Double>? = nil

  @inline(__always)
  private func index(_ place: Int) -> Int {
    assert(place >= 0 && place < count, "a place outside the view")
    return Int(ids[place])
  }

  /// The server at a place.
  @inline(__always)
  public func id(_ place: Int) -> ServerID { ServerID(index(place)) }

  /// The place of a server, or nil when it is not in the view; O(1).
  @inline(__always)
  public func place(of server: ServerID) -> Int? {
    guard server.index >= 0, server.index < rented else { return nil }
    let place = Int(places[server.index])
    return place < 0 ? nil : place
  }

  /// One more than the largest index of a server in the view: the size of a table by server.
  @inline(__always)
  public var servers: Int { count == 0 ? 0 : index(count - 1) + 1 }

  /// Whether the server at a place accepts the request: it has fewer than its `maxconn` and was not
  /// tried for this request before.
  @inline(__always)
  public func accepts(_ place: Int) -> Bool { !isFiltered || acceptsSlowly(index(place)) }

  @inline(never)
  private func acceptsSlowly(_ server: Int) -> Bool {
    actives[server] < rows[server].maxconn && !rows[server].isAside
      && !tried.contains(Int32(server))
  }

  /// Whether the request was tried on the server at a place before.
  @inline(__always)
  public func wasTried(_ place: Int) -> Bool { tried.contains(Int32(index(place))) }

  /// Whether the server at a place is set aside.
  @inline(__always)
  public func isAside(_ place: Int) -> Bool { rows[index(place)].isAside }

  /// Whether a server is worse than the others, and to be used when those are not enough.
  func isDegraded(_ server: Int32) -> Bool { rows[Int(server)].standing == .degraded }

  /// Requests the server has, in service and waiting.
  @inline(__always)
  public func active(_ place: Int) -> Int { Int(actives[index(place)]) }

  /// Requests that all servers have, also those that are not in the view; O(servers).
  public var activeAnywhere: Int {
    var sum = 0
    for server in 0..<rented { sum += Int(actives[server]) }
    return sum
  }

  /// The weight in force, positive; a slow start lowers it for a while.
  @inline(__always)
  public func weight(_ place: Int) -> Double {
    let server = index(place)
    guard let shares else { return rows[server].weight }
    return rows[server].weight * shares[server]
  }

  /// Requests it serves at once.
  @inline(__always)
  public func cpu(_ place: Int) -> Int { Int(rows[index(place)].cpu) }

  /// Work it does per second on a slot: 1 is a plain server.
  @inline(__always)
  public func speed(_ place: Int) -> Double { rows[index(place)].speed }

  /// Its memory, in bytes.
  @inline(__always)
  public func memory(_ place: Int) -> Int { rows[index(place)].memory }

  /// Most requests the balancer may give it at once; `Int(Int32.max)` when there is no limit.
  @inline(__always)
  public func maxconn(_ place: Int) -> Int { Int(rows[index(place)].maxconn) }

  /// The server's priority level: those of level 0 come first.
  @inline(__always)
  public func priority(_ place: Int) -> Int { Int(rows[index(place)].priority) }

  /// The zone the server stands in, in UTF-8; empty when it was given none.
  public func zone(_ place: Int) -> [UInt8] {
    let server = index(place)
    return names._withUnsafeGuaranteedRef { $0.zone(of: server) }
  }

  /// Whether the server at a place answers at all, as a health check would find out.
  @inline(__always)
  public func isAlive(_ place: Int) -> Bool { rows[index(place)].state == .inService }

  /// What hashing knows the server by: its address, else its name, in UTF-8.
  public func address(_ place: Int) -> [UInt8] {
    let server = index(place)
    return names._withUnsafeGuaranteedRef { $0.address(of: server) }
  }

  /// A request's key as text in UTF-8: a number in decimal; nil when it has none.
  public func text(ofKey key: Int) -> [UInt8]? {
    if key == Request.noKey { return nil }
    if key >= 0 { return Array(String(key).utf8) }
    return names._withUnsafeGuaranteedRef { $0.key(-1 - key) }
  }
}
