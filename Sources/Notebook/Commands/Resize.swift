import Cloud
import Display
import Simulation

/// `resize`: turns servers into larger or smaller ones.
package enum Resize: Command {
  package static let spec = Spec(
    "resize", group: "fleet", "Turn servers into larger or smaller ones.",
    positionals: [ServerChoice.servers],
    options: sizes + [
      ServerChoice.zone,
      Parameter("restart", .flag, "by a restart: what is on it fails, and it boots"),
      Parameter("boot", .duration, "how long that boot takes", example: "30s"),
    ],
    alternatives: [ServerChoice.alternatives],
    examples: [
      Example("resize s1 --cpu 4 --memory 8GiB", "in place, without losing anything"),
      Example("resize s1 --cpu 4 --restart --boot 2m", "as most clouds do it: two minutes out"),
    ],
    details: [
      "In place, what runs goes on at the new speed. By restart, the server is a hole in capacity "
        + "for its boot time, and the requests it has fail.",
      "A weight or price that was given stays; else they follow cpu × speed and cpu.",
    ],
    synonyms: ["upgrade", "vertical"])
  package static let effect = CommandEffect.changes

  package static func start(_ call: Call, in session: inout Session, on host: any Host)
    throws(Diagnostic) -> Activity
  {
    guard sizes.contains(where: { call.isGiven($0.name) }) else {
      throw call.mistake(
        "resize needs what to change: \(sizes.map { "--" + $0.name }.listed())",
        help: "as in: resize s1 --cpu 4")
    }
    let restarts = call.flag("restart")
    if call.has("boot"), !restarts {
      throw call.mistake(
        "--boot is the time of a restart; in place nothing boots", about: "boot",
        try: (call["boot"]?.text ?? "") + " --restart")
    }
    let ids = try call.chosenServers(in: session.world)
    var groups: [(spec: ServerSpec, ids: [ServerID])] = []
    for server in ids.compactMap({ session.world.server($0) }) {
      var spec = server.spec
      try ServerOptions.apply(call, to: &spec)
      if call.has("boot") { spec.boot = try call.time("boot") }
      if let place = groups.firstIndex(where: { $0.spec == spec }) {
        groups[place].ids.append(server.id)
      } else {
        groups.append((spec, [server.id]))
      }
    }
    let losses = session.world.losing { world in
      for group in groups {
        for id in group.ids { world.resize(id, to: group.spec, restart: restarts) }
      }
    }
    let given = session.world.giveWaiting()
    var lines = groups.map { group in
      let how =
        restarts ? session.world.bootWords(group.ids) : "\(Text.servers(group.ids)) in place"
      return StyledText("\(how): \(ServerOptions.words(group.spec))")
    }
    if let last = lines.popLast() { lines.append(last + given.words) }
    var blocks = [Block.lines(lines)]
    if restarts { blocks.append(.lines([StyledText(losses.words + session.world.emptiness)])) }
    return .done(
      Output(
        .object(
          [
            JSON.Member(
              "servers", .array(groups.flatMap { group in group.ids.map { group.spec.json($0) } })),
            JSON.Member("restart", .bool(restarts)), JSON.Member("given", given.json),
          ] + losses.members), blocks))
  }

  /// What can be changed: no defaults, for what is not given stays.
  private static let sizes = ServerOptions.all.filter { $0.name != "zone" }.map { option in
    var option = option
    option.defaultText = nil
    return option
  }
}

extension ServerSpec {
  fileprivate func json(_ id: ServerID) -> JSON {
    [
      "id": .string(id.name), "cpu": .int(cpu), "speed": .number(speed), "memory": .int(memory),
      "weight": .number(effectiveWeight), "price": .number(effectivePrice),
      "boot": .number(boot.seconds),
    ]
  }
}
