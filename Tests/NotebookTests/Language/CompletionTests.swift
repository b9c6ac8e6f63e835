import Notebook
import Testing

struct CompletionTests {
  private func complete(_ text: String) -> Completion {
    Specimen.grammar.complete(text, at: text.unicodeScalars.count)
  }

  @Test(arguments: [
    ("sp", 0, ["spawn"]),
    ("s", 0, ["spawn", "stop", "slow", "send", "scale", "step", "switch"]),
    ("  sp", 2, ["spawn"]),
    ("xyz", 0, []),
    ("spawn --c", 6, ["--cpu"]),
    ("spawn --cpu 2 --", 14, ["--speed", "--memory", "--price", "--boot", "--zone"]),
    ("spawn --cpu ", 12, []),
    ("stop ", 5, ["s1", "s2", "all", "--drain"]),
    ("stop s1 s", 8, ["s1", "s2"]),
    ("load p", 5, ["poisson"]),
    ("load closed 5 --t", 14, ["--think"]),
    ("load closed 5 --work e", 21, ["exp(100ms)"]),
    ("send --key z", 11, ["zipf(1000, 1.1)"]),
    ("balance m", 8, ["mine"]),
    ("balance weighted --by ", 22, ["weight", "cpu", "memory"]),
    ("balance nonsense --st", 17, ["--stale"]),
    ("switch ", 7, ["rr", "lc", "last"]),
    ("health s1 d", 10, ["down", "drain"]),
    ("why s", 4, ["s1", "s2"]),
    ("export j", 7, ["json"]),
    ("run --until lat", 12, ["latency.p99", "latency.p50"]),
    ("run --until servers>lat", 20, ["latency.p99", "latency.p50"]),
    ("run --until servers > 2 and lat", 28, ["latency.p99", "latency.p50"]),
    ("plot latency.p99,lat", 17, ["latency.p99", "latency.p50"]),
    ("expect servers > 2 e", 19, ["else"]),
    ("define balancer x = least rate am", 31, ["among"]),
    ("spawn # sp", 10, []),
    ("日本 sp", 3, []),
  ])
  func `offers what fits`(text: String, start: Int, words: [String]) {
    let completion = complete(text)
    #expect(completion.candidates.map(\.text) == words)
    #expect(completion.start == start)
  }

  @Test func `counts in Unicode scalars, up to the cursor`() {
    let text = "load trace \"👩‍👩‍👧é\" --e rest"
    let before = "load trace \"👩‍👩‍👧é\" --e"
    let completion = Specimen.grammar.complete(text, at: before.unicodeScalars.count)
    #expect(completion.candidates == [Candidate("--every", "row length")])
    #expect(completion.start == before.unicodeScalars.count - 3)
    #expect(Specimen.grammar.complete(text, at: -5).start == 0)
    #expect(Specimen.grammar.complete(text, at: 999).start == text.unicodeScalars.count - 4)
  }

  @Test(arguments: [
    ("", ""), ("sp", ""), ("load ", "SHAPE [--work W] [--key K] [--as NAME]"),
    ("load poisson ", "R [--work W] [--key K] [--as NAME]"),
    ("load poisson 5/s --as", "NAME"),
    ("stop s1", "S… [--drain D]"),
    ("quit", ""),
    ("health ", "[S]… [up|down|drain]"),
    ("expect servers > 2", "[else TEXT]"),
  ])
  func `hints at what may follow`(text: String, hint: String) {
    #expect(Specimen.grammar.hint(text) == hint)
  }

  @Test(arguments: [
    ("spawn 10_0 --boot 20ms # x", "ccccc nnnn ffffff nnuu ###"),
    ("spwan 5", "xxxxx n"),
    ("stop s1 s2..s5 --drian 5s", "cccc           xxxxxxx nu"),
    (
      "send --rate=50/s --work mix(99%: 10ms, 1%: 1s)",
      "cccc ffffff nnuu ffffff     nnu  nnuu  nu  nu "
    ),
    ("load poisson 50/s", "cccc kkkkkkk nnuu"),
    ("load trace \"a b\"", "cccc kkkkk \"\"\"\"\""),
    ("expect latency.p99 < 300ms else no", "cccccc               nnnuu kkkk   "),
    ("spawn --price $0.04", "ccccc fffffff nnnnn"),
    ("compare a --sweep p 1..5 by 2", "ccccccc   fffffff   n  n kk n"),
  ])
  func `tells the parts of a line apart`(line: String, sorts: String) {
    var shown = [Character](repeating: " ", count: line.count)
    for part in Specimen.grammar.highlights(line) {
      for column in part.range { shown[column] = part.sort.letter }
    }
    #expect(String(shown) == sorts)
  }

  @Test(arguments: [
    ("spawn", "spwan", 1), ("abc", "abc", 0), ("", "abc", 3), ("kitten", "sitting", 3),
    ("ca", "abc", 3),
  ])
  func `counts edits`(first: String, second: String, edits: Int) {
    #expect(Suggestion.distance(first, second) == edits)
    #expect(Suggestion.distance(second, first) == edits)
  }

  @Test(arguments: [
    ("roundrobin", "round-robin"), ("Round_Robin", "round-robin"), ("rond-robin", "round-robin"),
    ("randon", "random"), ("xyz", nil), ("", nil), ("p", nil), ("p2", "p2c"),
  ])
  func `finds the nearest word`(word: String, nearest: String?) {
    #expect(Suggestion.nearest(to: word, in: ["round-robin", "random", "p2c"]) == nearest)
  }
}

extension Highlight.Sort {
  fileprivate var letter: Character {
    switch self {
    case .command: "c"
    case .flag: "f"
    case .number: "n"
    case .unit: "u"
    case .string: "\""
    case .comment: "#"
    case .keyword: "k"
    case .unknown: "x"
    }
  }
}
