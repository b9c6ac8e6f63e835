/// Where the headings and fences of a Markdown text stand.
///
/// CommonMark decides, so a fence inside a list, a quote or another fence is what every other
/// reader of the file takes it for.
struct Outline {
  /// A top-level block that a notebook may care about; rows count from 0.
  enum Mark {
    case heading(level: Int, title: String, rows: ClosedRange<Int>)
    case fence(row: Int)
    case html(rows: ClosedRange<Int>)
  }

  private(set) var marks: [Mark] = []
  /// The rows of all code blocks, nested ones too.
  private(set) var code: Set<Int> = []

  /// Whether a fence below these lines and an empty one would be a block of its own.
  static func isClosed(after lines: [String]) -> Bool {
    let outline = Outline((lines + ["", "```"]).map { $0 + "\n" }.joined())
    if case .fence(let row)? = outline.marks.last { return row == lines.count + 1 }
    return false
  }

  init(_ text: String) {
    var marks: [Mark] = []
    var code: Set<Int> = []
    Markdown.withDocument(text, extended: false) { document in
      document.walk { node, entering in
        guard entering, node.firstLine > 0 else { return }
        let first = node.firstLine - 1
        let rows = first...max(first, node.lastLine - 1)
        switch node.kind {
        case "code_block":
          code.formUnion(rows)
          if node.isTopLevel { marks.append(.fence(row: first)) }
        case "heading" where node.isTopLevel:
          marks.append(.heading(level: node.level, title: node.plainText, rows: rows))
        case "html_block" where node.isTopLevel: marks.append(.html(rows: rows))
        default: break
        }
      }
    }
    self.marks = marks
    self.code = code
  }
}
