/// A message with formulas in braces: `p99 is {latency.p99}`.
public struct Template: Hashable, Sendable {
  /// A piece of a message.
  public enum Part: Hashable, Sendable {
    /// Text as it stands.
    case text(String)
    /// A formula whose value is shown.
    case value(Expression)
  }

  /// The pieces in order.
  public let parts: [Part]

  /// Reads a message in part of a cell, by default all of it.
  ///
  /// - Throws: a diagnostic whose range lies within `source`.
  public init(_ source: String, in range: Range<Int>? = nil, scope: Scope) throws(Diagnostic) {
    let characters = Array(source)
    let range = range?.clamped(to: 0..<characters.count) ?? 0..<characters.count
    var parts: [Part] = []
    var position = range.lowerBound
    while position < range.upperBound {
      let rest = characters[position..<range.upperBound]
      let open = rest.firstIndex(of: "{") ?? range.upperBound
      if open > position { parts.append(.text(String(characters[position..<open]))) }
      if open == range.upperBound { break }
      guard let close = characters[open..<range.upperBound].firstIndex(of: "}") else {
        throw Diagnostic("this brace is never closed", at: open..<open + 1)
      }
      parts.append(.value(try Expression(source, in: open + 1..<close, scope: scope)))
      position = close + 1
    }
    self.parts = parts
  }

  /// The message with its values; `–` where there is none yet.
  public func text(
    in values: (Expression.Name) -> Quantity?, format: (Quantity) -> String = \.typed
  ) -> String {
    parts.map { part in
      switch part {
      case .text(let text): text
      case .value(let expression): (try? expression.evaluate(in: values)).map(format) ?? "–"
      }
    }.joined()
  }
}
