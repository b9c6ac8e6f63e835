import Cloud
import Display
import Simulation

/// `stop`: gives servers back.
package enum StopCommand: Command {
  package static let spec = Spec(
    "stop", group: "fleet", "Give servers back when they have finished what they have.",
    positionals: [ServerChoice.servers],
    options: [
      ServerChoice.zone,
      Parameter(
        "drain", .duration, "at most this long; what is left then fails", example: "30s"),
    ],
    alternatives: [ServerChoice.alternatives],
    examples: [
      Example("stop s1", "no new requests; gone when it has answered what it has"),
      Example("stop s2..s4 --drain 30s", "what is not answered in 30s fails"),
    ],
    details: [
      "Without --drain it takes as long as it takes. A draining server is paid until it is gone."
    ],
    synonyms: ["terminate", "drain", "remove", "delete", "despawn", "scale-down"])
  package static let effect = CommandEffect.changes

  package static func start(_ call: Call, in session: inout Session, on host: any Host)
    throws(Diagnostic) -> Activity
  {
    let ids = try call.chosenServers(in: session.world, leavingOut: [.draining, .crashed])
    let limit = try call.timeIfGiven("drain")
    session.world.stop(ids, drain: limit)
    let servers = ids.compactMap { session.world.server($0) }
    let gone = servers.filter { $0.state == .gone }.map(\.id)
    let draining = servers.filter { $0.state == .draining }
    let open = draining.reduce(0) { $0 + $1.active }
    var parts: [String] = []
    if !gone.isEmpty { parts.append("\(Text.servers(gone)) gone") }
    if !draining.isEmpty {
      let time = limit.map { " for \(Text.time($0)) at most" } ?? ""
      parts.append(
        "\(Text.servers(draining.map(\.id))) draining\(time): "
          + "\(Text.count(open, "request")) to finish")
    }
    return .done(
      Output(
        [
          "servers": ids.json, "gone": gone.json, "draining": draining.map(\.id).json,
          "active": .int(open), "drain": JSON(limit?.seconds),
        ], line: StyledText(parts.joined(separator: ", ") + session.world.emptiness)))
  }
}
