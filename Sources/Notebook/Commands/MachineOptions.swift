import Cloud
import Simulation

/// How a machine comes, stays and goes, as `spawn` and `scale` take it.
enum MachineOptions {
  /// Time to boot; exact, or drawn for each.
  static func boot(default text: String) -> Parameter {
    Parameter(
      "boot", .distribution(.duration), "time until it takes requests", default: text,
      example: "exp(45s)")
  }

  /// How cold a server is when it comes into service.
  static let warming = [
    Parameter(
      "warming", .duration, "how long it is warming once it has booted", example: "30s"),
    Parameter(
      "cold", .number(1...1e6), "how many times slower while it is warming", example: "3"),
  ]

  /// A spot machine, for `spawn`.
  static let spot = [
    Parameter("spot", .flag, "a spot machine: cheaper, and taken back at short notice"),
    Parameter(
      "notice", .duration, "time from a spot machine's notice to its end; by default 2m",
      example: "2m"),
    Parameter(
      "lifetime", .distribution(.duration),
      "time to a spot machine's notice; 5% an hour is exp(20h)", example: "exp(20h)"),
    Parameter(
      "spot-price", .percent, "share of the price a spot machine costs; by default 30%",
      example: "30%"),
  ]

  /// How an autoscaler comes by machines.
  static let scaling =
    [boot(default: "30s")] + warming + [
      Parameter("zones", .newNames, "zones over which servers are spread", example: "eu-a,eu-b"),
      Parameter("spot", .percent, "share of the servers that are spot machines", example: "50%"),
      Parameter("replace", .flag, "replace servers that fail their checks"),
      Parameter(
        "grace", .duration, "with --replace: time to answer; by default 300s", example: "300s"),
      Parameter(
        "warm-pool", .either([.count(1...1_000_000), .words("max")]),
        "stopped servers kept ready; max: all up to --max", example: "3"),
      Parameter("pool-boot", .distribution(.duration), "time one of them takes to start; 5s"),
      Parameter(
        "pool-price", .percent, "share of the price one of them costs; by default 5%",
        example: "5%"),
    ]

  /// Takes over what was typed after `spawn`.
  static func apply(_ call: Call, to server: inout ServerSpec) throws(Diagnostic) {
    server.bootTime = try call.work("boot")
    if call.isGiven("warming") { server.warming = try call.time("warming") }
    if call.isGiven("cold") { server.cold = try call.number("cold") }
    try check(call, ["cold"], need: "warming", "--warming 30s")
    guard call.flag("spot") else {
      return try check(call, ["notice", "lifetime", "spot-price"], need: "spot", "--spot")
    }
    var spot = Spot()
    if call.isGiven("notice") { spot.notice = try call.time("notice") }
    if call.isGiven("lifetime") { spot.lifetime = try call.work("lifetime") }
    if call.isGiven("spot-price") { spot.share = try call.ratio("spot-price") }
    server.spot = spot
  }

  /// What was typed after `scale`.
  static func provisioning(_ call: Call) throws(Diagnostic) -> Provisioning {
    var machines = Provisioning()
    machines.boot = try call.work("boot")
    machines.warming = try call.timeIfGiven("warming")
    if call.has("cold") { machines.cold = try call.number("cold") }
    if call.has("zones") { machines.zones = try call.names("zones") }
    if call.has("spot") { machines.spot = try call.ratio("spot") }
    if call.flag("replace") { machines.grace = try call.timeIfGiven("grace") ?? .seconds(300) }
    try check(call, ["grace"], need: "replace", "--replace")
    try check(call, ["pool-boot", "pool-price"], need: "warm-pool", "--warm-pool 3")
    guard let size = call["warm-pool"]?.value else { return machines }
    // A pool of N is Amazon's smallest pool, with nothing prepared beyond it.
    var pool = Provisioning.Pool(WarmPool())
    if case .count(let count) = size { pool.size = WarmPool(least: count, maxPrepared: 0) }
    if call.has("pool-boot") { pool.boot = try call.work("pool-boot") }
    if call.has("pool-price") { pool.priceShare = try call.ratio("pool-price") }
    machines.pool = pool
    return machines
  }

  private static func check(_ call: Call, _ names: [String], need: String, _ example: String)
    throws(Diagnostic)
  {
    guard !call.isGiven(need), let name = names.first(where: { call.isGiven($0) }) else { return }
    throw call.mistake(
      "--\(name) goes with --\(need)", about: name,
      try: (call[name]?.text ?? "") + " " + example)
  }

  /// A server's boot, warming and terms in words, after what it is made of.
  static func words(_ server: ServerSpec) -> [String] {
    var parts: [String] = []
    if server.warming > .zero {
      let cold = server.cold == 1 ? "" : " and \(Text.number(server.cold)) times slower"
      parts.append("warming for \(Text.time(server.warming))\(cold)")
    }
    if let spot = server.spot {
      let lifetime = spot.lifetime.map { ", taken back after \($0.timeWords)" } ?? ""
      parts.append("spot with \(Text.time(spot.notice)) notice\(lifetime)")
    }
    return parts
  }
}

extension Provisioning {
  /// What was asked for, as one types it, in parts.
  var words: [String] {
    var parts = ["boot \(boot.timeWords)"]
    if let warming { parts.append("warming \(Text.exact(time: warming))") }
    if let cold { parts.append("cold \(Text.exact(cold))") }
    if !zones.isEmpty { parts.append("zones \(zones.joined(separator: ","))") }
    if let spot { parts.append("\(Text.exact(ratio: spot)) spot") }
    if let grace { parts.append("replaces after \(Text.exact(time: grace))") }
    if let pool {
      let size = pool.size.maxPrepared == nil ? "up to the most" : "of \(pool.size.least)"
      parts.append("warm pool \(size), boot \(pool.boot.timeWords)")
    }
    return parts
  }

  /// The members under the keys of the machine interface.
  var members: [JSON.Member] {
    var members = [
      JSON.Member("boot", boot.isPlain ? .number(boot.mean / 1e9) : boot.json(per: 1e9))
    ]
    if let warming { members.append(JSON.Member("warming", .number(warming.seconds))) }
    if let cold { members.append(JSON.Member("cold", .number(cold))) }
    if !zones.isEmpty {
      members.append(JSON.Member("zones", .array(zones.map { .string($0) })))
    }
    if let spot { members.append(JSON.Member("spot", .number(spot))) }
    if let grace { members.append(JSON.Member("grace", .number(grace.seconds))) }
    if let pool {
      members.append(
        JSON.Member(
          "warmPool",
          [
            "size": pool.size.maxPrepared == nil ? "max" : .int(pool.size.least),
            "boot": .number(pool.boot.mean / 1e9), "priceShare": .number(pool.priceShare),
          ]))
    }
    return members
  }
}

extension Distribution {
  /// Whether it is one amount, as a plain time is.
  fileprivate var isPlain: Bool { if case .constant = self { true } else { false } }
}
