import Display
import Notebook

extension Session {
  /// Reads a condition.
  ///
  /// - Throws: a diagnostic whose range lies within the text.
  func condition(_ text: String) throws(Diagnostic) -> Expression {
    let expression = try Expression(text, scope: scope)
    if expression.isBoolean { return expression }
    throw Diagnostic("this is no condition", at: 0..<text.count)
  }

  /// Whether a condition holds now; it does not while it has no value.
  func holds(_ text: String) throws(Diagnostic) -> Bool {
    try condition(text).holds { value(of: $0) }
  }

  /// A message with the values of now.
  func words(_ template: String) throws(Diagnostic) -> String {
    try Template(template, scope: scope).text(in: { value(of: $0) }, format: \.shown)
  }

  /// The value of a formula as prose shows it; nil while it has none.
  func shown(_ text: String) throws(Diagnostic) -> String? {
    let expression = try Expression(text, scope: scope)
    return (try? expression.evaluate { value(of: $0) })?.shown
  }

  /// What a condition was judged by: "latency.p99 is 2.51s".
  func evidence(for text: String) -> [String] {
    guard let expression = try? condition(text) else { return [] }
    return expression.names.compactMap { name in
      value(of: name).map { "\(name.text) is \($0.shown)" }
    }
  }
}

extension Notebook.Quantity {
  /// The value as answers show it: rounded, with its unit.
  var shown: String {
    if let name { return name }
    switch unit {
    case .boolean: return isTrue ? "true" : "false"
    case .seconds: return Display.Quantity.text(value, .seconds)
    case .rate: return Display.Quantity.text(value, .perSecond)
    case .ratio: return Display.Quantity.text(value, .ratio)
    case .bytes: return Display.Quantity.text(value, .bytes)
    case .dollars: return Display.Quantity.text(value, .dollars)
    default: return Display.Quantity.text(value, .count)
    }
  }
}
