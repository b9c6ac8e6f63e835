/// HAProxy's `leastconn`: the server with the least key, the one touched longest ago of equals.
public struct HAProxyLeastconn: Composed, HAProxyRule {
  /// The name it is typed by.
  public static let name = "haproxy.leastconn"
  /// What it does, in a sentence.
  public static let summary = "As of 2.6: idle servers first, whatever their weight."
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: """
      Take the least key: 0 for an idle server, else (active + 1) × 4096 ÷ (16 × weight), whole \
      numbers all. Weights are rounded to whole sixteenths and count from 1/16 to 256. Full \
      servers are passed over.
      """,
    source: "HAProxy 2.6, src/lb_fwlc.c; from 3.2 on equal keys are taken in another order.",
    ties: """
      The server that got or lost a request the longest ago, or whose weight changed or that came \
      back then: each time it goes to the end of its key's line. No draws.
      """,
    failure: "On an idle farm weights mean nothing: 5/1/1 is plain round robin.",
    lesson: "07")

  /// What can be set.
  public static var parameters: [Parameter<Self>] { [backupParameter] }

  /// Which backups serve when no other server is there.
  public var backups = HAProxyBackups.first

  var rule = Least(
    LeastconnKey(), among: Cheapest(LeastconnKey(), equals: .untouched), ties: LongestUntouched())
  /// By server, the weight that is known.
  private var weights = PerServer(0.0)

  /// With nothing known yet.
  public init() {}

  /// A server whose weight changed goes to the end of the line.
  public mutating func changed(_ changes: FleetChanges, in view: borrowing View) {
    for server in changes.servers(in: view) {
      guard let place = view.place(of: server), weights[server] != view.weight(place) else {
        continue
      }
      rule.candidates.touch(server)
      weights[server] = view.weight(place)
    }
    rule.changed(changes, in: view)
  }
}

/// What orders servers in HAProxy's tree.
struct LeastconnKey: Cost {
  static var name: String? { "leastconn key" }

  @inline(__always)
  func value(of place: Int, in view: borrowing View) -> Int {
    let active = view.active(place)
    return active == 0 ? 0 : (active + 1) * 4096 / effectiveWeight(place, in: view)
  }

  @inline(__always)
  private func effectiveWeight(_ place: Int, in view: borrowing View) -> Int {
    Int(min(max(1, (16 * view.weight(place)).rounded()), 4096))
  }

  func number(_ value: Int) -> Double? { Double(value) }

  func terms(_ place: Int, in view: borrowing View) -> String {
    let active = view.active(place)
    guard active > 0 else { return "idle" }
    return "(\(active) active + 1) × 4096 ÷ \(effectiveWeight(place, in: view))"
  }
}
