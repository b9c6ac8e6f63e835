import CEdit

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// Reads cells from a terminal with libedit.
///
/// A cell of several lines is one libedit buffer. The hinge is the function that hands keys to
/// libedit: it is called when everything is on the screen, paints colour and hint over that, waits
/// for bytes and signals, and decodes them. One thread at a time may use an editor, and only one
/// editor at a time may read, since a process gets each signal once.
public final class EditLine: LineSource {
  let language: Language
  let output: Int32
  let editor: OpaquePointer
  let isVi: Bool
  var reader: ByteReader
  var decoder = KeyDecoder()
  /// Keys that are decoded and not yet handed to libedit.
  var keys: ArraySlice<Unicode.Scalar> = []
  var size: (columns: Int, rows: Int)
  var prompt = Prompt("")
  var isCancelled = false
  var recall: Recall?
  private(set) var history: History
  private let search: OpaquePointer
  private let streams: [UnsafeMutablePointer<FILE>]
  private var promptText: UnsafeMutablePointer<CChar>?
  private var failure: Int32?

  /// An editor between two descriptors; nil if they are not a terminal that can move its cursor, or
  /// the user's `~/.editrc` says `edit off`: then read with `PlainInput`.
  ///
  /// `name` is what `~/.editrc` (or the file `$EDITRC`) calls the program.
  public init?(
    name: String, language: Language, history: History = History(), input: Int32 = 0,
    output: Int32 = 1
  ) {
    guard Terminal.canEdit(input: input, output: output) else { return nil }
    Interrupts.watch()
    // Before libedit starts: it asks then which of its 8-bit keys are letters.
    Terminal.useUTF8()
    let ends: [(descriptor: Int32, mode: String)] = [(input, "r"), (output, "w"), (2, "w")]
    let streams = ends.compactMap { fdopen(dup($0.descriptor), $0.mode) }
    guard streams.count == 3,
      let editor = el_init_fd(name, streams[0], streams[1], streams[2], input, output, 2)
    else {
      for stream in streams { fclose(stream) }
      return nil
    }
    guard let search = history_winit() else {
      el_end(editor)
      for stream in streams { fclose(stream) }
      return nil
    }
    cedit_set_emacs(editor)
    // Before our own keys: `bind -v` in there resets all of them.
    el_source(editor, nil)
    self.streams = streams
    self.editor = editor
    self.search = search
    self.language = language
    self.history = history
    self.output = output
    isVi = cedit_is_vi(editor) != 0
    reader = ByteReader(descriptor: input)
    size = Terminal.size(output)
    guard cedit_can_edit(editor) != 0 else { return nil }
    cedit_set_owner(editor, Unmanaged.passUnretained(self).toOpaque())
    cedit_set_prompt(editor) { EditLine.owner(of: $0)?.promptText }
    cedit_set_getc(editor) { EditLine.owner(of: $0)?.read(into: $1) ?? -1 }
    // libedit swaps CR and LF, by which a pasted CR LF would be two line ends.
    for mode in ["-icrnl", "-inlcr"] { cedit_setty(editor, mode) }
    bindKeys()
    cedit_use_history(editor, search, Int32(History.limit))
    for entry in history.entries { remember(entry) }
  }

  deinit {
    el_end(editor)
    history_wend(search)
    for stream in streams { fclose(stream) }
    free(promptText)
  }

  /// The next cell, which is also added to the history.
  public func next(prompt: Prompt) -> Line {
    self.prompt = prompt
    free(promptText)
    promptText = strdup(prompt.text)
    isCancelled = false
    failure = nil
    recall = nil
    if Interrupts.isPending { reader.discard() }
    Interrupts.forget()
    size = Terminal.size(output)
    fflush(nil)
    emit("\u{1b}[?2004h")
    var count: Int32 = 0
    let line = el_wgets(editor, &count)
    emit("\u{1b}[?2004l")
    if isCancelled { return .cancelled }
    if let failure { return .failed(failure) }
    guard let line, count > 0 else {
      emit("\r\n")
      return .end
    }
    let text = String(scalars: UnsafeBufferPointer(start: line, count: Int(count)).map(Self.scalar))
    let cell = text.hasSuffix("\n") ? String(text.dropLast()) : text
    history.append(cell)
    remember(cell)
    return .cell(cell)
  }

  /// Runs a cell without showing what is typed meanwhile, which the next prompt shows.
  public func withEchoOff<Result>(_ body: () throws -> Result) rethrows -> Result {
    var settings = termios()
    guard tcgetattr(reader.descriptor, &settings) == 0 else { return try body() }
    let saved = settings
    settings.c_lflag &= ~tcflag_t(ECHO)
    tcsetattr(reader.descriptor, TCSANOW, &settings)
    defer {
      settings = saved
      tcsetattr(reader.descriptor, TCSANOW, &settings)
    }
    return try body()
  }

  static func owner(of editor: OpaquePointer?) -> EditLine? {
    cedit_owner(editor).map { Unmanaged<EditLine>.fromOpaque($0).takeUnretainedValue() }
  }

  static func scalar(_ character: wchar_t) -> Unicode.Scalar {
    Unicode.Scalar(UInt32(bitPattern: character)) ?? "\u{FFFD}"
  }

  private func remember(_ entry: String) {
    if !entry.isEmpty { cedit_remember(search, Self.wide(entry)) }
  }

  static func wide(_ text: String) -> [wchar_t] {
    text.unicodeScalars.map { wchar_t(bitPattern: $0.value) } + [0]
  }

  func emit(_ text: String) { Terminal.send(text, to: output) }

  // MARK: Reading

  /// Hands libedit one character: 1, or 0 at the end of the input, or -1 if it fails.
  private func read(into character: UnsafeMutablePointer<wchar_t>?) -> Int32 {
    while keys.isEmpty {
      // While more is there to be read nobody can see what is painted.
      if !decoder.isPending, !reader.isReady { paint() }
      switch reader.next(within: decoder.isPending ? 30 : -1) {
      case .byte(let byte): keys += decoder.feed(byte)
      case .silence: keys += decoder.flush()
      case .signal(let number): receive(number)
      case .end: return 0
      case .failed(let number):
        failure = number
        return -1
      }
    }
    guard let key = keys.popFirst() else { return 0 }
    character?.pointee = wchar_t(bitPattern: key.value)
    return 1
  }

  func receive(_ signal: Int32) {
    switch signal {
    case SIGINT:
      reader.discard()
      decoder = KeyDecoder()
      // Twice, in case that libedit waits for the rest of a sequence, which takes the first.
      keys = [Key.cancel.scalar, Key.cancel.scalar]
    case SIGWINCH: resize()
    case SIGCONT: resume()
    default: break
    }
  }
}
