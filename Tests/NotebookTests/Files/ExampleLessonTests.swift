import Notebook
import Testing

/// One small lesson with everything the format has.
@Suite struct ExampleLessonTests {
  static let file = """
    ---
    lesson: two-desks
    title: One queue or two
    seed: 3
    ---
    # One queue or two

    A desk serves one guest at a time.

    ```cloud setup
    cloud> seed 3
    ```

    ## Two desks
    <!-- id: desks -->

    ```cloud
    cloud> spawn 2
    2 servers ready (s1..s2)
    cloud> load poisson 15/s
         > --work exp(100ms)
    ...
    ```

    Waiting takes `41 ms`<!--= wait.mean --> on average.

    ```quiz choice
    Which desk is busier?
    a) the first
    *b) neither
    why a: Turns are taken.
    ```

    ## Your turn

    ```cloud start
    cloud> balance random
    ```

    ```cloud check
    expect latency.p99 < 1s else p99 is {latency.p99}
    ```

    <details>
    <summary>Solution</summary>

    ```cloud solution
    cloud> balance least-connections
    ...
    ```

    </details>

    ```cloud reject one desk fewer
    cloud> stop s2
    ```

    ```hint when balancer == random
    Chance has no memory.
    ```

    ```recall after 1d
    What forgets?
    answer: `random`
    ```

    ```note
    Ask first.
    ```

    """

  @Test func isReadCompletely() {
    let (notebook, problems) = NotebookReader.read(Self.file)
    #expect(problems == [])
    #expect(notebook.frontMatter["lesson"] == "two-desks")
    #expect(notebook.title == "One queue or two")
    #expect(notebook.preface == 0..<3)
    #expect(
      notebook.pages == [
        .init(id: "desks", title: "Two desks", line: 14, segments: 3..<8),
        .init(id: "your-turn", title: "Your turn", line: 34, segments: 8..<22),
      ])
    #expect(
      notebook.segments.compactMap(Self.summary) == [
        "prose 6", "setup 10: seed 3", "prose 14",
        "plain 17: spawn 2=2 servers ready (s1..s2) | load poisson 15/s\n--work exp(100ms)=...",
        "prose 24: 41 ms", "choice 27: ab", "prose 34", "start 36: balance random",
        "check 40: expect latency.p99 < 1s else p99 is {latency.p99}", "prose 43",
        "solution 47: balance least-connections=...", "prose 51",
        "reject 54: stop s2", "hint 58: balancer == random", "recall 62: 1d `random`",
        "note 67: Ask first.",
      ])
  }

  /// Empty lines between blocks are prose too, but say nothing.
  private static func summary(_ segment: Notebook.Segment) -> String? {
    switch segment {
    case .prose(let prose):
      if prose.blocks.isEmpty && prose.text.allSatisfy(\.isNewline) { return nil }
      let values = prose.values.map(\.text)
      return "prose \(prose.line)" + (values.isEmpty ? "" : ": " + values.joined())
    case .cell(let cell):
      let steps = cell.steps.map { ([$0.input] + $0.expected).joined(separator: "=") }
      return "\(cell.role) \(cell.line): " + steps.joined(separator: " | ")
    case .quiz(let quiz):
      return "\(quiz.kind) \(quiz.line): " + quiz.options.map { "\($0.letter)" }.joined()
    case .hint(let hint): return "hint \(hint.line): \(hint.condition?.text ?? "")"
    case .recall(let recall): return "recall \(recall.line): \(recall.delay) \(recall.answer)"
    case .note(let note): return "note \(note.line): \(note.text)"
    }
  }
}
