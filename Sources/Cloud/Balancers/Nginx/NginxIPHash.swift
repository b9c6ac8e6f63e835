import Simulation

/// nginx's `ip_hash`: the key is a client's address.
public struct NginxIPHash: NginxKeyed {
  /// The name it is typed by.
  public static let name = "nginx.ip-hash"
  /// What it does, in a sentence.
  public static let summary = "A hash of the client's address, of IPv4 three bytes only."
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: """
      The key is an address. h = 89, then for each of the first 3 bytes of IPv4 or all 16 of IPv6 \
      h = (113 h + byte) mod 6271; servers lie side by side, each as long as its weight, and the \
      one at h mod (sum of weights) is taken. Where it does not accept, the bytes are hashed on \
      from h, up to 20 times; then, and without a key: smooth weighted round robin. Of a key that \
      is no address all bytes of its text are hashed.
      """,
    source: """
      nginx, ngx_http_upstream_ip_hash_module.c. Weights are rounded, from 1. A server that is \
      marked down or left out keeps its share and is looked past.
      """,
    ties: "None. No draws.",
    failure: """
      A whole network of 256 addresses has one server; one server more or less moves nearly every \
      client.
      """,
    lesson: "09")

  var regains: Bool { false }

  package private(set) var order = NginxAddressOrder()
  package var peers = NginxPeers()

  /// With no servers yet.
  public init() {}

  func key(_ text: [UInt8]) -> [UInt8] {
    guard let address = NetworkAddress.bytes(text) else { return text }
    return address.count == 4 ? Array(address.prefix(3)) : address
  }

  func key(without request: borrowing Request, using random: inout RandomStream) -> [UInt8]? { nil }

  /// Lines the servers up again, O(servers).
  public mutating func changed(_ changes: FleetChanges, in view: borrowing View) {
    peers.changed(view)
    order.line.follow(view)
  }
}

/// nginx's order of servers for the bytes of an address.
package struct NginxAddressOrder: KeyOrder {
  var line = WeightLine()

  /// The bytes, their hash so far, and how often they were hashed again.
  package struct Step {
    let bytes: [UInt8]
    var hash: Int
    var repeats = 0
  }

  private static func hash(_ bytes: [UInt8], from start: Int) -> Int {
    bytes.reduce(start) { ($0 * 113 + Int($1)) % 6271 }
  }

  package func first(for bytes: [UInt8]) -> Step? {
    line.length == 0 ? nil : Step(bytes: bytes, hash: Self.hash(bytes, from: 89))
  }

  package func next(after step: Step) -> Step? {
    guard step.repeats < nginxTries else { return nil }
    return Step(
      bytes: step.bytes, hash: Self.hash(step.bytes, from: step.hash), repeats: step.repeats + 1)
  }

  package func server(at step: Step) -> ServerID {
    line.server(at: step.hash % max(1, line.length))
  }

  package func search(for bytes: [UInt8]) -> String {
    """
    the hash \(Self.hash(bytes, from: 89)) of \(bytes.count) bytes modulo the sum of weights \
    \(line.length)
    """
  }

  package func terms(at step: Step) -> String {
    "\(step.hash) mod \(line.length) = \(step.hash % max(1, line.length))"
  }
}
