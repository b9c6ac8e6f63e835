import Cloud
import Display

/// `open`: replays a notebook to its end.
package enum Open: Command {
  package static let spec = Spec(
    "open", group: "notebook", "Replay a notebook to its end.",
    positionals: [Parameter("file", .file, "which", required: true)],
    examples: [Example("open mine.md", "the state in which it was saved")],
    details: [
      "It begins with an empty world; what was there is given up, and undo brings it back."
    ],
    synonyms: ["read", "load-notebook"])
  package static let effect = CommandEffect.accompanies

  package static func start(_ call: Call, in session: inout Session, on host: any Host)
    throws(Diagnostic) -> Activity
  {
    let path = try call.word("file")
    let bytes: [UInt8]
    do throws(HostError) {
      bytes = try host.read(path)
    } catch {
      throw call.mistake(error.message, about: "file")
    }
    let (notebook, problems) = NotebookReader.read(bytes)
    if let problem = problems.first {
      throw call.mistake("\(path):\(problem)", about: "file")
    }
    let inputs = notebook.inputs
    guard !inputs.isEmpty else {
      throw call.mistake("there is no cell in \(path)", about: "file")
    }
    let seed = notebook.frontMatter["seed"].flatMap { UInt64($0) } ?? session.firstSeed
    let before = session
    session.begin(seed: seed)
    return .working(OpenWork(path: path, inputs: inputs, before: before, host: host))
  }
}

extension Notebook {
  /// What leads to the notebook's end: the inputs of its cells, without those that check it.
  public var inputs: [String] {
    segments.flatMap { segment -> [String] in
      guard case .cell(let cell) = segment, [.plain, .setup, .start].contains(cell.role) else {
        return []
      }
      return cell.steps.map(\.input)
    }
  }
}

extension Session {
  /// Whether a line is part of what a notebook leads to: not `save`, `open` or `quit`.
  fileprivate func replays(_ line: String) -> Bool {
    guard let call = try? grammar.parse(line), let command = command(named: call.spec.name) else {
      return true
    }
    if case .accompanies = command.effect(of: call) { return false }
    return true
  }

  /// Begins anew with an empty world; what was can be undone.
  mutating func begin(seed: UInt64) {
    past.append(Moment(state: state, cells: cells, input: "the session before"))
    future.removeAll()
    state = State(seed: seed)
    cells = []
  }
}

/// A notebook that is being replayed.
struct OpenWork: Work {
  let path: String
  let inputs: [String]
  let before: Session
  let host: any Host
  private var nested = NestedCell()
  private var done = 0

  init(path: String, inputs: [String], before: Session, host: any Host) {
    self.path = path
    self.inputs = inputs
    self.before = before
    self.host = host
  }

  var progress: Progress {
    Progress(
      "open \(path)", fraction: Double(done) / Double(inputs.count),
      detail: "\(Text.count(done)) of \(Text.count(inputs.count, "cell"))")
  }

  mutating func proceed(in session: inout Session, events: Int) throws(Diagnostic) -> Output? {
    while done < inputs.count {
      if !nested.isWorking, !session.replays(inputs[done]) {
        done += 1
        continue
      }
      let turn =
        nested.isWorking
        ? nested.resume(in: &session, events: events)
        : nested.begin(inputs[done], in: &session, on: host)
      guard case .done(let effects) = turn else { return nil }
      for case .fail(let mistake, let source) in effects {
        session = before
        throw Diagnostic("\(path): '\(source)': \(mistake.message)", help: mistake.help)
      }
      done += 1
    }
    return output(session)
  }

  mutating func stop(in session: inout Session) -> Output {
    if nested.isWorking { _ = nested.interrupt(in: &session) }
    return output(session)
  }

  private func output(_ session: Session) -> Output {
    Output(
      ["file": .string(path), "cells": .int(done), "time": .number(session.time)],
      line: """
        \(path, .accent): \(Text.count(done, "cell")) replayed, now at \
        \(Text.time(session.world.now), .value)
        """)
  }
}
