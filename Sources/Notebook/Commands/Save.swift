import Cloud
import Display

/// `save`: writes the session as a notebook.
package enum Save: Command {
  package static let spec = Spec(
    "save", group: "notebook", "Write this session as a notebook.",
    positionals: [Parameter("file", .file, "where to", required: true)],
    examples: [
      Example("save mine.md", "what was typed and answered; nepho test mine.md replays it")
    ],
    synonyms: ["write", "w"])
  package static let effect = CommandEffect.accompanies

  package static func start(_ call: Call, in session: inout Session, on host: any Host)
    throws(Diagnostic) -> Activity
  {
    let path = try call.word("file")
    let notebook = session.notebook
    do throws(HostError) {
      try host.write(Array(NotebookWriter.text(of: notebook).utf8), to: path)
    } catch {
      throw call.mistake(error.message, about: "file")
    }
    let count = session.cells.count
    return .done(
      Output(
        ["file": .string(path), "cells": .int(count)],
        line: """
          \(path, .accent): \(Text.count(count, "cell")); open it again with: \
          \("open \(path)", .command)
          """
      ))
  }
}

extension Session {
  /// The session as a notebook: its seed and its cells with their answers.
  public var notebook: Notebook {
    var notebook = Notebook(session: ["seed": "\(firstSeed)"])
    notebook.append(markdown: "# A session with Nepho\n")
    for cell in cells {
      notebook.append(input: cell.input, output: cell.output?.plainLines ?? [])
    }
    return notebook
  }
}
