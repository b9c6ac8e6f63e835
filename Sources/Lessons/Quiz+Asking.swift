import Display
import Notebook

extension Quiz {
  /// The options as a learner sees them: those of an order are shuffled, the same way every time.
  ///
  /// An order is never shown in the right order.
  func shown(seed: String) -> [Option] {
    guard kind == .order else { return options }
    var shuffled = options.sorted {
      Fingerprint([seed, String($0.letter)]).value < Fingerprint([seed, String($1.letter)]).value
    }
    if shuffled == options, let first = shuffled.first {
      shuffled.removeFirst()
      shuffled.append(first)
    }
    return shuffled
  }

  /// The letters an option is shown under.
  private static let letters = Array("abcdefghijklmnopqrstuvwxyz")

  /// The question and its options.
  func blocks(seed: String) -> [Block] {
    var blocks = ProseBlock.shown(ProseBlock.blocks(of: question))
    let letters = kind == .order ? Self.letters : options.map(\.letter)
    blocks.append(
      .lines(
        zip(letters, shown(seed: seed)).map { letter, option in
          StyledText("  ") + StyledText("\(letter))", .strong) + " " + OneLine.text(option.text)
        }))
    let way: StyledText =
      switch kind {
      case .predict: "what do you expect? type a letter; the run will tell"
      case .choice: "type a letter"
      case .order: "type the letters in the right order, such as \(example, .command)"
      }
    return blocks + [.note(way)]
  }

  private var example: String { String(Self.letters.prefix(options.count).reversed()) }

  /// Whether a line is meant as an answer.
  func isAnswer(_ line: String) -> Bool {
    let letters = line.filter { $0 != " " }
    guard letters.allSatisfy({ $0.isASCII && $0.isLetter }), !letters.isEmpty else { return false }
    if kind != .order { return letters.count == 1 }
    return letters.lowercased().sorted() == Self.letters.prefix(options.count).map { $0 }
  }

  /// The option of a letter.
  func option(_ letter: String) -> Option? {
    options.first { String($0.letter) == letter.lowercased() }
  }

  /// How many of an order's lines are right, from the first; all of them when it is solved.
  func rightLines(_ letters: String, seed: String) -> Int {
    let shown = shown(seed: seed)
    let order = letters.lowercased().compactMap { letter in
      Self.letters.firstIndex(of: letter).flatMap { $0 < shown.count ? shown[$0].letter : nil }
    }
    return zip(order, options).prefix { $0 == $1.letter }.count
  }

  /// An option in words: "b) less".
  func words(_ option: Option) -> StyledText {
    StyledText("\(option.letter)) ", .strong) + OneLine.text(option.text)
  }
}
