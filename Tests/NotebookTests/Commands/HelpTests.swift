import Notebook
import Testing

/// What `help` shows of commands and their choices.
struct HelpTests {
  @Test(arguments: transcripts)
  func `a transcript comes out as written`(transcript: String) {
    #expect(Talk.transcript(transcript) == transcript)
  }

  private static let transcripts = [
    """
    cloud> help load wave
    load wave: at random, with a rate that goes up and down

      usage: load wave R --peak R [--every D] [--form sine|square] [--work W] [--key
                       K] [--memory W] [--timeout D] [--retries N] [--backoff D]
                       [--jitter full|none] [--priority N] [--as NAME]

      base        R            requests per second at the lowest
      --peak      R            requests per second at the highest
      --every     D            from one low to the next (10m)
      --form      sine|square  how it goes up and down (sine)
      --work      W            the work of a request (100ms)
      --key       K            the key of a request
      --memory    W            memory a request holds while a server has it
      --timeout   D            how long a client waits
      --retries   N            how often a client sends again (0)
      --backoff   D            the wait before it does, twice as long each time
      --jitter    full|none    how chance spreads the waits (full)
      --priority  N            how important it is, 0 the most, to limit priority
                               (0)
      --as        NAME         the load's name (main)

      load wave 20/s --peak 80/s --every 24h  # days and nights
    cloud> help wave
                ^~~~
    error: no topic is called 'wave'
    try: help load wave
    cloud> help load wawe
                     ^~~~
    error: load has no 'wawe'
    try: help load wave
    cloud> help spawn three
                      ^~~~~
    error: spawn has no choices
    try: help spawn
    """
  ]

  @Test(
    "the help of a command fits on two screens and no more than 80 columns",
    arguments: Commands.all.map { $0.spec.name })
  func fits(command: String) {
    var talk = Talk()
    let said = talk.say("help \(command)")
    #expect(said.count <= 120, "\(command): \(said.count) lines")
    #expect(said.allSatisfy { $0.count <= 80 })
  }

  @Test("a choice is told about as its command does", arguments: ["load sale", "fault slow"])
  func choices(subject: String) {
    var talk = Talk()
    #expect(talk.say("help \(subject)").first?.hasPrefix("\(subject): ") == true)
  }

  @Test("a policy is told about the same, alone and after its command")
  func policies() {
    var talk = Talk()
    #expect(talk.say("help scale hpa") == talk.say("help hpa"))
  }

  @Test("what to try can be read, though what follows cannot be mended")
  func example() {
    var talk = Talk()
    let said = talk.say("load sine 20..200/s --period 20m")
    #expect(said.last == "try: load wave 20/s --peak 80/s")
  }
}
