/// nginx's default: smooth weighted round robin with passive health.
public struct Nginx: NginxLeast {
  /// The name it is typed by.
  public static let name = "nginx"
  /// What it does, in a sentence.
  public static let summary = "Smooth turns by weight, with nginx's view of health."
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: """
      Every usable server gains its effective weight as credit, the one with the most credit is \
      taken and pays the sum. A failure takes weight ÷ max-fails off the effective weight, each \
      round gives 1 back; after max-fails failures a server is left out while \
      now - checked ≤ fail-timeout, in whole seconds, and then probed by one request. A success \
      forgets failures only if the last of them came before the check; an error that answers the \
      last try is none. All left out: no server. \
      Servers of a priority above 0 are backups.
      """,
    source: "nginx 1.22, src/http/ngx_http_upstream_round_robin.c.",
    ties: "Equal credit: the first in declared order. No draws.",
    failure: """
      A server that returns gets its share back slowly; when all have failed nobody is asked until \
      the timeout is over; looks at each server for each pick.
      """,
    lesson: "07")

  package var peers = NginxPeers()
  var cost: NoCost { NoCost() }
  static var turnsAlone: Bool { true }

  /// Nobody with credit or failures.
  public init() {}
}
