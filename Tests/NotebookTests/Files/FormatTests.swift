import Notebook
import Testing

@Suite struct FormatTests {
  private func segment(_ file: String) -> Notebook.Segment? {
    NotebookReader.read(file).notebook.segments.first
  }

  private func cell(_ file: String) -> Cell? {
    if case .cell(let cell)? = segment(file) { return cell }
    return nil
  }

  @Test(arguments: Cell.Role.allCases)
  func readsRoles(role: Cell.Role) {
    let cell = self.cell("```cloud \(role.rawValue)\ncloud> a\n```\n")
    #expect(cell?.role == role)
    #expect(cell?.steps == [Cell.Step(input: "a", line: 2)])
    let noted = self.cell("~~~ cloud  skip  it is `so` \n~~~\n")
    #expect(noted?.note == "it is `so`")
  }

  struct Transcript: Sendable, CustomTestStringConvertible {
    let body: String
    let steps: [Cell.Step]
    var testDescription: String { body.debugDescription }
  }

  static let transcripts = [
    Transcript(body: "", steps: []),
    Transcript(body: "cloud> a\n", steps: [.init(input: "a", line: 2)]),
    Transcript(
      body: "cloud> a\nx\n\n y \ncloud> b\n",
      steps: [
        .init(input: "a", expected: ["x", "", " y "], line: 2), .init(input: "b", line: 6),
      ]),
    Transcript(
      body: "cloud> a (\n     > b)\nx\n     > y\n",
      steps: [.init(input: "a (\nb)", expected: ["x", "     > y"], line: 2)]),
    Transcript(body: "cloud> a\n     >\n", steps: [.init(input: "a\n", line: 2)]),
    Transcript(
      body: "cloud>\ncloud>  b \n",
      steps: [.init(input: "", line: 2), .init(input: " b ", line: 3)]),
    Transcript(
      body: "cloud> a\ncloud>b\n    > c\n",
      steps: [.init(input: "a", expected: ["cloud>b", "    > c"], line: 2)]),
  ]

  @Test(arguments: transcripts)
  func readsTranscripts(example: Transcript) {
    #expect(cell("```cloud\n\(example.body)```\n")?.steps == example.steps)
  }

  @Test func readsChecksWithAndWithoutPrompts() {
    let bare = cell("```cloud check\nexpect a < 1   else no\n\n  expect b\n     > or c\n```\n")
    #expect(
      bare?.steps == [
        .init(input: "expect a < 1   else no", line: 2), .init(input: "expect b\nor c", line: 4),
      ])
    #expect(
      cell("```cloud check\ncloud> expect a\n```\n")?.steps == [.init(input: "expect a", line: 2)])
  }

  @Test func updatesOnlyOutputs() throws {
    let file =
      "~~~cloud setup  why `not`\r\ncloud> a \r\n     > b\r\nold\r\n\r\ncloud> c\r\n~~~  \r\n"
    let (read, problems) = NotebookReader.read(file)
    #expect(problems.isEmpty)
    var notebook = read
    let cell = try #require(self.cell(file))
    #expect(cell.replacing(outputs: [nil, nil]) == cell)
    #expect(cell.replacing(outputs: [["old \u{1B}[0m", ""], []]) == cell)
    notebook.segments = [
      .cell(cell.replacing(outputs: [["new\n~~~~", "cloud> x"], ["     > y", ""]]))
    ]
    #expect(
      NotebookWriter.text(of: notebook)
        == "~~~~~cloud setup why `not`\r\ncloud> a \r\n     > b\r\nnew\r\n~~~~\r\n...\r\n\r\n"
        + "cloud> c\r\n...\r\n~~~~~\r\n")
  }

  @Test func readsQuizzes() {
    let file = """
      ```quiz predict
      What will
      p99 be?

      a) it falls when busy  when rr.p99 > 1s
      b) it stays,
         as before           when rr.p99 in 0s..1s
      why: Since
        queues grow.
      why b: Look again.
      you: a
      ```

      """
    guard case .quiz(let quiz)? = segment(file) else {
      Issue.record("no quiz")
      return
    }
    #expect(quiz.kind == .predict)
    #expect(quiz.question == "What will\np99 be?\n")
    #expect(
      quiz.options == [
        Quiz.Option(
          "a", "it falls when busy", when: FileExpression("rr.p99 > 1s", line: 5, column: 29),
          line: 5),
        Quiz.Option(
          "b", "it stays, as before",
          when: FileExpression("rr.p99 in 0s..1s", line: 7, column: 29), why: "Look again.", line: 6
        ),
      ])
    #expect(quiz.why == "Since\nqueues grow.")
    #expect(quiz.answer == "a")
    var other = quiz
    other.answer = "b"
    var notebook = Notebook()
    notebook.append(.quiz(other))
    #expect(
      NotebookWriter.text(of: notebook) == """
        ```quiz predict
        What will
        p99 be?

        a) it falls when busy  when rr.p99 > 1s
        b) it stays, as before  when rr.p99 in 0s..1s
        why: Since
          queues grow.
        why b: Look again.
        you: b
        ```

        """)
  }

  @Test func marksTheKeyOfAChoice() {
    guard case .quiz(let quiz)? = segment("```quiz choice\nQ\na) when x\n* b) y\n```\n") else {
      Issue.record("no quiz")
      return
    }
    #expect(quiz.options.map(\.isKey) == [false, true])
    #expect(quiz.options.map(\.text) == ["when x", "y"])
  }

  @Test func readsHintsRecallsAndNotes() {
    let file = """
      ```hint when balancer == round-robin
      Is any server idle?
      ```
      ```hint
      Try `help`.

      Twice.
      ```
      ```recall after 12h
      Why?
      answer: Because
      of queues.
      ```
      ```note
      Ask.
      ```
      """
    let (notebook, problems) = NotebookReader.read(file)
    #expect(problems.isEmpty)
    let built: [Notebook.Segment] = [
      .hint(
        Hint("Is any server idle?", when: FileExpression("balancer == round-robin"))),
      .hint(Hint("Try `help`.\n\nTwice.")),
      .recall(Recall(after: "12h", question: "Why?", answer: "Because\nof queues.")),
      .note(Note("Ask.")),
    ]
    var copy = Notebook()
    for segment in built { copy.append(segment) }
    #expect(
      NotebookWriter.text(of: copy)
        == file.replacing("```\n```", with: "```\n\n```") + "\n")
    guard case .hint(let hint)? = notebook.segments.first else {
      Issue.record("no hint")
      return
    }
    #expect(hint.condition == FileExpression("balancer == round-robin", line: 1, column: 14))
    #expect(notebook.segments.map(\.line) == [1, 4, 9, 14])
  }

  @Test func namesPages() {
    let file = """
      ---
      title: x
      ---
      # The *title*

      Preface.

      Same title
      ---
      ## `Same` title
      ### Not a page
      > ## Nor this

      ```text
      ## Nor this
      ```
      ## Third ##

      <!-- id: same-title -->
      ## Ünï: !
      ## ?
      """
    let (notebook, problems) = NotebookReader.read(file)
    #expect(problems.isEmpty)
    #expect(notebook.title == "The title")
    #expect(notebook.preface == 0..<1)
    #expect(
      notebook.pages == [
        .init(id: "same-title-2", title: "Same title", line: 8, segments: 1..<2),
        .init(id: "same-title-3", title: "Same title", line: 10, segments: 2..<3),
        .init(id: "same-title", title: "Third", line: 17, segments: 3..<4),
        .init(id: "ünï-", title: "Ünï: !", line: 20, segments: 4..<5),
        .init(id: "page", title: "?", line: 21, segments: 5..<6),
      ])
  }

  @Test func keepsFencesOfOthersAsProse() {
    let files = [
      "- ```cloud\n  cloud> a\n  ```\n", "> ```cloud\n> ```\n", "~~~\n```cloud\n```\n~~~\n",
      "````markdown\n```cloud\ncloud> a\n```\n````\n", "    ```cloud\n", "```cloudy\n```\n",
      "<pre>\n```cloud\n```\n</pre>\n", "````swift\n```cloud\n```\n",
    ]
    for file in files {
      let segments = NotebookReader.read(file).notebook.segments
      #expect(segments.count == 1 && segments.first?.line == 1, "\(file)")
      if case .prose? = segments.first { continue }
      Issue.record("\(file)")
    }
  }

  @Test func frontMatterKeepsItsLines() {
    let file = "---\r\n# who\r\nseed: 7  \r\nempty:\r\n---\r\ntext\r\n"
    var notebook = NotebookReader.read(file).notebook
    #expect(
      notebook.frontMatter.entries.map { "\($0.line) \($0.key)=\($0.value)" }
        == ["3 seed=7", "4 empty="])
    notebook.frontMatter["seed"] = "8\n9"
    notebook.frontMatter["title"] = "A: b"
    notebook.frontMatter["no key"] = "x"
    notebook.frontMatter["empty"] = nil
    #expect(
      NotebookWriter.text(of: notebook)
        == "---\r\n# who\r\nseed: 8 9\r\ntitle: A: b\r\n---\r\ntext\r\n")
    #expect(notebook.frontMatter["title"] == "A: b")
    #expect(notebook.frontMatter["none"] == nil)
  }
}

extension String {
  fileprivate func replacing(_ old: String, with new: String) -> String {
    split(separator: old, omittingEmptySubsequences: false).joined(separator: new)
  }
}
