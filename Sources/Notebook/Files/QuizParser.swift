/// Reads the body of a quiz line by line.
struct QuizParser {
  private enum Part {
    case question
    case option(Int)
    case why(Character?)
    case answer
  }

  private let kind: Quiz.Kind
  private let block: FenceBlock
  private var part = Part.question
  private var question: [String] = []
  private var options: [Quiz.Option] = []
  private var why: String?
  private var whys: [(letter: Character, text: String)] = []
  private var answer: String?
  private var problems: [FileProblem] = []

  private init(kind: Quiz.Kind, block: FenceBlock) {
    self.kind = kind
    self.block = block
  }

  static func quiz(_ block: FenceBlock, problems: inout [FileProblem]) -> Quiz {
    let word = block.fence.info.headAndRest.rest.headAndRest.head
    let kind = Quiz.Kind(rawValue: String(word))
    if kind == nil {
      let near = NotebookReader.nearest(to: word, among: Quiz.Kind.allCases.map(\.rawValue))
      problems.append(
        FileProblem(
          line: block.line, column: word.columnInLine,
          message: "a quiz is `predict`, `choice` or `order`",
          suggestion: "```quiz \(near ?? "choice")"))
    }
    var parser = QuizParser(kind: kind ?? .order, block: block)
    for line in block.body { parser.read(line) }
    if kind != nil { parser.judge() }
    problems += parser.problems
    return Quiz(
      kind: parser.kind, question: parser.question.joined(separator: "\n"),
      options: parser.options, why: parser.why, answer: parser.answer, line: block.line,
      written: block.written)
  }

  private mutating func read(_ line: FenceBlock.BodyLine) {
    let text = line.text[...].withoutOuterBlanks
    if text.isEmpty {
      if case .question = part { question.append("") }
    } else if readOption(text, of: line) || readRemark(text, of: line) {
      return
    } else if case .question = part, !Self.looksLikeOption(text) {
      question.append(line.text)
    } else if case .question = part {
      reportOption(text, of: line)
    } else if line.text.utf8.first == 0x20 || line.text.utf8.first == 0x09 {
      extend(with: text, of: line)
    } else {
      reportOption(text, of: line)
    }
  }

  /// `a) text`, `*b) text`, `c) text  when EXPR`.
  private mutating func readOption(_ text: Substring, of line: FenceBlock.BodyLine) -> Bool {
    let isKey = text.first == "*"
    let rest = text.dropFirst(isKey ? 1 : 0).withoutOuterBlanks
    guard let letter = rest.first, ("a"..."z").contains(letter), letter.isASCII,
      rest.dropFirst().first == ")"
    else { return false }
    if options.contains(where: { $0.letter == letter }) {
      report(
        line, rest, "two options have the letter `\(letter)`", "\(freeLetter)\(rest.dropFirst())")
    }
    let (words, condition) = expression(after: rest.dropFirst(2), of: line)
    part = .option(options.count)
    options.append(
      Quiz.Option(
        letter, String(words), when: condition, isKey: isKey, line: line.line))
    return true
  }

  /// The words of an option and, in a prediction, the condition after its last `when`, a word
  /// that the language does not have.
  private func expression(
    after text: Substring, of line: FenceBlock.BodyLine
  ) -> (words: Substring, condition: FileExpression?) {
    guard kind == .predict else { return (text.withoutOuterBlanks, nil) }
    var end = text.endIndex
    while end > text.startIndex {
      let start = text[..<end].lastIndex { $0 == " " || $0 == "\t" } ?? text.startIndex
      let (word, condition) = text[start...].headAndRest
      if word == "when", !condition.isEmpty {
        let source = FileExpression(
          String(condition), line: line.line, column: line.column(of: condition))
        return (text[..<start].withoutOuterBlanks, source)
      }
      end = start
    }
    return (text.withoutOuterBlanks, nil)
  }

  /// `why: …`, `why a: …`, `you: …`.
  private mutating func readRemark(_ text: Substring, of line: FenceBlock.BodyLine) -> Bool {
    guard let colon = text.firstIndex(of: ":") else { return false }
    let (head, letter) = text[..<colon].headAndRest
    let rest = String(text[text.index(after: colon)...].withoutOuterBlanks)
    switch (head, letter.count) {
    case ("you", 0):
      part = .answer
      answer = rest
    case ("why", 0):
      part = .why(nil)
      why = rest
    case ("why", 1):
      part = .why(letter.first)
      if let letter = letter.first { whys.append((letter, rest)) }
      if !options.contains(where: { $0.letter == letter.first }) {
        report(line, letter, "there is no option `\(letter)`", nil)
      }
    default: return false
    }
    return true
  }

  private mutating func extend(with text: Substring, of line: FenceBlock.BodyLine) {
    switch part {
    case .question: question.append(String(text))
    case .option(let index):
      let old = options[index]
      let (words, condition) =
        old.condition == nil ? expression(after: text, of: line) : (text, old.condition)
      options[index] = Quiz.Option(
        old.letter, words.isEmpty ? old.text : "\(old.text) \(words)", when: condition,
        isKey: old.isKey, line: old.line)
    case .why(nil): why = why.map { "\($0)\n\(text)" }
    case .why: if let last = whys.indices.last { whys[last].text += "\n\(text)" }
    case .answer: answer = answer.map { "\($0)\n\(text)" }
    }
  }

  private static func looksLikeOption(_ text: Substring) -> Bool {
    let rest = text.drop { $0 == "*" }.withoutOuterBlanks
    guard let first = rest.first else { return false }
    return first == ")"
      || (first.isASCII && (first.isLetter || first.isNumber) && rest.dropFirst().first == ")")
  }

  private mutating func reportOption(_ text: Substring, of line: FenceBlock.BodyLine) {
    var words = text.drop { $0 == "*" }.withoutOuterBlanks
    if Self.looksLikeOption(text), let bracket = words.firstIndex(of: ")") {
      words = words[words.index(after: bracket)...].withoutOuterBlanks
    }
    report(line, text, "an option begins with a letter and `)`", "\(freeLetter)) \(words)")
  }

  private var freeLetter: Character {
    "abcdefghijklmnopqrstuvwxyz".first { letter in
      !options.contains { $0.letter == letter }
    } ?? "z"
  }

  private mutating func report(
    _ line: FenceBlock.BodyLine, _ piece: Substring, _ message: String, _ suggestion: String?
  ) {
    problems.append(
      FileProblem(
        line: line.line, column: line.column(of: piece), message: message, suggestion: suggestion))
  }

  /// Looks at the whole once every line is read.
  private mutating func judge() {
    for (letter, text) in whys {
      for index in options.indices where options[index].letter == letter {
        options[index].why = text
      }
    }
    if options.count < 2, problems.isEmpty {
      complain(block.line, "a quiz needs two options or more", "\(freeLetter)) …")
    }
    let keys = options.filter(\.isKey)
    switch kind {
    case .predict:
      for option in options where option.condition == nil {
        complain(
          option.line, "an option of a prediction ends in `when` and a condition",
          "\(option.letter)) \(option.text)  when latency.p99 < 1s")
      }
    case .choice:
      if keys.isEmpty, let first = options.first {
        complain(
          block.line, "a choice marks its right option with `*`",
          "*\(first.letter)) \(first.text)")
      }
      for option in keys.dropFirst() {
        complain(
          option.line, "two options are marked with `*`", "\(option.letter)) \(option.text)")
      }
    case .order: break
    }
  }

  private mutating func complain(_ line: Int, _ message: String, _ suggestion: String) {
    problems.append(
      FileProblem(line: line, column: 1, message: message, suggestion: suggestion))
  }
}
