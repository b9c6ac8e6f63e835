import Cloud
import Display
import Simulation

/// `bill`: shows or changes how server-time becomes money.
package enum BillCommand: Command {
  package static let spec = Spec(
    "bill", group: "policy", "Choose how servers are paid, or show what they cost so far.",
    positionals: [
      Parameter(
        "rule",
        .choice([
          Variant(
            "per-second", "by the second, each start at least a minimum",
            options: [
              Parameter("minimum", .duration, "the least a start is paid for", default: "60s")
            ], synonyms: ["second", "seconds", "persecond", "on-demand", "ec2"]),
          Variant(
            "hourly", "by the hour, rounded up at each start",
            synonyms: ["hour", "per-hour", "hours"]),
          Variant(
            "owned", "so many machines bought for the peak and paid for always",
            positionals: [
              Parameter("machines", .count(1...1_000_000), "how many", required: true)
            ],
            options: [
              Parameter("price", .money, "dollars per machine and hour", default: "$0.04")
            ], synonyms: ["own", "fixed", "bought", "on-premises", "on-prem"]),
          Variant(
            "reserved", "some promised for less, the others as they come",
            positionals: [
              Parameter("servers", .count(1...1_000_000), "how many", required: true)
            ],
            options: [
              Parameter("price", .money, "dollars per promised server and hour", default: "$0.025")
            ], synonyms: ["reserve", "committed", "commitment", "savings-plan"]),
          Variant(
            "per-request", "by the request and the memory it holds for its time",
            options: [
              Parameter("price", .money, "dollars for a million requests", default: "$0.20"),
              Parameter(
                "memory-price", .money, "dollars for a gibibyte held for a second",
                default: "$0.0000166667"),
              Parameter(
                "step", .positive(.duration), "what each request's time is rounded up to",
                default: "1ms"),
            ], synonyms: ["requests", "request", "lambda", "serverless", "functions"]),
        ]), "the rule")
    ],
    examples: [
      Example("bill", "the present rule and the money so far"),
      Example("bill hourly", "every started hour counts"),
      Example("bill owned 40", "forty machines, used or not"),
      Example("bill reserved 4", "four promised, the others on demand"),
      Example("bill per-request", "as functions are paid: nothing while nothing comes"),
    ],
    details: [
      "The rule holds from the start of the world: changing it reckons everything anew. Only "
        + "per-request counts the requests from when it is chosen; each holds its server's memory, "
        + "or its slot's share of it."
    ],
    synonyms: ["billing", "cost", "costs", "money", "pay", "price"])
  package static let effect = CommandEffect.changes

  package static func effect(of call: Call) -> CommandEffect { call.isBare ? .looks : .changes }

  package static func start(_ call: Call, in session: inout Session, on host: any Host)
    throws(Diagnostic) -> Activity
  {
    if !call.isBare { session.world.billing = try rule(call) }
    let world = session.world
    return .done(
      Output(
        .object(
          world.billing.members + [
            JSON.Member("total", .number(world.dollars)),
            JSON.Member("hourly", .number(world.hourlyDollars)),
          ]),
        line: """
          \(world.billing.words): \(Text.dollars(world.dollars), .value) so far, \
          \(Text.dollars(world.hourlyDollars), .value) per hour now
          """))
  }

  private static func rule(_ call: Call) throws(Diagnostic) -> BillingRule {
    switch try call.word("rule") {
    case "hourly": .hourly
    case "owned":
      .owned(count: try call.count("machines"), pricePerHour: try call.money("price"))
    case "reserved":
      .reserved(
        Commitment(count: try call.count("servers"), pricePerHour: try call.money("price")))
    case "per-request":
      .perRequest(
        RequestPrice(
          perMillion: try call.money("price"), perGibibyteSecond: try call.money("memory-price"),
          step: try call.time("step")))
    default: .perSecond(minimum: try call.time("minimum"))
    }
  }
}

extension BillingRule {
  /// The rule in words.
  var words: String {
    switch self {
    case .perSecond(let minimum):
      minimum > .zero
        ? "per second, at least \(Text.exact(time: minimum)) a start" : "per second, no minimum"
    case .hourly: "hourly, every started hour"
    case .owned(let count, let price):
      "owned, \(Text.count(count, "machine")) at \(Text.dollars(price)) per hour, used or not"
    case .reserved(let promise):
      "\(Text.count(promise.count, "server")) reserved at \(Text.dollars(promise.pricePerHour)) per "
        + "hour, the others on demand"
    case .perRequest(let price):
      "per request, \(Text.dollars(price.perMillion)) a million and "
        + "\(Text.dollars(price.perGibibyteSecond)) a gibibyte-second"
    }
  }

  /// The rule under the keys of the machine interface.
  fileprivate var members: [JSON.Member] {
    switch self {
    case .perSecond(let minimum):
      [JSON.Member("rule", "per-second"), JSON.Member("minimum", .number(minimum.seconds))]
    case .hourly: [JSON.Member("rule", "hourly")]
    case .owned(let count, let price):
      [
        JSON.Member("rule", "owned"), JSON.Member("machines", .int(count)),
        JSON.Member("price", .number(price)),
      ]
    case .reserved(let promise):
      [
        JSON.Member("rule", "reserved"), JSON.Member("servers", .int(promise.count)),
        JSON.Member("price", .number(promise.pricePerHour)),
      ]
    case .perRequest(let price):
      [
        JSON.Member("rule", "per-request"), JSON.Member("price", .number(price.perMillion)),
        JSON.Member("memoryPrice", .number(price.perGibibyteSecond)),
        JSON.Member("step", .number(price.step.seconds)),
      ]
    }
  }
}
