import Cloud
import Display
import Simulation

/// `spawn`: rents servers.
package enum Spawn: Command {
  package static let spec = Spec(
    "spawn", group: "fleet", "Rent servers.",
    positionals: [Parameter("count", .count(1...100_000), "how many", default: "1")],
    options: ServerOptions.all
      + [
        Parameter(
          "queue", .either([.count(0...1_000_000_000), .words("unbounded")]),
          "how many requests may wait", default: "unbounded"),
        Parameter(
          "discipline", .words("fifo", "ps"), "how requests share the slots", default: "fifo"),
        MachineOptions.boot(default: "0s"),
      ] + MachineOptions.warming + MachineOptions.spot,
    examples: [
      Example("spawn 3", "three servers that serve one request at a time"),
      Example("spawn --cpu 4 --memory 8GiB", "one that serves four"),
      Example("spawn 2 --boot lognormal(60s, 0.5)", "each boots for a time of its own"),
      Example("spawn 4 --spot --lifetime exp(20h)", "cheap, and taken back one day"),
    ],
    synonyms: ["rent", "start", "launch", "create", "serve", "server"])
  package static let effect = CommandEffect.changes

  package static func start(_ call: Call, in session: inout Session, on host: any Host)
    throws(Diagnostic) -> Activity
  {
    let count = try call.count("count")
    var server = ServerSpec()
    try ServerOptions.apply(call, to: &server)
    if case .count(let queue)? = call["queue"]?.value { server.queue = queue }
    server.discipline = try call.word("discipline") == "ps" ? .ps : .fifo
    try MachineOptions.apply(call, to: &server)
    guard session.world.rented + count <= 1_000_000 else {
      throw call.mistake("a world has room for a million servers", about: "count")
    }
    let ids = session.world.spawn(count, server)
    let names = ids.map { JSON.string($0.name) }
    let isUp = server.warming > .zero ? "warming" : "in service"
    let isHeld = ids.contains { session.world.server($0)?.state == .booting }
    let state =
      server.boot > .zero
      ? "booting for \(server.bootWords)" : isHeld ? "down until its zone is back" : isUp
    let line: StyledText =
      "\(Text.servers(ids), .accent) \(state): \(ServerOptions.words(server))"
    return .done(Output(["servers": .array(names)], line: line))
  }
}

/// What a server is made of, as `spawn` and `resize` take it.
enum ServerOptions {
  static let all: [Parameter] = [
    Parameter("cpu", .count(1...10_000), "requests served at once", default: "1"),
    Parameter("speed", .number(1e-6...1e6), "work done per second on a slot", default: "1"),
    Parameter("memory", .positive(.bytes), "memory", default: "1GiB"),
    Parameter(
      "weight", .either([.number(1e-6...1e9), .words("0")]),
      "share of the requests; by default cpu × speed", example: "2"),
    Parameter("zone", .newName, "the zone it stands in"),
    Parameter("price", .money, "dollars per hour; by default $0.04 a cpu"),
    Parameter(
      "maxconn", .either([.count(1...1_000_000_000), .words("unbounded")]),
      "most requests the balancer gives it at once", default: "unbounded"),
    Parameter(
      "minconn", .count(1...1_000_000_000),
      "most of them while few are open; grows to maxconn at balance --fullconn", example: "2"),
    Parameter(
      "priority", .count(0...127), "its level: 0 comes first, others stand by", default: "0"),
    Parameter(
      "address", .word, "what hashing knows it by; by default its name", example: "10.0.0.1:80"),
  ]

  /// Takes over what was typed.
  static func apply(_ call: Call, to server: inout ServerSpec) throws(Diagnostic) {
    if call.has("cpu") { server.cpu = try call.count("cpu") }
    if call.has("speed") { server.speed = try call.number("speed") }
    if call.has("memory") { server.memory = Int(min(try call.bytes("memory"), 1e18)) }
    if call.has("weight") {
      if case .word? = call["weight"]?.value {
        server.weight = 0
      } else {
        server.weight = try call.number("weight")
      }
    }
    if case .count(let most)? = call["maxconn"]?.value {
      // A limit that does not grow changes as a whole.
      if server.minconn == server.maxconn, server.minconn != nil { server.minconn = most }
      server.maxconn = most
    } else if call.isGiven("maxconn") {
      server.maxconn = nil
      server.minconn = nil
    }
    if call.has("minconn") { server.minconn = try call.count("minconn") }
    if let least = server.minconn, least > server.maxconn ?? 0 {
      throw call.mistake(
        server.maxconn.map { "minconn is at most maxconn, which is \($0)" }
          ?? "--minconn goes with --maxconn", about: call.has("minconn") ? "minconn" : "maxconn",
        help: "as in: spawn 2 --minconn 2 --maxconn 10")
    }
    if call.isGiven("priority") { server.priority = try call.count("priority") }
    if call.has("address") { server.address = try call.word("address") }
    if call.has("zone") { server.zone = try call.word("zone") }
    if call.has("price") { server.price = try call.money("price") }
  }

  /// A server in words, such as "1 cpu, 1GiB, $0.04 per hour".
  static func words(_ server: ServerSpec) -> String {
    var parts = ["\(server.cpu) cpu"]
    if server.speed != 1 { parts.append("speed \(Text.number(server.speed))") }
    parts.append(Text.bytes(Double(server.memory)))
    if let weight = server.weight { parts.append("weight \(Text.number(weight))") }
    if let most = server.maxconn { parts.append("maxconn \(most)") }
    if let least = server.minconn { parts.append("minconn \(least)") }
    if server.priority > 0 { parts.append("priority \(server.priority)") }
    if let address = server.address { parts.append(address) }
    if !server.zone.isEmpty { parts.append("zone \(server.zone)") }
    if let queue = server.queue { parts.append("queue \(queue)") }
    if server.discipline == .ps { parts.append("processor sharing") }
    parts += MachineOptions.words(server)
    parts.append("\(Text.dollars(server.effectivePrice)) per hour")
    return parts.joined(separator: ", ")
  }
}
