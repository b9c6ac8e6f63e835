import Cloud
import Notebook
import Testing

/// What is said to mistakes over the commands of fleet, loads and policies.
struct FleetMistakeTests {
  @Test(arguments: marked(fleet + "\n\n" + policies))
  func `says what is wrong, where, and what to type`(mistake: Marked) {
    var talk = FleetTalk()
    for line in Self.before { _ = talk.say(line) }
    let world = talk.session.world.digest
    #expect(talk.say(mistake.source) == mistake.shown)
    #expect(talk.session.world.digest == world)
  }

  @Test(arguments: marked(fleet + "\n\n" + policies))
  func `what is suggested can be read`(mistake: Marked) {
    for shown in mistake.shown where shown.hasPrefix("try: ") {
      let line = String(shown.dropFirst(5))
      guard !["learn", "lessons", "open"].contains(line.prefix { $0 != " " }) else { continue }
      var talk = FleetTalk()
      for line in Self.before { _ = talk.say(line) }
      #expect(throws: Never.self) { try talk.session.grammar.parse(line) }
    }
  }

  /// Five servers: one draining, one crashed, one gone.
  private static let before = [
    "spawn 4 --zone a", "spawn --zone b", "send 5 --together --hold", "stop s3", "kill s4",
    "finish r5", "stop s5", "load poisson 5/s --as web", "scale demand --as fleet",
  ]
}
