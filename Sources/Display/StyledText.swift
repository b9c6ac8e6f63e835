/// One line of text as spans of equal style.
///
/// Text is made safe on the way in: line breaks and tabs become blanks, other control and
/// direction-override characters are dropped, so that a name cannot move the cursor.
public struct StyledText: Hashable, Sendable {
  /// A run of text with one style.
  public struct Span: Hashable, Sendable {
    /// The text, free of control characters.
    public let text: String
    /// What the text means.
    public let style: Style
  }

  /// The spans in order; none is empty and neighbours differ in style.
  public private(set) var spans: [Span] = []

  /// An empty line.
  public init() {}

  /// A line of one style.
  public init(_ text: String, _ style: Style = .plain) {
    append(text, style)
  }

  /// Adds text at the end.
  public mutating func append(_ text: String, _ style: Style = .plain) {
    let safe = text.onOneLine
    guard !safe.isEmpty else { return }
    if let last = spans.last, last.style == style {
      spans[spans.count - 1] = Span(text: last.text + safe, style: style)
    } else {
      spans.append(Span(text: safe, style: style))
    }
  }

  /// Adds styled text at the end.
  public mutating func append(_ other: StyledText) {
    for span in other.spans { append(span.text, span.style) }
  }

  /// The text without its styles.
  public var plain: String { spans.reduce(into: "") { $0 += $1.text } }

  /// The terminal cells of the line.
  public var cells: Int { spans.reduce(0) { $0 + $1.text.cells } }

  /// Whether there is no text.
  public var isEmpty: Bool { spans.isEmpty }

  /// The same text in one style.
  public func styled(_ style: Style) -> StyledText { StyledText(plain, style) }

  /// Two texts in sequence.
  public static func + (left: StyledText, right: StyledText) -> StyledText {
    var sum = left
    sum.append(right)
    return sum
  }

  /// Adds text at the end.
  public static func += (left: inout StyledText, right: StyledText) {
    left.append(right)
  }
}

extension StyledText: ExpressibleByStringInterpolation {
  /// Collects literal text and values, as in `"done \(count, .good)"`.
  public struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var text = StyledText()

    /// An empty collection; the sizes are only hints.
    public init(literalCapacity: Int, interpolationCount: Int) {}

    /// Adds the text between values.
    public mutating func appendLiteral(_ literal: String) { text.append(literal) }

    /// Adds a value's description in a style.
    public mutating func appendInterpolation(
      _ value: some CustomStringConvertible, _ style: Style = .plain
    ) {
      text.append(value.description, style)
    }

    /// Adds text that has its styles.
    public mutating func appendInterpolation(_ value: StyledText) { text.append(value) }
  }

  /// A plain line.
  public init(stringLiteral value: String) { self.init(value) }

  /// A line from its parts.
  public init(stringInterpolation: StringInterpolation) { self = stringInterpolation.text }
}

extension String {
  /// The text with line breaks and tabs as blanks and without other controls.
  fileprivate var onOneLine: String {
    if utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return self }
    let flat = split(separator: "\r\n", omittingEmptySubsequences: false).joined(separator: "\n")
    var safe = String.UnicodeScalarView()
    for scalar in flat.unicodeScalars {
      switch scalar.value {
      case 0x09, 0x0A, 0x0D, 0x85, 0x2028, 0x2029: safe.append(" ")
      case 0..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069: continue
      default: safe.append(scalar)
      }
    }
    return String(safe)
  }
}
