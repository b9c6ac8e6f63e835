/// Reads tokens into nodes, checking units on the way.
struct ExpressionParser {
  /// How deeply operations may nest; well inside any thread's stack.
  private static let deepest = 100

  let source: Source
  let scope: Scope
  var names: [Expression.Name] = []
  private let tokens: [ExpressionToken]
  private var position = 0
  private var nesting = 0

  init(_ source: Source, _ range: Range<Int>?, _ scope: Scope) throws(Diagnostic) {
    self.source = source
    self.scope = scope
    let all = 0..<source.count
    tokens = try ExpressionToken.tokens(source, in: range?.clamped(to: all) ?? all)
  }

  private var current: ExpressionToken { tokens[min(position, tokens.count - 1)] }

  /// Passes a word or symbol if it is next.
  mutating func skip(_ text: String) -> Bool {
    guard current.kind == .symbol(text) || current.kind == .word(text) else { return false }
    position += 1
    return true
  }

  private mutating func expect(_ text: String, after what: String) throws(Diagnostic) {
    if skip(text) { return }
    let place = current.range.lowerBound
    let gap = position > 0 ? tokens[position - 1].range.upperBound : place
    throw Diagnostic(
      "\(text.quoted) is missing after \(what)", at: gap..<gap,
      suggestion: text == ")" && current.kind == .end ? source.replacing(gap..<gap, with: ")") : nil
    )
  }

  func expectEnd() throws(Diagnostic) {
    switch current.kind {
    case .end: return
    case .number, .word: throw Diagnostic("an operator is missing before this", at: current.range)
    case .symbol(let symbol):
      throw Diagnostic(
        "\(symbol.quoted) is not expected here", at: current.range,
        suggestion: symbol == ")" ? source.replacing(current.range, with: "") : nil)
    }
  }

  /// Objects to a unit that stands apart from the number just read.
  private func unitTouches(_ number: ExpressionToken) throws(Diagnostic) {
    guard case .word(let word) = current.kind else { return }
    let isUnit = Measure.allCases.contains { $0.units.contains { $0.suffix == word } }
    guard let unit = isUnit ? word : ExpressionToken.literalUnit(word) else { return }
    let gap = number.range.upperBound..<current.range.lowerBound
    throw Diagnostic(
      "a unit touches its number", at: gap,
      suggestion: source.replacing(gap.lowerBound..<current.range.upperBound, with: unit))
  }

  /// Reads operators that bind at least as tightly as `least`.
  mutating func expression(_ least: Int = 0) throws(Diagnostic) -> Expression.Node {
    nesting += 1
    defer { nesting -= 1 }
    guard nesting < Self.deepest else { throw tooDeep(current.range) }
    var left = try prefix()
    var compared: Expression.Node?
    while true {
      if case .word("in") = current.kind, least <= 4 {
        left = try within(left)
        continue
      }
      guard let (symbol, joining) = nextOperator, joining.binding >= least else { return left }
      if joining.binding == 4, compared != nil {
        throw Diagnostic(
          "comparisons do not chain", at: symbol.range,
          help: "write x in a..b, or join two with and")
      }
      position += 1
      let right = try rightSide(of: joining, left)
      if joining.binding == 4 { compared = right }
      left = try join(left, joining, right)
    }
  }

  private var nextOperator: (ExpressionToken, Expression.Operator)? {
    switch current.kind {
    case .symbol(let text), .word(let text):
      Expression.Operator(rawValue: text).map { (current, $0) }
    default: nil
    }
  }

  /// Reads what follows an operator; after a name's `==`, a word that stands for itself.
  private mutating func rightSide(of joining: Expression.Operator, _ left: Expression.Node)
    throws(Diagnostic) -> Expression.Node
  {
    guard left.unit == .name, joining == .equal || joining == .unequal,
      case .name(let name) = left.operation, case .word(let word) = current.kind
    else { return try expression(joining.binding + 1) }
    let words = scope.entry(name.text)?.words ?? []
    guard words.isEmpty || words.contains(word) else {
      let meant = Suggestion.nearest(to: word, in: words)
      throw Diagnostic(
        "no \(name.text) is called \(word.quoted)", at: current.range,
        suggestion: meant.map { source.replacing(current.range, with: $0) },
        help: meant == nil ? "there is \(words.listed("and"))" : nil)
    }
    let range = current.range
    position += 1
    return try node(.isWord(name, word), .name, range, [left])
  }

  private mutating func prefix() throws(Diagnostic) -> Expression.Node {
    let token = current
    position += 1
    switch token.kind {
    case .number(let quantity):
      if quantity.unit == .number { try unitTouches(token) }
      return try node(.literal(quantity.value), quantity.unit, token.range)
    case .word("not"):
      let operand = try boolean(expression(3), "not")
      return try node(
        .not(operand), .boolean, token.range.lowerBound..<operand.range.upperBound, [operand])
    case .word("if"): return try choice(token)
    case .word("true"), .word("false"):
      return try node(.literal(token.kind == .word("true") ? 1 : 0), .boolean, token.range)
    case .word(let word): return try named(word, token)
    case .symbol("-"):
      let operand = try expression(7)
      guard operand.unit.isNumeric else {
        throw Diagnostic("- needs a number, not \(operand.unit.noun)", at: operand.range)
      }
      return try node(
        .negate(operand), operand.unit, token.range.lowerBound..<operand.range.upperBound, [operand]
      )
    case .symbol("("):
      let inside = try expression()
      try expect(")", after: "(")
      let range = token.range.lowerBound..<tokens[position - 1].range.upperBound
      return try node(inside.operation, inside.unit, range, [inside])
    case .symbol(let symbol):
      throw Diagnostic("a value is missing before \(symbol.quoted)", at: token.range)
    case .end:
      let gap = position > 1 ? tokens[position - 2].range.upperBound : token.range.lowerBound
      throw Diagnostic("the expression breaks off: a value is missing", at: gap..<gap)
    }
  }

  private mutating func choice(_ token: ExpressionToken) throws(Diagnostic) -> Expression.Node {
    let condition = try boolean(expression(), "if")
    try expect("then", after: "if")
    let first = try expression()
    try expect("else", after: "then")
    let second = try expression()
    try agree(first, second)
    return try node(
      .choose(if: condition, then: first, else: second), first.unit.joined(with: second.unit),
      token.range.lowerBound..<second.range.upperBound, [condition, first, second])
  }

  private mutating func within(_ left: Expression.Node) throws(Diagnostic) -> Expression.Node {
    position += 1
    let low = try expression(5)
    try expect("..", after: "in")
    let high = try expression(5)
    if let first = withUnit(low, beside: left), let second = withUnit(high, beside: left) {
      let range = low.range.lowerBound..<high.range.upperBound
      throw Diagnostic(
        "\(source.text(left.range).quoted) is \(left.unit.noun), and the bounds have no unit",
        at: range, suggestion: source.replacing(range, with: "\(first)..\(second)"))
    }
    for bound in [low, high] {
      try agree(left, bound)
      guard bound.unit.isNumeric else {
        throw Diagnostic("in needs numbers, not \(bound.unit.noun)", at: bound.range)
      }
    }
    return try node(
      .within(left, low: low, high: high), .boolean,
      left.range.lowerBound..<high.range.upperBound, [left, low, high])
  }

  private mutating func named(_ word: String, _ token: ExpressionToken) throws(Diagnostic)
    -> Expression.Node
  {
    if current.kind == .symbol("("), let function = Function(rawValue: word),
      scope.functions.contains(function)
    {
      return try call(function, token)
    }
    guard let entry = scope.entry(word) else { throw unknown(word, token) }
    let known = names.first { $0.text == word }
    let name = known ?? Expression.Name(text: word, index: names.count)
    if known == nil { names.append(name) }
    return try node(.name(name), entry.unit, token.range)
  }

  private mutating func call(_ function: Function, _ token: ExpressionToken) throws(Diagnostic)
    -> Expression.Node
  {
    position += 1
    var arguments: [Expression.Node] = []
    repeat { arguments.append(try expression()) } while skip(",")
    try expect(")", after: "\(function.rawValue)(")
    let range = token.range.lowerBound..<tokens[position - 1].range.upperBound
    guard function.arity.contains(arguments.count) else {
      throw Diagnostic(
        "\(function.rawValue) takes \(function.arity.count > 1 ? "2 values or more" : "\(function.arity.lowerBound) value\(function.arity.lowerBound > 1 ? "s" : "")"), as in \(function.example)",
        at: range)
    }
    let unit = try function.unit(of: arguments, self)
    return try node(.call(function, arguments), unit, range, arguments)
  }

  func node(
    _ operation: Expression.Operation, _ unit: Unit, _ range: Range<Int>,
    _ parts: [Expression.Node] = []
  ) throws(Diagnostic) -> Expression.Node {
    let depth = (parts.map(\.depth).max() ?? 0) + 1
    guard depth < Self.deepest else { throw tooDeep(range) }
    return Expression.Node(operation: operation, unit: unit, range: range, depth: depth)
  }

  private func tooDeep(_ range: Range<Int>) -> Diagnostic {
    Diagnostic("the expression is too long", at: range)
  }

  private func unknown(_ word: String, _ token: ExpressionToken) -> Diagnostic {
    let parts = word.split(separator: "-").map(String.init)
    if parts.count > 1, parts.allSatisfy({ scope.entry($0) != nil || Double($0) != nil }) {
      return Diagnostic(
        "a minus takes blanks, since names may contain hyphens", at: token.range,
        suggestion: source.replacing(token.range, with: parts.joined(separator: " - ")))
    }
    if current.kind == .symbol("("), Function(rawValue: word) == nil {
      let meant = Suggestion.nearest(to: word, in: scope.functions.map(\.rawValue))
      return Diagnostic(
        "no function is called \(word.quoted)", at: token.range,
        suggestion: meant.map { source.replacing(token.range, with: $0) },
        help: meant == nil
          ? "there is \(scope.functions.map(\.rawValue).joined(separator: " "))" : nil)
    }
    if let function = Function(rawValue: word), scope.functions.contains(function) {
      return Diagnostic(
        "\(word) needs its values in brackets, as in \(function.example)", at: token.range)
    }
    if let dot = word.firstIndex(of: "."), scope.hasField(word[word.index(after: dot)...]) {
      let owner = String(word[..<dot])
      let run = Suggestion.nearest(to: owner, in: scope.runs) ?? scope.runs.last
      return Diagnostic(
        "no run is called \(owner.quoted)", at: token.range,
        suggestion: run.map { source.replacing(token.range, with: $0 + word[dot...]) })
    }
    let meant = scope.nearest(to: word)
    let family = scope.entries.filter { $0.name.hasPrefix(word + ".") }.map(\.name)
    return Diagnostic(
      "nothing is called \(word.quoted)", at: token.range,
      suggestion: (family.first ?? meant).map { source.replacing(token.range, with: $0) },
      help: family.isEmpty
        ? meant == nil ? "there is \(scope.entries.map(\.name).listed("and"))" : nil
        : "there is \(family.listed("and"))")
  }
}
