import Cloud
import Notebook
import Testing

/// What the commands of the fleet answer.
struct FleetCommandTests {
  @Test(arguments: transcripts)
  func `a transcript comes out as written`(transcript: String) {
    #expect(FleetTalk.talk(transcript) == transcript)
  }

  private static let transcripts = [
    """
    cloud> spawn 3
    s1..s3 in service: 1 cpu, 1GiB, $0.04 per hour
    cloud> stop s1
    s1 gone
    cloud> stop all
    s2..s3 gone; no server is in service
    """,
    """
    cloud> spawn 2 --zone a
    s1..s2 in service: 1 cpu, 1GiB, zone a, $0.04 per hour
    cloud> spawn --zone b
    s3 in service: 1 cpu, 1GiB, zone b, $0.04 per hour
    cloud> kill --zone a
    s1..s2 crashed: no request lost
    cloud> restart s2
    s2 back in service: no request lost
    cloud> stop --zone b --drain 10s
    s3 gone
    """,
    """
    cloud> spawn 1 --boot 30s
    s1 booting for 30s: 1 cpu, 1GiB, $0.04 per hour
    cloud> restart s1
    s1 booting for 30s: no request lost; no server is in service
    """,
    """
    cloud> spawn
    s1 in service: 1 cpu, 1GiB, $0.04 per hour
    cloud> slow s1 --factor 4
    s1 4 times slower
    cloud> slow s1 --factor 1
    s1 as fast as before
    cloud> resize s1 --cpu 4 --memory 8GiB
    s1 in place: 4 cpu, 8GiB, $0.16 per hour
    cloud> resize s1 --cpu 2 --restart --boot 2m
    s1 booting for 120s: 2 cpu, 8GiB, $0.08 per hour
    no request lost; no server is in service
    """,
    """
    cloud> spawn 2 --weight 3
    s1..s2 in service: 1 cpu, 1GiB, weight 3, $0.04 per hour
    cloud> spawn --cpu 2
    s3 in service: 2 cpu, 1GiB, $0.08 per hour
    cloud> resize all --speed 2
    s1..s2 in place: 1 cpu, speed 2, 1GiB, weight 3, $0.04 per hour
    s3 in place: 2 cpu, speed 2, 1GiB, $0.08 per hour
    """,
    """
    cloud> seed
    seed 1
    cloud> seed 7
    seed 7 from now on
    cloud> reset
    an empty world at 0s, seed 7
    """,
  ]

  @Test func `stop lets servers finish what they have`() {
    var talk = FleetTalk()
    _ = talk.say("spawn 3")
    _ = talk.say("send 2 --together --paused")
    #expect(
      talk.say("stop all --drain 10s") == [
        "s3 gone, s1..s2 draining for 10s at most: 2 requests to finish; no server is in",
        "service",
      ])
  }

  @Test func `kill counts what is lost, and what is sent again`() {
    var talk = FleetTalk()
    _ = talk.say("spawn 2")
    _ = talk.say("send 5 --together --hold")
    #expect(talk.say("kill s1") == ["s1 crashed: 3 requests lost"])
    #expect(
      talk.say("restart s2") == ["s2 back in service: 2 requests lost"])
  }

  @Test func `a held request is answered when it is told to finish`() {
    var talk = FleetTalk()
    _ = talk.say("spawn")
    _ = talk.say("send 2 --together --hold")
    #expect(talk.say("finish r2") == ["r2 answered by s1 after 0s"])
    #expect(talk.say("finish r1") == ["r1 answered by s1 after 0s"])
    #expect(
      talk.say("finish r1") == [
        "       ^~", "error: r1 is not held open", "note: requests are held by: send 3 --hold",
      ])
  }

  @Test func `reset keeps the runs and undo brings the world back`() {
    var talk = FleetTalk()
    _ = talk.say("spawn 2")
    _ = talk.say("run 1s --as calm")
    #expect(talk.say("reset") == ["an empty world at 0s, seed 1; 1 run kept: calm"])
    #expect(talk.session.world.rented == 0)
    _ = talk.say("undo")
    #expect(talk.session.world.rented == 2)
    #expect(talk.session.state.run("calm") != nil)
  }

  @Test(arguments: [
    ("stop s1", #"{"servers":["s1"],"gone":["s1"],"draining":[],"active":0,"drain":null}"#),
    ("kill s1", #"{"servers":["s1"],"lost":0,"retried":0}"#),
    ("restart s1..s2", #"{"servers":["s1","s2"],"boot":[0.0,0.0],"lost":0,"retried":0}"#),
    ("slow all --factor 2", #"{"servers":["s1","s2"],"factor":2.0}"#),
    (
      "resize s2 --cpu 3",
      #"{"servers":[{"id":"s2","cpu":3,"speed":1.0,"memory":1073741824,"weight":3.0,"#
        + #""price":0.12,"boot":0.0}],"restart":false,"given":[],"lost":0,"retried":0}"#
    ),
    ("seed", #"{"seed":1}"#), ("seed 9", #"{"seed":9}"#), ("reset", #"{"seed":1,"runs":[]}"#),
    ("finish r1", #"there is no request r1 yet"#),
  ])
  func `the result has stable keys`(line: String, json: String) {
    var talk = FleetTalk()
    _ = talk.say("spawn 2")
    #expect(talk.result(of: line) == json)
  }

  @Test(arguments: ["seed", "load", "balance", "scale", "bill"])
  func `a command that only shows cannot be undone`(line: String) {
    var talk = FleetTalk()
    _ = talk.say("spawn 2")
    _ = talk.say(line)
    _ = talk.say("undo")
    #expect(talk.session.world.rented == 0)
  }

  @Test(arguments: [
    "stop s1", "kill s1", "restart s1", "slow s1 --factor 2", "resize s1 --cpu 2", "seed 3",
    "reset", "load poisson 5/s", "balance random", "scale demand", "bill hourly",
  ])
  func `undo takes back what a command changed`(line: String) {
    var talk = FleetTalk()
    _ = talk.say("spawn 2")
    let before = talk.session.world
    _ = talk.say(line)
    #expect(talk.session.cells.count == 2)
    _ = talk.say("undo")
    #expect(talk.session.world.digest == before.digest)
    #expect(talk.session.world.seed == before.seed)
    #expect(talk.session.world.servers == before.servers)
  }

  @Test func `a world reseeded at its start is the world of that seed`() {
    var other = FleetTalk()
    _ = other.say("spawn 2")
    _ = other.say("load poisson 15/s --work exp(100ms)")
    _ = other.say("balance random")
    var same = other
    _ = same.say("seed 1")
    _ = other.say("seed 5")
    var late = FleetTalk()
    for line in ["seed 5", "spawn 2", "load poisson 15/s --work exp(100ms)", "balance random"] {
      _ = late.say(line)
    }
    for line in ["run 1m"] {
      _ = other.say(line)
      _ = same.say(line)
      _ = late.say(line)
    }
    #expect(other.session.world.digest == late.session.world.digest)
    #expect(same.session.world.digest != late.session.world.digest)
  }
}
