import Notebook
import Testing

@Suite struct RoundTripTests {
  static let files = [
    "", "\n", "\r\n", "\r", "text without an end", "\u{FEFF}---\nseed: 1\n---\n", "\u{FEFF}",
    "---\r\nseed: 1\r\n---\r\n# T\r\n\r\n```cloud\r\ncloud> a\r\nb \t\r\n```\r\n",
    "---\nnever: closed\n\n```cloud\ncloud> a\n", "---", "---\n---", "----\nseed: 1\n",
    "````cloud\ncloud> a\n```\ninner\n```\n````\n", "~~~cloud\ncloud> a\n```\n~~~\t \n",
    "- item\n\n  ```cloud\n  cloud> a\n  ```\n", "> ```cloud\n> cloud> a\n> ```\n",
    "  ```cloud\n  cloud> a\n b\n  ```\ntext", "```cloud\ncloud> a\n    ```\n",
    "\t```cloud\n", "```cloud\u{301}\n```\u{301}\n```\n", "<!--\n```cloud\ncloud> a\n```\n-->\n",
    "mixed\rends\r\nin\none `1`<!--= x -->\rfile",
  ]

  @Test(arguments: files)
  func givesTheSameBytesBack(file: String) {
    let notebook = NotebookReader.read(Array(file.utf8)).notebook
    #expect(Array(NotebookWriter.text(of: notebook).utf8) == Array(file.utf8))
  }

  @Test(arguments: 0..<16 as Range<UInt64>)
  func fragmentsComeBack(seed: UInt64) {
    var chance = Chance(seed: seed)
    for _ in 0..<250 {
      let file = (0..<chance.next(below: 24)).map { _ in
        chance.pick(fragments) + chance.pick(endings)
      }.joined()
      let notebook = NotebookReader.read(file).notebook
      let written = NotebookWriter.text(of: notebook)
      if Array(written.utf8) != Array(file.utf8) {
        Issue.record("\(file.debugDescription) became \(written.debugDescription)")
        return
      }
    }
  }

  @Test(arguments: 0..<8 as Range<UInt64>)
  func bytesComeBackOrAreReported(seed: UInt64) {
    var chance = Chance(seed: seed)
    let special = Array("`~-#>: \n\r\tcloud\u{FEFF}é".utf8) + [0x80, 0xC3, 0xFF, 0xF0, 0]
    for _ in 0..<500 {
      let file = (0..<chance.next(below: 40)).map { _ in
        chance.next(below: 4) == 0 ? UInt8(chance.next(below: 256)) : chance.pick(special)
      }
      let (notebook, problems) = NotebookReader.read(file)
      let repaired = Array(String(decoding: file, as: UTF8.self).utf8)
      let isReported = problems.contains { $0.message.contains("not UTF-8") }
      if Array(NotebookWriter.text(of: notebook).utf8) != repaired
        || isReported != (repaired != file)
      {
        Issue.record("\(file)")
        return
      }
    }
  }

  /// Spelling a cell anew and reading it again must give the same commands and outputs.
  @Test(arguments: 0..<8 as Range<UInt64>)
  func builtSessionsReadBack(seed: UInt64) {
    var chance = Chance(seed: seed)
    let lines = fragments.filter { !$0.contains("\0") && $0 != "\u{FEFF}" }
    for _ in 0..<60 {
      var notebook = Notebook(session: ["seed": "7"])
      var steps: [Cell.Step] = []
      for _ in 0..<chance.next(below: 12) {
        if chance.next(below: 3) == 0 {
          let remark = (0..<1 + chance.next(below: 4)).map { _ in
            chance.pick(lines.filter { !$0.contains("`") })
          }
          notebook.append(markdown: remark.joined(separator: "\n"))
        } else {
          let input = (0..<1 + chance.next(below: 3)).map { _ in chance.pick(lines) }
          let output = (0..<chance.next(below: 4)).map { _ in chance.pick(lines) } + ["end"]
          notebook.append(input: input.joined(separator: "\n"), output: output)
          steps.append(Cell.Step(input: input.joined(separator: "\n"), expected: output))
        }
      }
      let file = NotebookWriter.text(of: notebook)
      let read = NotebookReader.read(file).notebook.segments.flatMap(\.steps)
      let same =
        read.map(\.input) == steps.map(\.input)
        && zip(read, steps).allSatisfy {
          OutputMatch.compare(expected: $0.expected, actual: $1.expected) == .same
        }
      if !same {
        Issue.record("\(file)")
        return
      }
    }
  }
}

extension RoundTripTests {
  private static func respelled(_ segment: Notebook.Segment) -> Notebook.Segment {
    switch segment {
    case .cell(var cell):
      let steps = cell.steps
      cell.steps = steps
      return .cell(cell)
    case .quiz(var quiz):
      quiz.answer = "b"
      return .quiz(quiz)
    default: return segment
    }
  }

  /// What a segment means, without its place and its spelling.
  private static func meaning(_ segment: Notebook.Segment) -> String? {
    switch segment {
    case .cell(let cell):
      let steps = cell.steps.map { "\($0.input.debugDescription) \($0.expected)" }
      return "\(cell.role) \(cell.note.debugDescription) \(steps)"
    case .quiz(let quiz):
      let options = quiz.options.map {
        "\($0.letter) \($0.isKey) \($0.text) \($0.condition?.text ?? "") \($0.why ?? "")"
      }
      return "\(quiz.kind) \(quiz.question) \(options) \(quiz.why ?? "") \(quiz.answer ?? "")"
    default: return nil
    }
  }

  /// Files are made of whole blocks here, or few of them would be free of problems.
  @Test(arguments: 0..<8 as Range<UInt64>)
  func respellingKeepsTheMeaning(seed: UInt64) {
    var chance = Chance(seed: seed)
    let heads = [
      "````cloud", "~~~~cloud skip `x`", " ````cloud setup", "````cloud check",
      "````quiz choice\nQ\n*a) one\nb) two", "````quiz predict\nQ\na) x when y\nb) z\n  when w",
    ]
    let body = fragments.filter { !$0.hasPrefix("````") && !$0.hasPrefix("~~~~") }
    var clean = 0
    for _ in 0..<400 {
      let head = chance.pick(heads)
      let lines = (0..<chance.next(below: 5)).map { _ in chance.pick(body) }
      let first = head.contains("cloud") && chance.next(below: 4) > 0 ? ["cloud> a"] : []
      let close = head.contains("~") ? "~~~~" : "````"
      let ending = chance.pick(["\n", "\r\n"])
      let file = ([head] + first + lines + [close, "", "text"]).joined(separator: ending)
      var (notebook, problems) = NotebookReader.read(file)
      guard problems.isEmpty else { continue }
      clean += 1
      notebook.segments = notebook.segments.map(Self.respelled)
      let again = NotebookReader.read(NotebookWriter.text(of: notebook))
      if again.notebook.segments.compactMap(Self.meaning)
        != notebook.segments.compactMap(Self.meaning)
      {
        Issue.record("\(file.debugDescription)")
        return
      }
    }
    #expect(clean > 100)
  }
}

extension Notebook.Segment {
  var steps: [Cell.Step] {
    if case .cell(let cell) = self { return cell.steps }
    return []
  }
}
