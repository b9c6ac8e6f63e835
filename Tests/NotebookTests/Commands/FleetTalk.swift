import Notebook

/// A session with the commands of fleet, loads and policies, as a test talks to it.
struct FleetTalk {
  var session = Session(commands: [
    Spawn.self, StopCommand.self, Kill.self, Restart.self, Slow.self, Resize.self, Seed.self,
    Reset.self, Send.self, Finish.self, LoadCommand.self, Balance.self, Scale.self,
    BillCommand.self, RunCommand.self, Step.self, Undo.self,
  ])
  private let shelf = FleetShelf()

  /// What is shown for a line, mistakes with their carets.
  mutating func say(_ line: String) -> [String] {
    session.applyWholly(line, on: shelf).flatMap { effect -> [String] in
      switch effect {
      case .show(let output): output.plainLines
      case .fail(let mistake, let source): mistake.lines(source: source)
      case .quit: []
      }
    }
  }

  /// The result of a line as JSON; the mistake's sentence if it is one.
  mutating func result(of line: String) -> String {
    for effect in session.applyWholly(line, on: shelf) {
      switch effect {
      case .show(let output): return output.result.text
      case .fail(let mistake, _): return mistake.message
      case .quit: continue
      }
    }
    return ""
  }

  /// Talks a whole transcript anew: the lines after each `cloud> ` as they come out now.
  static func talk(_ transcript: String) -> String {
    var talk = FleetTalk()
    return inputs(in: transcript).map { line in
      (["cloud> " + line] + talk.say(line)).joined(separator: "\n")
    }.joined(separator: "\n")
  }

  private static func inputs(in transcript: String) -> [String] {
    transcript.split(separator: "\n").filter { $0.hasPrefix("cloud> ") }.map {
      String($0.dropFirst(7))
    }
  }
}

/// The files of a test.
private struct FleetShelf: Host {
  private let files = [
    "monday.csv": "minute,requests\n0,60\n1,120\n2,0\n3,60\n",
    "bad.csv": "minute,requests\n0,60\n1,many\n",
    "counts.csv": "10\n20\n30\n",
  ]

  func read(_ path: String) throws(HostError) -> [UInt8] {
    guard let text = files[path] else { throw HostError("there is no file \(path)") }
    return Array(text.utf8)
  }

  func write(_ bytes: [UInt8], to path: String) throws(HostError) {}

  func list(_ folder: String) -> [String] { files.keys.sorted() }
}
