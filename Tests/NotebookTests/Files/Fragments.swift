/// A small generator of test material that gives the same numbers everywhere.
struct Chance {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next(below bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
  }

  mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[next(below: elements.count)]
  }
}

/// Pieces of files that have a meaning somewhere in the format.
let fragments = [
  "---", "kind: session", "seed 7", "# Title", "## Page", "## Page", "Title", "===",
  "<!-- id: a -->", "<!-- id: b c -->", "<!-- open", "-->", "<details>", "<summary>S</summary>",
  "</details>", "```cloud", "```cloud setup", "```cloud chek", "~~~cloud skip `x`", "````cloud",
  "```", "~~~", "````", " ```cloud", "   ```", "```swift", "```clod", "```quiz choice",
  "```quiz predict", "```quiz", "```hint", "```hint when queue > 3", "```recall after 1d",
  "```note", "cloud> spawn 2", "cloud>", "     > more", "     >", "...", "2 servers ready",
  "a) one", "*b) two", "c) three  when x > 1", "b) again", ") none", "why: because",
  "why a: no", "why z: no", "you: b", "answer: 42", "- item", "  ```cloud", "1. one", "> quote",
  "> ```cloud", "    code", "\tcode", "p99 is `7 ms`<!--= latency.p99 --> here",
  "`` `7`<!--= x --> ``", "| a | b |", "|---|:-:|", "[x]: y", "<pre>", "é👩‍👩‍👧‍👦\u{301}", "\u{FEFF}",
  "\0",
  "",
]

let endings = ["\n", "\n", "\n", "\r\n", "\r", ""]
