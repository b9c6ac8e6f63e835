import Notebook

/// When a task is done: everything that must hold.
public struct Check: Sendable {
  /// What must hold, in file order.
  let expectations: [Expectation]

  init(_ expectations: [Expectation]) { self.expectations = expectations }

  /// What is missing, in words with the values of now; empty when the task is done.
  ///
  /// - Throws: when a condition or message cannot be read.
  func missing(in session: Session) throws(Diagnostic) -> [String] {
    var missing: [String] = []
    for expectation in expectations {
      if let message = try expectation.missing(in: session) { missing.append(message) }
    }
    return missing
  }
}

/// A line `expect CONDITION else MESSAGE` of a check.
struct Expectation: Sendable {
  /// The line as written.
  let text: String
  /// The line of the file.
  let line: Int

  init(_ step: Cell.Step) {
    text = step.input
    line = step.line
  }

  /// What to say when the condition does not hold; nil when it does.
  func missing(in session: Session) throws(Diagnostic) -> String? {
    let (condition, message) = try parts(in: session)
    if try session.holds(condition) { return nil }
    guard let message else { return "\(condition) does not hold" }
    return try session.words(message)
  }

  /// The condition and the message, which begins after the first `else` that makes both whole:
  /// a formula may have an `else` of its own.
  func parts(in session: Session) throws(Diagnostic) -> (condition: String, message: String?) {
    let rest = text.hasPrefix("expect ") ? text.dropFirst(7) : text[...]
    var from = rest.startIndex
    while let range = rest[from...].firstRange(of: " else ") {
      let condition = String(rest[..<range.lowerBound]).trimmed
      if (try? session.condition(condition)) != nil {
        return (condition, String(rest[range.upperBound...]).trimmed)
      }
      from = range.upperBound
    }
    let condition = String(rest).trimmed
    _ = try session.condition(condition)
    return (condition, nil)
  }
}

extension String {
  /// Without blanks at both ends.
  var trimmed: String {
    let start = firstIndex { !$0.isWhitespace } ?? endIndex
    let end = lastIndex { !$0.isWhitespace }.map { index(after: $0) } ?? endIndex
    return String(self[start..<Swift.max(start, end)])
  }
}
