import Simulation

/// nginx's `hash KEY` and `hash KEY consistent`.
public struct NginxHash: NginxKeyed {
  /// The name it is typed by.
  public static let name = "nginx.hash"
  /// What it does, in a sentence.
  public static let summary = "The key's hash, modulo weights or on a ring."
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: """
      plain: h = crc32(key) >> 16 & 0x7FFF; servers lie side by side, each as long as its weight, \
      and the one at h mod (sum of weights) is taken. Where it does not accept, the same of \
      "1KEY", "2KEY" … is added to h. consistent: 160 × weight points a server, each the crc32 of \
      host, a zero byte, port and the point before; the first at or after crc32(key), then the \
      next. After 20 vain repeats, and without a key: smooth weighted round robin. Health is as with nginx.
      """,
    source: """
      nginx, ngx_http_upstream_hash_module.c. Weights are rounded, from 1. A server that is \
      marked down or left out keeps its share and is looked past.
      """,
    ties: "Points with the same hash: the first declared server's. No draws.",
    failure: """
      plain: one server more or less moves nearly every key. consistent: shares differ by about a \
      tenth with weight 1.
      """,
    lesson: "09")
  /// What can be set.
  public static var parameters: [Parameter<Self>] {
    [Parameter("method", \.method, "By the sum of weights, or on a ring.")] + healthParameters
  }

  /// How a hash becomes a server.
  public enum Method: String, CaseIterable, Sendable {
    /// Modulo the sum of weights.
    case plain
    /// On a ring.
    case consistent
  }

  /// How a hash becomes a server.
  public var method: Method {
    get { order.method }
    set { order.method = newValue }
  }

  package private(set) var order = NginxOrder()
  package var peers = NginxPeers()

  /// Plain.
  public init() {}

  var regains: Bool { method == .consistent }

  func key(_ text: [UInt8]) -> [UInt8] { text }

  func key(without request: borrowing Request, using random: inout RandomStream) -> [UInt8]? { nil }

  /// Lines the servers up again, O(servers), or follows the ring.
  public mutating func changed(_ changes: FleetChanges, in view: borrowing View) {
    peers.changed(view)
    order.follow(changes, in: view)
  }
}

/// nginx's order of servers for a key's text; an empty text has none.
package struct NginxOrder: KeyOrder {
  var method = NginxHash.Method.plain
  private var line = WeightLine()
  private var ring = HashRing(width: 32)

  /// Looks at a server.
  package enum Step {
    /// The text, the sum of its hashes so far, and how often it was hashed again.
    case plain(text: [UInt8], sum: Int, repeats: Int)
    /// On the ring.
    case consistent(HashRing.Step)
  }

  mutating func follow(_ changes: FleetChanges, in view: borrowing View) {
    switch method {
    case .plain: line.follow(view)
    case .consistent:
      ring.follow(changes, in: view, perUnit: 160) { _, address, count in
        Self.points(address, count)
      }
    }
  }

  /// Each point is the hash of the address and the point before; the first has zero before it.
  private static func points(_ address: [UInt8], _ count: Int) -> [UInt64] {
    var base = Array("unix:".utf8)
    if address.starts(with: base) {
      base = Array(address.dropFirst(base.count)) + [0]
    } else {
      let port = address.reversed().prefix { (0x30...0x39).contains($0) }.count
      let colon = address.count - port - 1
      let hasPort = colon >= 0 && address[colon] == UInt8(ascii: ":")
      base = hasPort ? address[..<colon] + [0] + address[(colon + 1)...] : address + [0]
    }
    let start = Hash.crc32(base)
    var last: UInt32 = 0
    return (0..<count).map { _ in
      last = Hash.crc32(last, from: start)
      return UInt64(last)
    }
  }

  private static func hash(_ text: [UInt8]) -> Int { Int(Hash.crc32(text) >> 16 & 0x7FFF) }

  package func first(for text: [UInt8]) -> Step? {
    if text.isEmpty { return nil }
    switch method {
    case .plain:
      return line.length == 0 ? nil : .plain(text: text, sum: Self.hash(text), repeats: 0)
    case .consistent:
      return ring.first(for: UInt64(Hash.crc32(text))).map { .consistent($0) }
    }
  }

  package func next(after step: Step) -> Step? {
    switch step {
    case .plain(let text, let sum, let repeats):
      guard repeats < nginxTries else { return nil }
      let again = Self.hash(Array(String(repeats + 1).utf8) + text)
      return .plain(text: text, sum: sum + again, repeats: repeats + 1)
    case .consistent(let step):
      return step.passed < nginxTries ? ring.next(after: step).map { .consistent($0) } : nil
    }
  }

  package func server(at step: Step) -> ServerID {
    switch step {
    case .plain(_, let sum, _): line.server(at: sum % max(1, line.length))
    case .consistent(let step): ring.server(at: step)
    }
  }

  package func search(for text: [UInt8]) -> String {
    switch method {
    case .plain: "the hash \(Self.hash(text)) modulo the sum of weights \(line.length)"
    case .consistent: ring.search(for: UInt64(Hash.crc32(text)))
    }
  }

  package func terms(at step: Step) -> String {
    switch step {
    case .plain(_, let sum, _): "\(sum) mod \(line.length) = \(sum % max(1, line.length))"
    case .consistent(let step): ring.terms(at: step)
    }
  }
}
