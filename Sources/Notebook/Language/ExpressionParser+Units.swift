extension ExpressionParser {
  /// Joins two values if their units let it.
  func join(_ left: Expression.Node, _ joining: Expression.Operator, _ right: Expression.Node)
    throws(Diagnostic) -> Expression.Node
  {
    let range = left.range.lowerBound..<right.range.upperBound
    if case .isWord(let name, let word) = right.operation, right.unit == .name {
      let same = try node(.isWord(name, word), .boolean, range, [left])
      return joining == .equal ? same : try node(.not(same), .boolean, range, [same])
    }
    let unit: Unit
    switch joining {
    case .and, .or:
      _ = try boolean(left, joining.rawValue)
      _ = try boolean(right, joining.rawValue)
      unit = .boolean
    case .equal, .unequal:
      try agree(left, right)
      unit = .boolean
    case .less, .greater, .atMost, .atLeast:
      try agree(left, right)
      try numeric(left, right, joining)
      unit = .boolean
    case .plus, .minus:
      try agree(left, right)
      try numeric(left, right, joining)
      unit = left.unit.joined(with: right.unit)
    case .times:
      try numeric(left, right, joining)
      unit = left.unit * right.unit
    case .over:
      try numeric(left, right, joining)
      unit = left.unit / right.unit
    }
    return try node(.binary(joining, left, right), unit, range, [left, right])
  }

  func boolean(_ node: Expression.Node, _ word: String) throws(Diagnostic) -> Expression.Node {
    if node.unit == .boolean { return node }
    throw Diagnostic(
      "\(word) needs a condition; \(source.text(node.range).quoted) is \(node.unit.noun)",
      at: node.range)
  }

  private func numeric(
    _ left: Expression.Node, _ right: Expression.Node, _ joining: Expression.Operator
  ) throws(Diagnostic) {
    for side in [left, right] where !side.unit.isNumeric {
      throw Diagnostic(
        "\(joining.rawValue) needs numbers; \(source.text(side.range).quoted) is \(side.unit.noun)",
        at: side.range)
    }
  }

  /// A bare number with the unit it lacks beside another value; nil if it lacks none.
  func withUnit(_ node: Expression.Node, beside other: Expression.Node) -> String? {
    guard case .literal(let value) = node.operation, node.unit == .number,
      let measure = Measure.allCases.first(where: { $0.unit == other.unit }),
      measure != .share || value > 1
    else { return nil }
    let typed = source.text(node.range)
    return measure == .money ? "$" + typed : typed + measure.usualUnit
  }

  /// Checks that two values can be compared, and suggests a unit for a bare number.
  func agree(_ left: Expression.Node, _ right: Expression.Node) throws(Diagnostic) {
    for (one, other) in [(left, right), (right, left)] {
      guard let meant = withUnit(one, beside: other) else { continue }
      throw Diagnostic(
        "\(source.text(other.range).quoted) is \(other.unit.noun), "
          + "and \(source.text(one.range)) has no unit",
        at: one.range, suggestion: source.replacing(one.range, with: meant))
    }
    for side in [left, right] where side.unit == .name {
      throw Diagnostic(
        "\(source.text(side.range).quoted) is a name: it can only be compared, as in balancer == random",
        at: side.range)
    }
    guard left.unit.isCompatible(with: right.unit) else {
      throw Diagnostic(
        "\(source.text(left.range).quoted) is \(left.unit.noun), "
          + "\(source.text(right.range).quoted) is \(right.unit.noun)", at: right.range)
    }
    try notCountAndShare(left, right)
  }

  /// A share is a number, but none that a count could be near to: 99% is not 99.
  private func notCountAndShare(_ left: Expression.Node, _ right: Expression.Node)
    throws(Diagnostic)
  {
    for (one, other) in [(left, right), (right, left)] where other.unit == .ratio {
      guard case .name(let name) = one.operation, one.unit == .number else { continue }
      // A run's counts are parts of the same run's.
      let owner = name.text.lastIndex(of: ".").map { String(name.text[...$0]) } ?? ""
      let whole = scope.entry(name.text)?.whole.map { owner + $0 }
      throw Diagnostic(
        "\(name.text.quoted) is a plain number, \(source.text(other.range).quoted) is a share",
        at: one.range,
        suggestion: whole.map { source.replacing(one.range, with: "\(name.text) / \($0)") },
        help: whole == nil ? "divide it by what it is to be a share of" : nil)
    }
  }
}

extension Function {
  /// The unit of its value.
  func unit(of arguments: [Expression.Node], _ parser: ExpressionParser) throws(Diagnostic) -> Unit
  {
    guard let first = arguments.first else { return .number }
    for argument in arguments where !argument.unit.isNumeric {
      throw Diagnostic("\(rawValue) needs numbers, not \(argument.unit.noun)", at: argument.range)
    }
    switch self {
    case .min, .max:
      for other in arguments.dropFirst() { try parser.agree(first, other) }
      return arguments.dropFirst().reduce(first.unit) { $0.joined(with: $1.unit) }
    case .abs: return first.unit
    case .hash: return .number
    case .since:
      guard first.unit == .seconds else {
        throw Diagnostic("since needs a time, not \(first.unit.noun)", at: first.range)
      }
      return .seconds
    case .sqrt:
      guard let root = first.unit.squareRoot else {
        throw Diagnostic("sqrt of \(first.unit.noun) has no unit", at: first.range)
      }
      return root
    case .ceil, .floor, .exp, .ln:
      guard first.unit.isNumber else {
        throw Diagnostic(
          "\(rawValue) needs a plain number, not \(first.unit.noun)", at: first.range)
      }
      return .number
    }
  }
}

extension Unit {
  /// The unit of a sum, or of either of two values: a share if one of them is.
  func joined(with other: Unit) -> Unit { other == .ratio ? other : self }

  /// The unit whose square it is.
  var squareRoot: Unit? {
    guard time % 2 == 0, bytes % 2 == 0, money % 2 == 0 else { return nil }
    return Unit(time: time / 2, bytes: bytes / 2, money: money / 2)
  }

  /// A noun phrase for messages.
  public var noun: String {
    switch self {
    case .number: "a plain number"
    case .ratio: "a share"
    case .boolean: "true or false"
    case .name: "a name"
    case .seconds: "a duration"
    case .rate: "a rate"
    case .bytes: "a size"
    case .dollars: "an amount of money"
    default: "in " + symbol
    }
  }

  /// The powers written out, such as `$/s`.
  private var symbol: String {
    let powers = [("$", money), ("B", bytes), ("s", time)]
    func side(_ sign: Int) -> String {
      powers.filter { $0.1 * sign > 0 }.map { $0.1 * sign == 1 ? $0.0 : "\($0.0)^\($0.1 * sign)" }
        .joined(separator: "·")
    }
    let (above, below) = (side(1), side(-1))
    return (above.isEmpty ? "1" : above) + (below.isEmpty ? "" : "/" + below)
  }
}
