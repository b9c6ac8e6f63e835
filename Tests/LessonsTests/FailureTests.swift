import Cloud
import Foundation
import Lessons
import Notebook
import Testing

/// Ways in which autoscaling fails, each a notebook in `Failures` that brings it about, proves it
/// with a number and cures it.
///
/// In a notebook the run that fails is called `failure`; every other run that an `expect` names is
/// a cure.
@Suite("failures") struct FailureTests {
  static let notebooks = FailureNotebook.all

  @Test func `there are notebooks`() {
    #expect(Self.notebooks.count >= 16)
  }

  @Test(arguments: notebooks)
  func `a failure happens as it is told`(_ notebook: FailureNotebook) {
    let test = LessonTest(
      Array(notebook.text.utf8), path: notebook.name, commands: Commands.all, on: Shelf())
    #expect(test.problems == [])
  }

  @Test(arguments: notebooks)
  func `what is expected tells the failure from its cures`(_ notebook: FailureNotebook) throws {
    let session = notebook.played()
    let proofs = notebook.conditions(of: "failure")
    #expect(!proofs.isEmpty)
    #expect(!notebook.cures.isEmpty)
    for proof in proofs {
      #expect(try session.holds(proof), "\(proof)")
      let cured = notebook.cures.map { proof.replacing("failure.", with: "\($0).") }
      #expect(try cured.contains { try session.holds("not (\($0))") }, "\(proof), of each cure too")
    }
    for cure in notebook.cures {
      for proof in notebook.conditions(of: cure) {
        #expect(try session.holds(proof), "\(proof)")
        let failed = proof.replacing("\(cure).", with: "failure.")
        #expect(try session.holds("not (\(failed))"), "\(proof), of the failure too")
      }
    }
  }
}

/// One of the notebooks.
struct FailureNotebook: Sendable, CustomTestStringConvertible {
  let name: String
  let text: String
  let notebook: Notebook

  var testDescription: String { name }

  /// Those in the folder, by name.
  static let all: [FailureNotebook] = {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Failures")
    let files = try? FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil)
    return (files ?? []).filter { $0.pathExtension == "md" }.compactMap(FailureNotebook.init)
      .sorted { $0.name < $1.name }
  }()

  init?(_ file: URL) {
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { return nil }
    name = file.deletingPathExtension().lastPathComponent
    self.text = text
    notebook = NotebookReader.read(text).0
  }

  /// What is typed, in order.
  var inputs: [String] {
    notebook.segments.flatMap { segment in
      if case .cell(let cell) = segment { cell.steps.map(\.input) } else { [String]() }
    }
  }

  /// What is expected.
  private var conditions: [String] {
    inputs.filter { $0.hasPrefix("expect ") }.map { String($0.dropFirst("expect ".count)) }
  }

  /// What is expected of a run.
  func conditions(of run: String) -> [String] { conditions.filter { $0.contains("\(run).") } }

  /// The runs of which something is expected, but for the one that fails.
  var cures: [String] {
    var names: [String] = []
    for word in conditions.flatMap({ $0.split(separator: " ") }) {
      guard word.first?.isLetter == true, let dot = word.firstIndex(of: ".") else { continue }
      let name = String(word[..<dot])
      if name != "failure", !names.contains(name) { names.append(name) }
    }
    return names
  }

  /// A session that has typed all of it.
  func played() -> Session {
    var session = Session(
      commands: Commands.all, seed: notebook.frontMatter["seed"].flatMap { UInt64($0) } ?? 1)
    for input in inputs { _ = session.applyWholly(input, on: Shelf()) }
    return session
  }
}
