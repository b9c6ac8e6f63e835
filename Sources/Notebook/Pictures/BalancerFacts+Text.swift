import Cloud
import Display

extension BalancerFacts {
  /// The facts in words, for the servers there are.
  var lines: [StyledText] {
    switch self {
    case .keys(let shares, let moved, let needless):
      let listed = shares.prefix(12).map { "\($0.server.name) \(Text.percent($0.share))" }
      let rest = shares.count > 12 ? ", …" : ""
      let last = shares.last.map { $0.server.name } ?? ""
      return [
        "\("here", .title)  of 10 000 keys: \(listed.joined(separator: ", ") + rest, .value)",
        """
              without \(last) \(Text.percent(moved), .value) of the keys move, \
        \(Text.percent(needless), .value) without need
        """,
      ]
    case .turns(let first, let cycle):
      let names = first.map(\.name).joined(separator: " ")
      let repeats: StyledText =
        cycle.map { "; the cycle is \(Text.count($0, "pick"), .value)" } ?? "; no short cycle"
      return ["\("here", .title)  on idle servers: \(names, .value)\(repeats)"]
    case .draws(let count):
      return [
        "\("here", .title)  \(Text.count(count, "random draw"), .value) for the first pick"
      ]
    }
  }

  /// The facts for the machine interface.
  var json: JSON {
    switch self {
    case .keys(let shares, let moved, let needless):
      [
        "shares": .array(
          shares.map { ["id": .string($0.server.name), "share": .number($0.share)] }),
        "moved": .number(moved), "needless": .number(needless),
      ]
    case .turns(let first, let cycle):
      ["first": .array(first.map { .string($0.name) }), "cycle": JSON(cycle.map(Double.init))]
    case .draws(let count): ["draws": .int(count)]
    }
  }
}
