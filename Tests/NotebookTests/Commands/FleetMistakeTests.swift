import Notebook
import Testing

/// What is said to mistakes over the commands of fleet, loads and policies.
struct FleetMistakeTests {
  @Test(arguments: marked(table))
  func `says what is wrong, where, and what to type`(mistake: Marked) {
    var talk = FleetTalk()
    for line in Self.before { _ = talk.say(line) }
    let world = talk.session.world.digest
    #expect(talk.say(mistake.source) == mistake.shown)
    #expect(talk.session.world.digest == world)
  }

  @Test(arguments: marked(table))
  func `what is suggested can be typed`(mistake: Marked) {
    for shown in mistake.shown where shown.hasPrefix("try: ") {
      let line = String(shown.dropFirst(5))
      guard !["learn", "lessons", "open"].contains(line.prefix { $0 != " " }) else { continue }
      var talk = FleetTalk()
      for line in Self.before { _ = talk.say(line) }
      #expect(talk.say(line).allSatisfy { !$0.hasPrefix("error") }, "\(line)")
    }
  }

  @Test func `zz print`() {
    for mistake in marked(Self.table) {
      var talk = FleetTalk()
      for line in Self.before { _ = talk.say(line) }
      print("@@" + mistake.source)
      for line in talk.say(mistake.source) { print("@@" + line) }
      print("@@")
    }
  }

  /// Five servers: one draining, one crashed, one gone.
  private static let before = [
    "spawn 4 --zone a", "spawn --zone b", "send 5 --together --hold", "stop s3", "kill s4",
    "finish r5", "stop s5", "load poisson 5/s --as web", "scale demand --as fleet",
  ]

  private static let table = #"""
    stop
    x

    stop 1
    x

    stop s9
    x

    stop s5
    x

    stop s3
    x

    stop s4
    x

    stop s1 --drain 10
    x

    stop s1 --zone a
    x

    stop --zone c
    x

    stop --zone bb
    x

    kill s4
    x

    kill server1
    x

    kill s4..s4
    x

    restart s5
    x

    restart s2..s1
    x

    slow s1
    x

    slow s1 --factor 0.25
    x

    slow s1 --factor 4x
    x

    slow s1 --factor 0
    x

    resize s1
    x

    resize s1 4
    x

    resize s1 --cpu 2.5
    x

    resize s1 --cpu 2 --boot 30s
    x

    resize s1 --memory 8
    x

    seed -1
    x

    seed abc
    x

    reset s1
    x

    finish 1
    x

    finish r9
    x

    finish r5
    x

    finish s1
    x

    load 50/s
    x

    load 01
    x

    load lesson 03
    x

    load lesson
    x

    load notes.md
    x

    load monday.csv
    x

    load posson 50/s
    x

    load random 50/s
    x

    load poisson
    x

    load poisson 50
    x

    load poisson 0/s
    x

    load poisson 50/s --work 100
    x

    load poisson 50/s --work exp(100)
    x

    load poisson 50/s --key zipf(1000)
    x

    load poisson 50/s --retries 300
    x

    load poisson 50/s --timeout 0s
    x

    load poisson 50/s --name b
    x

    load poisson 50/s --as send
    x

    load poisson --work 100ms 50
    x

    load sale 20/s
    x

    load sale 20/s --peak 10/s
    x

    load sale 20/s --at 1m
    x

    load trace
    x

    load trace nothing.csv
    x

    load trace bad.csv
    x

    load trace counts.csv
    x

    load off main
    x

    load off wep
    x

    load --work 10ms
    x

    balance rr
    x

    balance least-conections
    x

    balance fastest
    x

    balance two-choices 3
    x

    balance two-choices --d 0
    x

    balance two-choices --k 3
    x

    balance random --d 2
    x

    balance weighted --by cores
    x

    balance --d 3
    x

    scale 5
    x

    scale cpu
    x

    scale demand --target 20
    x

    scale resource --target 60
    x

    scale resource --target 120%
    x

    scale demand --min 5 --max 2
    x

    scale demand --max 0
    x

    scale off main
    x

    scale off flet
    x

    scale sample --trigger each
    x

    bill weekly
    x

    bill second
    x

    bill owned
    x

    bill owned 4 --price 0.1
    x

    bill --minimum 10s
    x

    bill per-second --minimum 10
    x
    """#
}
