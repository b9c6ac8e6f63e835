/// A question with options to choose from.
public struct Quiz: Sendable, Equatable {
  /// How a quiz is answered and who knows the key.
  public enum Kind: String, CaseIterable, Sendable {
    /// Answered before a run; the run decides which option's condition holds.
    case predict
    /// One option is marked as the key.
    case choice
    /// The options stand in the right order; learners see them shuffled.
    case order
  }

  /// One option.
  public struct Option: Sendable, Equatable {
    /// Its letter, `a` to `z`.
    public let letter: Character
    /// What it says, as Markdown.
    public let text: String
    /// In a prediction: when it is the right one.
    public let condition: FileExpression?
    /// In a choice: whether it is the right one.
    public let isKey: Bool
    /// What to tell someone who chose it.
    public internal(set) var why: String?
    /// The line of the file, from 1; 0 if it comes from no file.
    public let line: Int

    /// Creates an option.
    public init(
      _ letter: Character, _ text: String, when condition: FileExpression? = nil,
      isKey: Bool = false, why: String? = nil, line: Int = 0
    ) {
      self.letter = letter
      self.text = text
      self.condition = condition
      self.isKey = isKey
      self.why = why
      self.line = line
    }
  }

  /// How it is answered.
  public let kind: Kind
  /// The question, as Markdown.
  public let question: String
  /// The options in file order.
  public let options: [Option]
  /// What to tell everyone afterwards.
  public let why: String?
  /// In sessions: what the learner answered; changing it spells the quiz anew when written.
  public var answer: String? { didSet { written = nil } }
  /// The line of the file with the opening marks, from 1; 0 if it comes from no file.
  public let line: Int
  var written: String?

  /// Creates a quiz that comes from no file.
  public init(
    _ kind: Kind, question: String, options: [Option], why: String? = nil, answer: String? = nil
  ) {
    self.init(
      kind: kind, question: question, options: options, why: why, answer: answer, line: 0,
      written: nil)
  }

  init(
    kind: Kind, question: String, options: [Option], why: String?, answer: String?, line: Int,
    written: String?
  ) {
    self.kind = kind
    self.question = question
    self.options = options
    self.why = why
    self.answer = answer
    self.line = line
    self.written = written
  }
}

extension Quiz: FencedSegment {
  var info: String { "quiz \(kind.rawValue)" }

  var body: [String] {
    var lines = SourceLine.unjoined(question)
    for option in options {
      let condition = option.condition.map { "  when \($0.text)" } ?? ""
      lines += Self.spelled("\(option.isKey ? "*" : "")\(option.letter)) ", option.text + condition)
    }
    if let why { lines += Self.spelled("why: ", why) }
    for option in options {
      if let why = option.why { lines += Self.spelled("why \(option.letter): ", why) }
    }
    if let answer { lines += Self.spelled("you: ", answer) }
    return lines
  }

  /// Lines after the first are indented, which is how they continue the first.
  private static func spelled(_ head: String, _ text: String) -> [String] {
    let lines = SourceLine.unjoined(text)
    return [head + (lines.first ?? "")] + lines.dropFirst().map { "  " + $0 }
  }
}
