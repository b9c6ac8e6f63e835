import Cloud
import Notebook
import Testing

/// `back` through the cells that let time pass, against a fresh replay.
struct BackTests {
  private static let beginning = ["spawn 3", "load poisson 20/s --work exp(120ms) --timeout 300ms"]

  @Test func equalsAFreshRunAtEveryPosition() {
    var talk = Talk()
    talk.say(all: Self.beginning + ["run 5s"])
    let end = talk.session
    for count in stride(from: 1, through: end.world.position - 1, by: 1) {
      var earlier = talk
      earlier.say("back \(count)")
      var fresh = Talk()
      fresh.say(all: Self.beginning + ["run --events \(end.world.position - count)"])
      #expect(earlier.digest == fresh.digest, "\(count)")
      #expect(earlier.say("run 3s").dropFirst() == fresh.say("run 3s").dropFirst())
    }
  }

  @Test func equalsAFreshRunAtEveryTime() {
    var talk = Talk()
    talk.say(all: Self.beginning + ["run 5s"])
    for tenths in 1..<50 {
      var earlier = talk
      earlier.say("back \(tenths * 100)ms")
      var fresh = Talk()
      fresh.say(all: Self.beginning + ["run \(5000 - tenths * 100)ms"])
      #expect(earlier.digest == fresh.digest)
      #expect(earlier.session.time == fresh.session.time)
    }
  }

  @Test func stopsAtTheLastChange() {
    let said = """
      cloud> spawn 1
      s1 in service: 1 cpu, 1GiB, $0.04 per hour
      cloud> send 2
      request  arrival  server  why                    wait  service  latency
      ───────────────────────────────────────────────────────────────────────
      r1            0s  s1      the next of 1 in turn    0s    100ms    100ms
      r2         100ms  s1      the next of 1 in turn    0s    100ms    100ms
      2 completed: mean 100ms, p50 100ms, p95 100ms, p99 100ms, max 100ms
      cloud> back 1
      now at 100ms, after event 3
      cloud> back 90ms
      now at 10ms, after event 1
      cloud> spawn 1
      s2 in service: 1 cpu, 1GiB, $0.04 per hour
      cloud> back
             ^~~~
      error: there is no event to go back over
      note: undo takes the last cell back
      cloud> send 1
      request  arrival  server  why                    wait  service  latency
      ───────────────────────────────────────────────────────────────────────
      r2          10ms  s2      the next of 2 in turn    0s    100ms    100ms
      cloud> back 100
      now at 10ms, after event 1
      that is where the last change to the world was made; undo takes it back
      cloud> back
             ^~~~
      error: there is no event to go back over
      note: undo takes the last cell back
      cloud> back 1h
             ^~~~
      error: there is no event to go back over
      note: undo takes the last cell back
      cloud> undo
      undone: back 100; now at 110ms
      cloud> undo
      undone: send 1; now at 10ms
      """
    #expect(Talk.transcript(said) == said)
  }

  @Test func goesThroughEventsOfOneInstant() {
    // Both servers finish at 100ms; the run begins between the two.
    let lines = ["spawn 2", "send 2 --together --paused", "step", "run 1s"]
    var talk = Talk()
    talk.say(all: lines)
    let end = talk.session.world.position
    for count in 1...end {
      var earlier = talk
      earlier.say("back \(count)")
      #expect(earlier.session.world.position == end - count)
      earlier.say("run 2s")
      #expect(earlier.session.world.position == end)
      #expect(earlier.session.world.servers == talk.session.world.servers || count == 0)
    }
  }

  @Test(arguments: 1...40)
  func equalsAFreshReplayOfAnyCells(seed: UInt64) {
    var dice = Dice(seed)
    var talk = Talk()
    talk.say(all: Self.beginning)
    if dice.roll(2) == 0 { talk.say("scale demand --target 5/s --every 700ms --boot 300ms") }
    for _ in 0..<12 {
      let before = talk.session.world.position
      switch dice.roll(6) {
      case 0: talk.say("run \(dice.roll(3000) + 1)ms")
      case 1: talk.say("send \(dice.roll(4) + 1)\(dice.pick(["", " --together", " --rate 9/s"]))")
      case 2: talk.say("step \(dice.roll(30) + 1)")
      case 3: talk.say("step \(dice.roll(900) + 1)ms")
      case 4: talk.say("back \(dice.roll(1500) + 1)ms")
      default:
        talk.say("back \(dice.roll(40) + 1)")
        #expect(talk.session.world.position <= before)
      }
      talk.session.state.segment.pass(talk.session.world)
      #expect(talk.replayed.digest == talk.digest, "\(talk.inputs)")
    }
  }

  @Test(arguments: [1, 3, 50, 1000])
  func needsNoKeyframe(stride: Int) {
    var plain = Talk()
    plain.say(all: Self.beginning)
    var framed = plain
    framed.session.state.segment = Segment(
      start: framed.session.world, stride: stride, budget: 1 << 20)
    for line in ["run 40s", "send 3", "run 20s --warmup 5s", "step 20", "run 10s"] {
      plain.say(line)
      framed.say(line)
    }
    #expect(framed.session.state.segment.keyframeCount > 2)
    #expect(framed.session.state.segment.keyframeCount < 40)
    for line in [
      "back 1", "back 30s", "back 137", "back 10s", "back 400", "back 1500", "run 5s", "back 90",
    ] {
      #expect(plain.say(line) == framed.say(line))
      #expect(plain.digest == framed.digest, "\(line)")
    }
  }

  @Test func isExactInsideAMillionEvents() {
    var talk = Talk()
    talk.say(all: ["spawn 10", "load poisson 80/s --work exp(100ms)", "run --events 3000000"])
    #expect(talk.session.state.segment.keyframeCount == 3)
    talk.say("back 1234567")
    var fresh = Talk()
    fresh.say(all: ["spawn 10", "load poisson 80/s --work exp(100ms)", "run --events 1765433"])
    #expect(talk.digest == fresh.digest)
  }

  @Test func explainsMistakes() {
    let said = """
      cloud> spawn 1
      s1 in service: 1 cpu, 1GiB, $0.04 per hour
      cloud> send 2
      request  arrival  server  why                    wait  service  latency
      ───────────────────────────────────────────────────────────────────────
      r1            0s  s1      the next of 1 in turn    0s    100ms    100ms
      r2         100ms  s1      the next of 1 in turn    0s    100ms    100ms
      2 completed: mean 100ms, p50 100ms, p95 100ms, p99 100ms, max 100ms
      cloud> back 0
                  ^
      error: amount must be a whole number from 1, or a duration such as 20ms
      try: back 1
      cloud> back x
                  ^
      error: amount must be a whole number from 1, or a duration such as 20ms
      cloud> back -1
                  ^~
      error: amount must be a whole number from 1, or a duration such as 20ms
      try: back 1
      cloud> back 99999999999999999999
                  ^~~~~~~~~~~~~~~~~~~~
      error: amount must be a whole number from 1, or a duration such as 20ms
      try: back 99999999999999999999ms
      """
    #expect(Talk.transcript(said) == said)
  }
}
