extension Call {
  /// A formula, its names looked up in `scope`.
  public func expression(_ name: String, scope: Scope) throws(Diagnostic) -> Expression {
    try Expression(source, in: try range(name), scope: scope)
  }

  /// A formula that is true or false.
  public func condition(_ name: String, scope: Scope) throws(Diagnostic) -> Expression {
    let expression = try expression(name, scope: scope)
    if expression.isBoolean { return expression }
    let zero = Quantity(0, expression.unit).typed
    throw Diagnostic(
      "\(name) needs a condition; \(expression.text.quoted) is \(expression.unit.noun)",
      at: expression.root.range,
      suggestion: expression.unit.isNumeric
        ? Source(source).inserting("> \(zero)", at: expression.root.range.upperBound) : nil)
  }

  /// Formulas with commas between, their names looked up in `scope`.
  public func expressions(_ name: String, scope: Scope) throws(Diagnostic) -> [Expression] {
    try Expression.list(source, in: try range(name), scope: scope)
  }

  /// A text with formulas in braces.
  public func template(_ name: String, scope: Scope) throws(Diagnostic) -> Template {
    let text = try word(name)
    let start = try argument(name).range.lowerBound
    let isQuoted = Source(source).text(start..<start + 1) == "\"" && text.first != "\""
    let inside = isQuoted ? start + 1 : start
    return try Template(source, in: inside..<inside + text.count, scope: scope)
  }

  /// The parts of a parameter made of several values, once for each time it is given.
  public func groups(_ name: String) -> [[Argument]] {
    all(name).compactMap { if case .group(let parts) = $0.value { parts } else { nil } }
  }

  private func range(_ name: String) throws(Diagnostic) -> Range<Int> {
    guard case .expression(let range) = try argument(name).value else {
      throw other(name, "an expression")
    }
    return range
  }
}
