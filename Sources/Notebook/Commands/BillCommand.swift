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
            ], synonyms: ["own", "reserved", "fixed", "bought", "on-premises", "on-prem"]),
        ]), "the rule")
    ],
    examples: [
      Example("bill", "the present rule and the money so far"),
      Example("bill hourly", "every started hour counts"),
      Example("bill owned 40", "forty machines, used or not"),
    ],
    details: ["The rule holds from the start of the world: changing it reckons everything anew."],
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
            JSON.Member("hourly", .number(world.dollarsPerHour)),
          ]),
        line: """
          \(world.billing.words): \(Text.dollars(world.dollars), .value) so far, \
          \(Text.dollars(world.dollarsPerHour), .value) per hour now
          """))
  }

  private static func rule(_ call: Call) throws(Diagnostic) -> BillingRule {
    switch try call.word("rule") {
    case "hourly": .hourly
    case "owned":
      .owned(count: try call.count("machines"), pricePerHour: try call.money("price"))
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
    }
  }
}

extension World {
  /// Dollars per hour for what is paid now: the owned machines, or those that are rented.
  fileprivate var dollarsPerHour: Double {
    if case .owned(let count, let price) = billing { return Double(count) * price }
    return hourlyDollars
  }
}
