import Notebook
import Testing

@Suite struct FileProblemTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let file: String
    let problems: [String]

    init(_ file: String, _ problems: String...) {
      self.file = file
      self.problems = problems
    }

    var testDescription: String { file.debugDescription }
  }

  static let cells = [
    Case(
      "```cloud solutoin\n```\n", "1:10: `solutoin` is not a role of a cell; try: ```cloud solution"
    ),
    Case(
      "```cloud because it is so\n```", "1:10: `because` is not a role of a cell; try: ```cloud"),
    Case("text\n\n```clod\ncloud> a\n```", "3:4: `clod` is no kind of block; try: ```cloud"),
    Case("~~~  Quizz choice\n~~~", "1:6: `Quizz` is no kind of block; try: ```quiz"),
    Case("```Note\n```", "1:4: `Note` is no kind of block; try: ```note"),
    Case(
      "```cloud\n\n  spawn 2\nmore\ncloud> run 1s\n```",
      "3:3: there is text before the first `cloud> `; try: cloud> spawn 2"),
    Case("  ```cloud\n   x\n  ```", "2:4: there is text before the first `cloud> `; try: cloud> x"),
    Case("a\n\n````cloud\ncloud> a\n```\n", "3:1: this fence is never closed; try: ````"),
    Case("~~~note\n", "1:1: this fence is never closed; try: ~~~"),
    Case(
      "<details>\n<summary>S</summary>\n```hint\nx\n```\n</details>\n",
      "3:1: this block needs an empty line above it, else it is part of the HTML"),
  ]

  static let quizzes = [
    Case("```quiz\n```", "1:8: a quiz is `predict`, `choice` or `order`; try: ```quiz choice"),
    Case(
      "```quiz predcit\n```", "1:9: a quiz is `predict`, `choice` or `order`; try: ```quiz predict"),
    Case("```quiz choice\nQ\n```", "1:1: a quiz needs two options or more; try: a) …"),
    Case(
      "```quiz order\nQ\na) x\n) y\n```", "4:1: an option begins with a letter and `)`; try: b) y"),
    Case(
      "```quiz order\nQ\n* ) x\na) y\nb) z\n```",
      "3:1: an option begins with a letter and `)`; try: a) x"),
    Case(
      "```quiz order\nQ\na) x\nb) y\n2) z\n```",
      "5:1: an option begins with a letter and `)`; try: c) z"),
    Case(
      "```quiz order\nQ\na) x\nb) y\nloose words\n```",
      "5:1: an option begins with a letter and `)`; try: c) loose words"),
    Case(
      "```quiz order\nQ\na) x\n  a) y\n```", "4:3: two options have the letter `a`; try: b) y"),
    Case(
      "```quiz choice\nQ\na) x\nb) y\n```",
      "1:1: a choice marks its right option with `*`; try: *a) x"),
    Case(
      "```quiz choice\nQ\n*a) x\n*b) y\n```", "4:1: two options are marked with `*`; try: b) y"),
    Case(
      "```quiz predict\nQ\na) x when y > 1\nb) z\n```",
      "4:1: an option of a prediction ends in `when` and a condition; "
        + "try: b) z  when latency.p99 < 1s"),
    Case("```quiz order\nQ\na) x\nb) y\nwhy c: z\n```", "5:5: there is no option `c`"),
  ]

  static let others = [
    Case(
      "```hint if x\n```",
      "1:9: after `hint` comes nothing or `when` and a condition; "
        + "try: ```hint when x"),
    Case(
      "```hint when\n```",
      "1:9: after `hint` comes nothing or `when` and a condition; "
        + "try: ```hint when queue > 0"),
    Case(
      "```recall\nQ\nanswer: A\n```",
      "1:10: after `recall` comes `after` and a time; "
        + "try: ```recall after 1d"),
    Case("```recall after 1d\nQ\n```", "1:1: a recall question needs an answer; try: answer: …"),
    Case(
      "## A\n<!-- id: x -->\n\n## B\n\n<!-- id: x -->\n",
      "4:1: the page on line 1 has the id `x` too; try: <!-- id: x-2 -->"),
    Case(
      "## A\n<!-- id: two words -->\n",
      "2:10: an id is made of letters, digits, `-` and `_`; try: <!-- id: two-words -->"),
    Case("---\nseed 7\n---\n"),
    Case(
      "---\nkind: x\nseed 7\n---\n", "3:1: a line of front matter is `key: value`; try: seed: 7"),
    Case(
      "---\nkind: x\nseed=7\n---\n", "3:1: a line of front matter is `key: value`; try: seed: 7"),
    Case(
      "---\nkind: x\n  - a b\n---\n", "3:3: a line of front matter is `key: value`; try: # - a b"),
    Case("---\nseed: 1\nseed: 2\n---\n", "3:1: the key `seed` is there twice"),
    Case("---\nseed: 1\n\ntext\n", "1:1: the front matter is not closed by a line `---`; try: ---"),
  ]

  @Test(arguments: cells + quizzes + others)
  func reports(example: Case) {
    #expect(NotebookReader.read(example.file).problems.map(\.description) == example.problems)
  }

  static let strangers = [
    "```swift\nlet x = 1\n```\n", "```node\n```\n", "```lint\n```", "```\n```", "~~~ \n~~~",
    "---\n\ntext\n", "---\n# comment", "```print\n```", "# A\n## B\n## B\n",
    "- ```clod\n  ```", "<!--\n```clod\n-->", "<p>\n```hint\n</p>", "---\n# c\n---\n",
    "---\ntitle: x\n\n# note\n---\n", "    ```cloud chek",
  ]

  @Test(arguments: strangers)
  func leavesOthersFilesAlone(file: String) {
    #expect(NotebookReader.read(file).problems == [])
  }

  @Test func reportsWhatIsNotText() {
    let problems = NotebookReader.read(Array("é\nab".utf8) + [0xFF, 0x0A]).problems
    #expect(problems.map(\.description) == ["2:3: this is not UTF-8; save the file as UTF-8"])
  }

  @Test func ordersProblemsByPlace() {
    let file = "## A\n<!-- id: x -->\n## B\n<!-- id: x -->\n```clod\n```\n"
    #expect(NotebookReader.read(file).problems.map(\.line) == [3, 5])
  }
}
