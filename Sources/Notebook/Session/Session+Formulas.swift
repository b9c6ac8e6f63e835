extension Session {
  /// Reads a condition over the names that exist now.
  ///
  /// - Throws: a diagnostic whose range lies within the text.
  package func condition(_ text: String) throws(Diagnostic) -> Expression {
    let expression = try Expression(text, scope: state.scope)
    if expression.isBoolean { return expression }
    throw Diagnostic("this is no condition, but \(expression.unit.noun)", at: 0..<text.count)
  }

  /// Whether a condition holds now; it does not while it has no value.
  package func holds(_ text: String) throws(Diagnostic) -> Bool {
    let values = state.environment
    return try condition(text).holds { values.value(of: $0) }
  }

  /// A message with the values of now in its braces.
  package func words(_ template: String) throws(Diagnostic) -> String {
    let values = state.environment
    return try Template(template, scope: state.scope)
      .text(in: { values.value(of: $0) }, format: \.shown)
  }

  /// The value of a formula as answers show it.
  ///
  /// - Throws: when it cannot be read, or has no value now.
  package func shown(_ text: String) throws(Diagnostic) -> String {
    try state.environment.value(of: Expression(text, scope: state.scope)).shown
  }

  /// What a condition is judged by: each of its names with its value.
  package func evidence(for text: String) -> [(name: String, value: String)] {
    guard let expression = try? condition(text) else { return [] }
    let values = state.environment
    return expression.names.compactMap { name in
      values.value(of: name).map { (name.text, $0.shown) }
    }
  }
}
