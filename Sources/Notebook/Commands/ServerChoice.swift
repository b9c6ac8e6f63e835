import Cloud
import Simulation

/// How a command is told which servers it is about: `s2..s5`, `all` or `--zone Z`.
enum ServerChoice {
  static let servers = Parameter("servers", .servers, "which servers", repeats: true)
  static let zone = Parameter("zone", .word, "the servers of a zone", example: "a")
  static let alternatives = Alternatives(["servers", "zone"], required: true)
}

extension Call {
  /// The chosen servers in order, those left out that are in a state the command has no use for.
  ///
  /// - Throws: when one does not exist or is gone, when one named by itself is in such a state, or
  ///   when none is left.
  func chosenServers(in world: World, leavingOut states: [ServerState] = []) throws(Diagnostic)
    -> [ServerID]
  {
    let chosen = has("zone") ? try servers(ofZoneIn: world) : try serverIDs(in: world)
    let useful = world.servers.filter { !states.contains($0.state) }.map(\.id)
    for argument in all("servers") {
      guard case .servers(.range(let numbers)) = argument.value, numbers.count == 1,
        let server = world.server(ServerID(numbers.lowerBound - 1)),
        states.contains(server.state)
      else { continue }
      let fact = server.state == .crashed ? "has crashed already" : "is draining already"
      let help =
        server.state == .crashed
        ? "restart \(server.id.name) brings it back"
        : "kill \(server.id.name) ends it at once"
      throw Diagnostic("\(server.id.name) \(fact)", at: argument.range, help: help)
    }
    let kept = Set(useful)
    let servers = chosen.filter { kept.contains($0) }
    guard !servers.isEmpty else {
      let name = has("zone") ? "zone" : "servers"
      throw mistake("none of these is left to \(spec.name)", about: name)
    }
    return servers
  }

  private func servers(ofZoneIn world: World) throws(Diagnostic) -> [ServerID] {
    let zone = try word("zone")
    let alive = world.servers.filter { $0.state != .gone }
    let servers = alive.filter { $0.spec.zone == zone }.map(\.id)
    guard servers.isEmpty else { return servers }
    var zones: [String] = []
    for server in alive where !server.spec.zone.isEmpty && !zones.contains(server.spec.zone) {
      zones.append(server.spec.zone)
    }
    let meant = Suggestion.nearest(to: zone, in: zones)
    let help =
      zones.isEmpty
      ? "a zone is given with the server: spawn 2 --zone a"
      : "there are servers in \(zones.listed("and"))"
    throw mistake(
      "no server is in zone \(zone.quoted)", about: "zone", try: meant,
      help: meant == nil ? help : nil)
  }
}

/// What died with its server.
struct Losses {
  /// Requests that failed for good.
  var failed: Int
  /// Requests that their client sends again.
  var retried: Int

  /// The number, in words.
  var words: String {
    let all = failed + retried
    if all == 0 { return "no request lost" }
    return Text.count(all, "request") + " lost"
      + (retried > 0 ? ", \(Text.count(retried)) sent again" : "")
  }

  /// The numbers under their keys.
  var members: [JSON.Member] {
    [JSON.Member("lost", .int(failed + retried)), JSON.Member("retried", .int(retried))]
  }
}

extension World {
  /// Changes the fleet and counts what died with it.
  mutating func losing(_ change: (inout World) -> Void) -> Losses {
    let before = measurement.counts
    change(&self)
    let after = measurement.counts
    return Losses(failed: after.failed - before.failed, retried: after.retried - before.retried)
  }

  /// A warning to end a line with, when requests would be turned away.
  var emptiness: String {
    count(of: .inService) > 0 ? "" : "; no server is in service"
  }

  /// Servers that boot or are back in service, those with the same boot time together.
  func bootWords(_ ids: [ServerID]) -> String {
    var groups: [(spec: ServerSpec, ids: [ServerID])] = []
    for server in ids.compactMap({ server($0) }) {
      if let place = groups.firstIndex(where: { $0.spec.bootTime == server.spec.bootTime }) {
        groups[place].ids.append(server.id)
      } else {
        groups.append((server.spec, [server.id]))
      }
    }
    return groups.map { group in
      let state =
        group.spec.boot > .zero ? "booting for \(group.spec.bootWords)" : "back in service"
      return "\(Text.servers(group.ids)) \(state)"
    }.joined(separator: ", ")
  }
}

extension ServerSpec {
  /// The time to boot: 30s, or how it is spread.
  var bootWords: String {
    if case .constant = bootTime { Text.time(boot) } else { bootTime.timeWords }
  }
}

extension [ServerID] {
  /// The names, as a list.
  var json: JSON { .array(map { .string($0.name) }) }
}
