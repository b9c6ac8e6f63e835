import Cloud
import Notebook
import Testing

/// Whatever is typed: nothing traps, mistakes change nothing, and what is kept replays.
struct SessionFuzzTests {
  private static let fragments = [
    "s1", "s2..s3", "all", "r1", "5", "0", "-1", "1e9", "999999999999", "10ms", "3s", "1h", "50/s",
    "60%", "2GiB", "$0.04", "--as", "--work", "exp(5ms)", "pareto(1ms, 1.1)", "--warmup",
    "--events",
    "poisson", "off", "main", "last", "calm", "--together", "--hold", "(", "\"", "#", "販売", "=",
    "latency.p99", ">", "queue", "--cpu", "--queue", "--boot", "two-choices", "sample", "--again",
  ]

  /// A line out of the commands' own examples: as it is, or with words put in, out or twice.
  private static func line(_ dice: inout Dice, _ examples: [String]) -> String {
    var words = dice.pick(examples).split(separator: " ").map(String.init)
    for _ in 0..<dice.roll(3) {
      let place = dice.roll(words.count + 1)
      switch dice.roll(4) {
      case 0 where place < words.count: words.remove(at: place)
      case 1 where place < words.count: words[place] = dice.pick(fragments)
      case 2 where place < words.count: words.insert(words[place], at: place)
      default: words.insert(dice.pick(fragments), at: place)
      }
    }
    return words.joined(separator: " ")
  }

  @Test(arguments: 1...30)
  func nothingTypedBreaksASession(seed: UInt64) throws {
    let examples = Commands.all.flatMap { $0.spec.examples.map(\.line) }
      .filter { !$0.hasPrefix("open") && !$0.hasPrefix("quit") }
    var dice = Dice(seed)
    var talk = Talk(seed: seed)
    for _ in 0..<100 {
      let line = Self.line(&dice, examples)
      let digest = talk.digest
      let count = talk.session.cells.count
      var turn = talk.session.apply(line, on: talk.disk)
      var chunks = 0
      while case .working = turn {
        chunks += 1
        turn = chunks > 20 ? talk.session.interrupt() : talk.session.resume(events: 2000)
      }
      guard case .done(let effects) = turn else { continue }
      for case .fail(let mistake, let source) in effects {
        #expect(talk.digest == digest, "\(line)")
        #expect(talk.session.cells.count == count, "\(line)")
        #expect(!mistake.message.hasSuffix("."), "\(line)")
        #expect(mistake.lines(source: source).count >= 1)
      }
    }
    talk.say("save mine.md")
    var other = Talk()
    other.disk.put(try #require(talk.disk.text(at: "mine.md")), at: "mine.md")
    let shown = other.say("open mine.md")
    #expect(other.digest == talk.digest, "\(shown) \(talk.inputs)")
    #expect(other.inputs == talk.inputs)
  }
}
