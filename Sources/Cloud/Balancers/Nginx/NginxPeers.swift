import Simulation

/// What nginx knows of its servers: its own view of their health, and its smooth turns by effective
/// weight.
///
/// A failure counts, and takes weight ÷ max-fails, rounded down, off the effective weight; each
/// round that a server takes part in gives 1 back. After max-fails failures it is left out until
/// more than fail-timeout has passed since it was last checked; then one request is its probe. Time
/// is in whole seconds. A single server is never left out. O(n) a pick, no draws.
///
/// Source: nginx 1.22, ngx_http_upstream_round_robin.c.
package struct NginxPeers: Sendable {
  /// What is known of a server.
  private struct Peer {
    /// nginx's current weight.
    var credit = 0.0
    /// How much the effective weight is below the weight.
    var lost = 0.0
    /// The weight when it was last looked at.
    var weight = 1.0
    var fails = 0
    /// When it failed last, in whole seconds.
    var accessed = NginxPeers.longAgo
    /// When it failed last or became a probe.
    var checked = NginxPeers.longAgo
  }

  /// Before any time, and still far from the end of the numbers.
  private static let longAgo: Int64 = -1 << 40

  /// Failures after which a server is left out; 0 is never.
  var maxFails = 1
  /// Seconds for which it is left out, rounded down.
  var failTimeout = 10.0
  private var peers: [Peer] = []
  private var isSingle = false
  /// How many servers there are that are not set aside: as many tries has a request.
  private var tries = 0

  /// Makes room for every server in the view; at the start of each pick.
  mutating func meet(_ view: borrowing View) {
    isSingle = view.count == 1
    while peers.count < view.servers { peers.append(Peer()) }
  }

  /// Counts the servers; when the fleet changed.
  mutating func changed(_ view: borrowing View) {
    meet(view)
    tries = 0
    for place in 0..<view.count where !view.isAside(place) { tries += 1 }
  }

  private func peer(_ place: Int, in view: borrowing View) -> Peer {
    let server = view.id(place).index
    return server < peers.count ? peers[server] : Peer()
  }

  private static func seconds(_ time: Instant) -> Int64 {
    time.nanoseconds >= 0
      ? time.nanoseconds / 1_000_000_000 : -((999_999_999 - time.nanoseconds) / 1_000_000_000)
  }

  /// How many timeouts a server has not been checked for, of one second more each; 0 within the
  /// first.
  private func silence(_ place: Int, in view: borrowing View) -> Int {
    let silence = Self.seconds(view.now) - peer(place, in: view).checked
    return silence > timeout ? Int(silence / (timeout + 1)) : 0
  }

  private func value<Price: NginxCost>(
    _ cost: Price, of place: Int, in view: borrowing View
  ) -> Price.Value { cost.value(of: place, silence: silence(place, in: view), in: view) }

  private var timeout: Int64 { failTimeout < 0x1p39 ? Int64(max(0, failTimeout)) : 1 << 39 }

  /// Whether a server accepts the request and is not left out for its failures.
  func isUsable(_ place: Int, in view: borrowing View) -> Bool {
    view.accepts(place) && !isLeftOut(place, in: view)
  }

  private func isLeftOut(_ place: Int, in view: borrowing View) -> Bool {
    guard maxFails > 0, view.count > 1 else { return false }
    let peer = peer(place, in: view)
    return peer.fails >= maxFails && Self.seconds(view.now) - peer.checked <= timeout
  }

  /// The usable servers of one kind that cost least: the first, its cost, and how many they are.
  private func leaders<Price: NginxCost>(
    by cost: Price, backups: Bool, in view: borrowing View
  ) -> (first: Int, least: Price.Value, count: Int)? {
    var found: (first: Int, least: Price.Value, count: Int)?
    for place in 0..<view.count
    where (view.priority(place) > 0) == backups && isUsable(place, in: view) {
      let value = value(cost, of: place, in: view)
      guard let best = found, !(value < best.least) else {
        found = (place, value, 1)
        continue
      }
      if !(best.least < value) { found?.count += 1 }
    }
    return found
  }

  /// Of the usable servers the one that costs least, of equals the next in smooth turns; backups
  /// (of a priority level above 0) only when no other is usable; nil when none is.
  ///
  /// `turnsAlone` says whether one that has no equal takes a turn, too.
  mutating func pick<Price: NginxCost>(
    _ cost: Price, turnsAlone: Bool, in view: borrowing View
  ) -> Int? {
    meet(view)
    if isSingle { return view.accepts(0) ? 0 : nil }
    for backups in 0...1 {
      guard let lead = leaders(by: cost, backups: backups == 1, in: view) else { continue }
      let place =
        lead.count > 1 || turnsAlone
        ? turn(lead.first, cost, lead.least, backups: backups == 1, in: view) : lead.first
      take(place, in: view)
      return place
    }
    return nil
  }

  /// Smooth turns among the tied, from the first of them on.
  private mutating func turn<Price: NginxCost>(
    _ first: Int, _ cost: Price, _ least: Price.Value, backups: Bool, in view: borrowing View
  ) -> Int {
    var best = first
    var most = -Double.infinity
    var gained = 0.0
    for place in first..<view.count
    where (view.priority(place) > 0) == backups && isUsable(place, in: view)
      && !(least < value(cost, of: place, in: view))
    {
      let server = view.id(place).index
      let effective = effectiveWeight(place, in: view)
      peers[server].credit += effective
      gained += effective
      peers[server].lost = max(0, peers[server].lost - 1)
      if peers[server].credit > most {
        best = place
        most = peers[server].credit
      }
    }
    peers[view.id(best).index].credit -= gained
    return best
  }

  /// Gives a server back a part of the effective weight that it lost.
  mutating func regain(_ place: Int, in view: borrowing View) {
    let server = view.id(place).index
    peers[server].lost = max(0, peers[server].lost - 1)
  }

  /// What speaks against a server; empty when nothing does.
  func terms(_ place: Int, in view: borrowing View) -> String {
    if view.isAside(place) { return "marked down" }
    return isLeftOut(place, in: view) ? leftOut(place, in: view) : ""
  }

  private func leftOut(_ place: Int, in view: borrowing View) -> String {
    let peer = peer(place, in: view)
    return "failed \(peer.fails) of \(maxFails), left out until \(peer.checked + timeout + 1)s"
  }

  /// Notes that a server gets a request: after a long time it counts as its check.
  mutating func take(_ place: Int, in view: borrowing View) {
    let now = Self.seconds(view.now)
    let server = view.id(place).index
    peers[server].weight = view.weight(place)
    if now - peers[server].checked > timeout { peers[server].checked = now }
  }

  /// Counts a failure; a success forgets failures only when a check came after the last of them.
  ///
  /// A client that gave up says nothing against the server: nginx takes it for a success; and so
  /// does it an error that is the answer to the last try.
  mutating func finished(
    _ request: borrowing Request, on server: ServerID, _ outcome: Outcome, after latency: Duration
  ) {
    guard !isSingle, server.index >= 0, server.index < peers.count else { return }
    let time = request.time + latency
    let attempt = request.id.attempt
    let isLast = tries > 0 && attempt % tries == 0
    var peer = peers[server.index]
    if outcome.isFailure, !(outcome == .failed && isLast) {
      peer.fails &+= 1
      peer.accessed = Self.seconds(time)
      peer.checked = peer.accessed
      if maxFails > 0 {
        let loss = (peer.weight / Double(maxFails)).rounded(.down)
        peer.lost = min(peer.weight, peer.lost + loss)
      }
    } else if peer.accessed < peer.checked {
      peer.fails = 0
    }
    peers[server.index] = peer
  }

  private func effectiveWeight(_ place: Int, in view: borrowing View) -> Double {
    max(0, view.weight(place) - peer(place, in: view).lost)
  }

  /// Who was usable, with credits and effective weights, and who was left out till when.
  func explain<Price: NginxCost>(
    _ cost: Price, turnsAlone: Bool, in view: borrowing View
  ) -> Explanation {
    var picking = self
    let chosen = picking.pick(cost, turnsAlone: turnsAlone, in: view)
    let isBackup = chosen.map { view.priority($0) > 0 } ?? false
    let lead = leaders(by: cost, backups: isBackup, in: view)
    let isTied = (lead?.count ?? 0) > 1
    var candidates: [Explanation.Candidate] = []
    for place in 0..<view.count
    where (view.priority(place) > 0) == isBackup && isUsable(place, in: view) {
      let value = value(cost, of: place, in: view)
      let equals = lead.map { !($0.least < value) } ?? false
      let terms = [
        cost.terms(place, silence: silence(place, in: view), in: view),
        equals && (isTied || turnsAlone) ? credit(place, in: view) : "",
      ]
      candidates.append(
        Explanation.Candidate(
          server: view.id(place), cost: cost.number(value),
          terms: terms.filter { !$0.isEmpty }.joined(separator: ", ")))
    }
    return Explanation(
      eligible: view.count, cost: Price.name,
      search: search(candidates.count, backups: isBackup, in: view), candidates: candidates,
      tie: isTied ? SmoothTurns.name : nil, chosen: chosen.map { view.id($0) }, draws: 0)
  }

  private func credit(_ place: Int, in view: borrowing View) -> String {
    let credit = peer(place, in: view).credit
    let effective = effectiveWeight(place, in: view)
    return """
      credit \(Figure.plain(credit)) + effective weight \(Figure.plain(effective)) = \
      \(Figure.plain(credit + effective))
      """
  }

  private func search(_ count: Int, backups: Bool, in view: borrowing View) -> String {
    var out: [String] = []
    for place in 0..<view.count where isLeftOut(place, in: view) {
      out.append("\(view.id(place).name) \(leftOut(place, in: view))")
    }
    let kind = backups ? "backups" : "usable"
    return (["\(count) \(kind) of \(view.count), in declared order"] + out).joined(separator: "; ")
  }
}
