/// What the editor asks about the language it edits, all on the thread that reads.
public struct Language {
  /// Whether Enter ends the cell; where it is false Enter begins a new line.
  public var isComplete: (String) -> Bool
  /// What could stand at a cursor, given as an offset in Unicode scalars.
  public var complete: (_ text: String, _ cursor: Int) -> Completions
  /// The ranges of Unicode scalars with a look, as parameters of an SGR escape sequence.
  public var highlight: (String) -> [(range: Range<Int>, sgr: String)]
  /// What could follow the text, shown in grey behind it.
  public var hint: (String) -> String?

  /// A language; what is left out is plain.
  public init(
    isComplete: @escaping (String) -> Bool = { _ in true },
    complete: @escaping (_ text: String, _ cursor: Int) -> Completions = { _, cursor in
      Completions(start: cursor, candidates: [])
    },
    highlight: @escaping (String) -> [(range: Range<Int>, sgr: String)] = { _ in [] },
    hint: @escaping (String) -> String? = { _ in nil }
  ) {
    self.isComplete = isComplete
    self.complete = complete
    self.highlight = highlight
    self.hint = hint
  }
}

/// The texts that could replace what lies between `start` and the cursor.
public struct Completions {
  /// Where the text to be replaced begins, in Unicode scalars.
  public var start: Int
  /// The texts in the order in which they are listed, each with a summary that may be empty.
  public var candidates: [(text: String, summary: String)]

  /// Candidates for the text from `start` to the cursor.
  public init(start: Int, candidates: [(text: String, summary: String)]) {
    self.start = start
    self.candidates = candidates
  }
}
