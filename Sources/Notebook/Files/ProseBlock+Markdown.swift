import CCmarkGFM

extension ProseBlock {
  /// The blocks of a Markdown text: CommonMark with tables, tasks, bare links and strike-through.
  ///
  /// Links read `text (url)`. HTML is not shown: comments and `<details>`, `<summary>` lines go
  /// away, other tags leave their words. Beyond 32 levels of nesting only the words are left.
  public static func blocks(of markdown: String) -> [ProseBlock] {
    Markdown.withDocument(markdown, extended: true) { blocks(in: $0, depth: 0) } ?? []
  }

  private static func blocks(in node: MarkdownNode, depth: Int) -> [ProseBlock] {
    node.children.compactMap { block($0, depth: depth + 1) }
  }

  private static func block(_ node: MarkdownNode, depth: Int) -> ProseBlock? {
    switch node.kind {
    case "heading": return .heading(level: node.level, spans(in: node))
    case "paragraph":
      let spans = spans(in: node)
      return spans.isEmpty ? nil : .paragraph(spans)
    case "thematic_break": return .rule
    case "code_block":
      return .code(info: node.info, lines: SourceLine.split(node.literal).map(\.text))
    case "html_block":
      let words = words(ofHTML: node.literal)
      return words.isEmpty ? nil : .paragraph([ProseSpan(words)])
    case "table": return table(node)
    case "list" where depth <= 32:
      return .list(start: node.listStart, isTight: node.isTight, items: items(of: node, depth))
    case "block_quote" where depth <= 32: return .quote(blocks(in: node, depth: depth))
    default:
      let words = node.plainText
      return words.isEmpty ? nil : .paragraph([ProseSpan(words)])
    }
  }

  private static func items(of list: MarkdownNode, _ depth: Int) -> [Item] {
    list.children.map { Item(isDone: $0.isDone, blocks(in: $0, depth: depth)) }
  }

  private static func table(_ node: MarkdownNode) -> ProseBlock {
    let alignments = node.alignments
    let lines = node.children.map { row in
      let cells = row.children.prefix(alignments.count).map { spans(in: $0) }
      return cells + Array(repeating: [], count: alignments.count - cells.count)
    }
    return .table(
      alignments: alignments, header: lines.first ?? [], rows: Array(lines.dropFirst()))
  }

  private static func spans(in node: MarkdownNode) -> [ProseSpan] {
    var builder = SpanBuilder()
    node.walk { builder.visit($0, entering: $1) }
    return builder.finished
  }

  /// The words of raw HTML that a reader of the page would see, fold marks aside.
  private static func words(ofHTML html: String) -> String {
    var visible = html[...]
    var kept = ""
    while let start = visible.firstRange(of: "<!--") {
      kept += visible[..<start.lowerBound]
      visible = visible[start.upperBound...]
      visible = visible.firstRange(of: "-->").map { visible[$0.upperBound...] } ?? ""
    }
    kept += visible
    let folds = ["<details", "</details", "<summary", "</summary"]
    let lines = SourceLine.split(kept).map(\.text).filter { line in
      !folds.contains { line.lowercased().firstRange(of: $0) != nil }
    }
    var words = ""
    var isTag = false
    for character in lines.joined(separator: " ") {
      if character == "<" { isTag = true }
      if !isTag { words.append(character) }
      if character == ">" { isTag = false }
    }
    return words.split(separator: " ").joined(separator: " ")
  }
}

/// Flattens inline nodes to spans while a walk enters and leaves them.
private struct SpanBuilder {
  private var spans: [ProseSpan] = []
  private var depths: [String: Int] = [:]
  /// For each link that is open: how many spans there were before it.
  private var links: [Int] = []

  private static let styles: [(kind: String, style: ProseSpan.Style)] = [
    ("emph", .emphasis), ("strong", .strong), ("strikethrough", .struck), ("link", .link),
  ]

  private var style: ProseSpan.Style {
    Self.styles.reduce(into: []) { result, entry in
      if depths[entry.kind, default: 0] > 0 { result.insert(entry.style) }
    }
  }

  mutating func visit(_ node: MarkdownNode, entering: Bool) {
    let kind = node.kind
    switch kind {
    case "text": add(node.literal, style)
    case "code": add(node.literal, style.union(.code))
    case "softbreak": add(" ", style)
    case "linebreak": add("\n", style)
    case "html_inline": if node.literal.lowercased().hasPrefix("<br") { add("\n", style) }
    case "emph", "strong", "strikethrough": depths[kind, default: 0] += entering ? 1 : -1
    case "link", "image":
      if entering {
        depths["link", default: 0] += 1
        links.append(spans.count)
      } else {
        depths["link", default: 0] -= 1
        leaveLink(to: node.url)
      }
    default: break
    }
  }

  /// An address that the words already show is not repeated.
  private mutating func leaveLink(to url: String) {
    let words = spans[min(links.popLast() ?? 0, spans.count)...].map(\.text).joined()
    guard !url.isEmpty, url != words, url != "mailto:\(words)", url != "http://\(words)" else {
      return
    }
    add(" (\(url))", style)
  }

  /// Joins neighbours of one style, and the blanks that a dropped comment leaves on both sides.
  private mutating func add(_ text: String, _ style: ProseSpan.Style) {
    var text = text[...]
    let last = spans.last
    if !style.contains(.code), last.map({ !$0.style.contains(.code) }) ?? true,
      last.map({ $0.text.hasSuffix(" ") || $0.text.hasSuffix("\n") }) ?? true
    {
      text = text.drop { $0 == " " }
    }
    if text.isEmpty { return }
    let floor = links.last ?? 0
    if let last, last.style == style, spans.count > floor {
      spans[spans.count - 1] = ProseSpan(last.text + text, style)
    } else {
      spans.append(ProseSpan(String(text), style))
    }
  }

  var finished: [ProseSpan] {
    guard let last = spans.last, !last.style.contains(.code) else { return spans }
    var text = last.text[...]
    while text.last == " " || text.last == "\n" { text.removeLast() }
    return spans.dropLast() + (text.isEmpty ? [] : [ProseSpan(String(text), last.style)])
  }
}

extension MarkdownNode {
  fileprivate var info: String {
    cmark_node_get_fence_info(pointer).map { String(cString: $0) } ?? ""
  }
  fileprivate var isTight: Bool { cmark_node_get_list_tight(pointer) != 0 }
  fileprivate var listStart: Int? {
    cmark_node_get_list_type(pointer) == CMARK_ORDERED_LIST
      ? Int(cmark_node_get_list_start(pointer)) : nil
  }
  fileprivate var isDone: Bool? {
    kind == "tasklist" ? cmark_gfm_extensions_get_tasklist_item_checked(pointer) : nil
  }
  fileprivate var alignments: [ProseBlock.Alignment] {
    let bytes = cmark_gfm_extensions_get_table_alignments(pointer)
    return (0..<Int(cmark_gfm_extensions_get_table_columns(pointer))).map { column in
      switch bytes?[column] {
      case UInt8(ascii: "l"): .left
      case UInt8(ascii: "c"): .center
      case UInt8(ascii: "r"): .right
      default: .natural
      }
    }
  }
}
