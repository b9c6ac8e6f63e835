import CCmarkGFM
import Synchronization

/// A Markdown document held by the C library for as long as a closure runs.
enum Markdown {
  /// Registering twice at once is not safe, and a static is initialised once.
  private static let areExtensionsRegistered: Bool = {
    cmark_gfm_core_extensions_ensure_registered()
    return true
  }()

  /// The library keeps the special characters of its extensions in a global table while it parses,
  /// so only one text may be parsed at a time.
  private static let library = Mutex(())

  /// Parses the text and lends its tree; nothing of the tree may leave the closure.
  static func withDocument<Result>(
    _ text: String, extended: Bool, _ body: (MarkdownNode) -> Result
  ) -> Result? {
    guard let parser = cmark_parser_new(CMARK_OPT_DEFAULT) else { return nil }
    defer { cmark_parser_free(parser) }
    if extended, areExtensionsRegistered {
      for name in ["table", "strikethrough", "autolink", "tasklist"] {
        guard let known = cmark_find_syntax_extension(name) else { continue }
        cmark_parser_attach_syntax_extension(parser, known)
      }
    }
    var text = text
    text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) {
        cmark_parser_feed(parser, $0.baseAddress, $0.count)
      }
    }
    let address = Int(bitPattern: parser)
    // As a number, since a pointer may not cross the lock.
    let parsed = library.withLock { _ in
      Int(bitPattern: OpaquePointer(bitPattern: address).flatMap { cmark_parser_finish($0) })
    }
    guard let document = OpaquePointer(bitPattern: parsed) else { return nil }
    defer { cmark_node_free(document) }
    return body(MarkdownNode(pointer: document))
  }
}

/// A node of a document that is still alive; what it returns are copies.
struct MarkdownNode {
  let pointer: OpaquePointer

  /// The C library's name for its type, such as `code_block`.
  var kind: String { String(cString: cmark_node_get_type_string(pointer)) }
  var literal: String { cmark_node_get_literal(pointer).map { String(cString: $0) } ?? "" }
  var url: String { cmark_node_get_url(pointer).map { String(cString: $0) } ?? "" }
  var firstLine: Int { Int(cmark_node_get_start_line(pointer)) }
  var lastLine: Int { Int(cmark_node_get_end_line(pointer)) }
  /// The level of a heading.
  var level: Int { Int(cmark_node_get_heading_level(pointer)) }
  var isTopLevel: Bool {
    cmark_node_parent(pointer).map { cmark_node_get_type($0) == CMARK_NODE_DOCUMENT } ?? false
  }

  var children: [MarkdownNode] {
    var nodes: [MarkdownNode] = []
    var next = cmark_node_first_child(pointer)
    while let child = next {
      nodes.append(MarkdownNode(pointer: child))
      next = cmark_node_next(child)
    }
    return nodes
  }

  /// Visits this node and all below it, without recursion: nesting has no bound in a hostile file.
  func walk(_ visit: (_ node: MarkdownNode, _ entering: Bool) -> Void) {
    guard let iterator = cmark_iter_new(pointer) else { return }
    defer { cmark_iter_free(iterator) }
    while true {
      let event = cmark_iter_next(iterator)
      if event == CMARK_EVENT_DONE { return }
      guard let node = cmark_iter_get_node(iterator) else { return }
      visit(MarkdownNode(pointer: node), event == CMARK_EVENT_ENTER)
    }
  }

  /// The words in it without any marks.
  var plainText: String {
    var text = ""
    walk { node, entering in
      guard entering else { return }
      switch node.kind {
      case "text", "code", "code_block": text += node.literal
      case "softbreak", "linebreak", "paragraph": if !text.isEmpty { text += " " }
      default: break
      }
    }
    return text
  }
}
