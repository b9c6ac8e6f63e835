/// Styled lines as the characters a terminal gets.
///
/// Without colour the result is the plain text. With it each styled span is wrapped in its own
/// codes of the 16-colour palette, in shades that read on dark and on light backgrounds.
public struct TerminalRenderer: Hashable, Sendable {
  /// What the lines are made for.
  public let surface: Surface

  /// A renderer for a surface.
  public init(_ surface: Surface) {
    self.surface = surface
  }

  /// One line, without a line break.
  public func line(_ text: StyledText) -> String {
    let spelled = surface.spelled(text)
    guard surface.color else { return spelled.plain }
    return spelled.spans.reduce(into: "") { line, span in
      guard let code = Self.code(of: span.style) else {
        line += span.text
        return
      }
      line += "\u{1B}[\(code)m\(span.text)\u{1B}[0m"
    }
  }

  /// A block, each line ended by a line break.
  public func text(_ block: Block) -> String {
    block.lines(on: surface).reduce(into: "") { $0 += line($1) + "\n" }
  }

  /// The colour code of a style; none for plain text.
  ///
  /// Blue is left out, since it cannot be read on many black screens, and white and
  /// bright yellow, since they vanish on white ones.
  private static func code(of style: Style) -> String? {
    switch style {
    case .plain, .value: nil
    case .title, .strong: "1"
    case .dim: "2"
    case .good: "32"
    case .warning: "33"
    case .bad: "31"
    case .accent, .command, .firstSeries: "36"
    case .caret: "1;31"
    case .secondSeries: "35"
    case .thirdSeries: "33"
    case .fourthSeries: "32"
    }
  }
}
