/// What lines are made for: how wide, with which characters, with or without colour.
public struct Surface: Hashable, Sendable {
  /// Cells in a line, from 1 to 1000.
  public let width: Int
  /// Whether characters beyond ASCII may be drawn; text that users gave is kept either way.
  public let unicode: Bool
  /// Whether a renderer may use colour.
  public let color: Bool

  /// A surface; a width beyond its bounds becomes the nearest one within.
  public init(width: Int = 80, unicode: Bool = true, color: Bool = false) {
    self.width = min(max(1, width), 1000)
    self.unicode = unicode
    self.color = color
  }

  /// The sign for text left out.
  public var ellipsis: String { unicode ? "…" : "..." }

  /// The text in characters this surface has.
  ///
  /// Without Unicode each typographic sign and each glyph of our pictures becomes ASCII. Signs
  /// may grow (`…`, `≤`), so spell text before measuring it; glyphs keep their one cell.
  public func spelled(_ text: StyledText) -> StyledText {
    guard !unicode else { return text }
    var spelled = StyledText()
    for span in text.spans {
      spelled.append(span.text.reduce(into: "") { $0 += Self.ascii($1) }, span.style)
    }
    return spelled
  }

  private static func ascii(_ character: Character) -> String {
    switch character {
    case "…": "..."
    case "−", "–", "─", "‐", "‑": "-"
    case "—": "--"
    case "→": "->"
    case "←", "◂": "<"
    case "≤": "<="
    case "≥": ">="
    case "≠": "!="
    case "≈": "~"
    case "×", "✗", "✘": "x"
    case "·", "•", "●": "*"
    case "✓", "✔": "ok"
    case "∞": "inf"
    case "µ", "μ": "u"
    case "“", "”": "\""
    case "‘", "’": "'"
    case "\u{A0}", "\u{202F}": " "
    case "▲", "↑": "^"
    case "▼", "↓": "v"
    case "│", "┃": "|"
    case "┆", "╎": ":"
    case "┊": "'"
    case "┤", "├", "┬", "┴", "┼", "└", "┌", "╵", "╷": "+"
    case "█", "▉", "▊", "▋": "#"
    case "▌", "▍", "▎", "▏": "|"
    case "▓", "▒": "="
    case "░": "."
    case "▁": "_"
    case "▂": "."
    case "▃": ":"
    case "▄": "-"
    case "▅": "="
    case "▆": "+"
    case "▇": "*"
    default: String(character)
    }
  }
}
