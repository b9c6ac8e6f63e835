import CEdit

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// A walk through the history for cells that begin alike.
struct Recall {
  let prefix: String
  let draft: String
  var index: Int
  var shown: String
}

extension EditLine {
  private static let command = "nepho-key"

  /// Binds every key to libedit's command for it, or to ours, which is told the key.
  func bindKeys() {
    cedit_add(editor, Self.command, "serve a key") { editor, code in
      UInt8(truncatingIfNeeded: EditLine.owner(of: editor)?.serve(Key(code: code)) ?? CC_ERROR)
    }
    for code in UInt8(0x80)...0x9F {
      bind("\\" + String(code, radix: 8), to: Key(rawValue: code)?.command ?? Self.command)
    }
    for (code, _) in Key.controls { bind(Self.control(code), to: Self.command) }
    bind("^R", to: "em-inc-search-prev")
    bind("^S", to: "em-inc-search-next")
    if isVi {
      for (code, _) in Key.vi { cedit_bind_vi(editor, String(Unicode.Scalar(code)), Self.command) }
    } else {
      for (code, _) in Key.emacs { cedit_bind(editor, Self.control(code), Self.command) }
      for (code, _) in Key.meta {
        cedit_bind(editor, "^[" + String(Unicode.Scalar(code)), Self.command)
      }
      cedit_bind(editor, "^W", "ed-delete-prev-word")
    }
  }

  private func bind(_ key: String, to command: String) {
    cedit_bind(editor, key, command)
    if isVi { cedit_bind_vi(editor, key, command) }
  }

  private static func control(_ code: UInt8) -> String {
    "^" + String(Unicode.Scalar(code ^ 0x40))
  }

  /// Does what a key means; the result tells libedit what to draw.
  private func serve(_ key: Key?) -> Int32 {
    switch key {
    case .enter: enter()
    // In vi mode this is ESC and then Enter.
    case .newline: isVi ? enter() : breakLine()
    case .cancel: cancel()
    case .leave: leave()
    case .up: up()
    case .down: down()
    case .left: move(to: cursor - 1)
    case .right: takeHint() ?? move(to: cursor + 1)
    case .wordLeft: move(to: buffer.wordStart(before: cursor))
    case .wordRight: move(to: buffer.wordEnd(after: cursor))
    case .home: move(to: buffer.lineStart(around: cursor))
    case .end: takeHint() ?? move(to: buffer.lineEnd(around: cursor))
    case .complete: complete()
    case .paste: paste()
    default: CC_NORM
    }
  }

  /// A command cannot call one of libedit's own, but it can press a key that is bound to it.
  private func push(_ key: Key) -> Int32 {
    el_wpush(editor, Self.wide(String(key.scalar)))
    return CC_NORM
  }

  /// Moves the cursor, which libedit limits to the buffer.
  ///
  /// In a cell that is higher than the screen libedit's short way to draw that reads a row that is
  /// not there.
  private func move(to offset: Int) -> Int32 {
    moveCursor(to: offset)
    return isHigherThanScreen ? CC_REFRESH : CC_CURSOR
  }

  // MARK: Ending a cell

  private func enter() -> Int32 {
    guard language.isComplete(String(scalars: buffer)) else { return breakLine() }
    paint(withHint: false)
    return push(.accept)
  }

  /// Begins a line, indented like the one before; what is pasted brings its own blanks.
  private func breakLine() -> Int32 {
    let line = buffer[buffer.lineStart(around: cursor)..<cursor]
    let indent = reader.isReady ? 0 : line.prefix { $0 == " " }.count
    insert("\n" + String(repeating: " ", count: indent))
    return CC_REFRESH
  }

  private func cancel() -> Int32 {
    isCancelled = true
    keys = []
    paint(withHint: false)
    _ = push(.accept)
    return move(to: buffer.count)
  }

  private func leave() -> Int32 { buffer.isEmpty ? CC_EOF : push(.delete) }

  // MARK: Moving

  private func up() -> Int32 {
    let buffer = buffer
    let start = buffer.lineStart(around: cursor)
    guard start > 0 else { return showOlder() }
    let above = buffer.lineStart(around: start - 1)
    return move(to: min(above + cursor - start, start - 1))
  }

  private func down() -> Int32 {
    let buffer = buffer
    let end = buffer.lineEnd(around: cursor)
    guard end < buffer.count else { return showNewer() }
    let column = cursor - buffer.lineStart(around: cursor)
    return move(to: min(end + 1 + column, buffer.lineEnd(around: end + 1)))
  }

  private func takeHint() -> Int32? {
    let buffer = buffer
    guard cursor == buffer.count, let hint = hint(for: buffer) else { return nil }
    insert(hint)
    return CC_REFRESH
  }

  // MARK: History

  private func showOlder() -> Int32 {
    let text = String(scalars: buffer)
    let walk: Recall
    if let recall, recall.shown == text {
      walk = recall
    } else {
      let prefix = String(scalars: buffer[..<cursor])
      walk = Recall(prefix: prefix, draft: text, index: history.entries.count, shown: text)
    }
    let older = history.entries[..<walk.index]
    let found = older.lastIndex { $0.hasPrefix(walk.prefix) && $0 != walk.shown }
    guard let found else { return CC_ERROR }
    return show(walk, at: found)
  }

  private func showNewer() -> Int32 {
    guard let walk = recall, walk.shown == String(scalars: buffer) else { return CC_ERROR }
    let newer = history.entries[walk.index...].dropFirst()
    let found = newer.firstIndex { $0.hasPrefix(walk.prefix) && $0 != walk.shown }
    return show(walk, at: found)
  }

  /// Shows a cell of the history, or with no index what was typed before the walk.
  private func show(_ walk: Recall, at index: Int?) -> Int32 {
    let text = index.map { history.entries[$0] } ?? walk.draft
    moveCursor(to: buffer.count)
    replace(from: 0, with: text)
    recall = index.map { Recall(prefix: walk.prefix, draft: walk.draft, index: $0, shown: text) }
    return CC_REFRESH
  }

  // MARK: Pasting

  private func paste() -> Int32 {
    var bytes: [UInt8] = []
    reading: while true {
      switch reader.next(within: 2000) {
      case .byte(let byte):
        bytes.append(byte)
        if bytes.suffix(Paste.end.count) == Paste.end[...] {
          bytes.removeLast(Paste.end.count)
          break reading
        }
      case .signal(SIGINT): return cancel()
      case .signal(let number): receive(number)
      case .silence, .end, .failed: break reading
      }
    }
    insert(Paste.cell(bytes, prompt: prompt.text, isComplete: language.isComplete))
    return CC_REFRESH
  }
}
