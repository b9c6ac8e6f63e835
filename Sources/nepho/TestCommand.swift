import ArgumentParser
import Display
import Lessons
import LineEditor
import Notebook

/// `nepho test PATH…`: notebooks as tests.
struct TestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Test notebooks: every output, solution, question and number in them.")

  @ArgumentParser.Argument(help: "Notebooks, or folders of them.")
  var paths: [String]

  @Flag(help: "Write the outputs and numbers of now into the files.")
  var update = false

  @OptionGroup var common: CommonOptions

  func run() throws {
    Standard.open()
    Interrupts.ignoreBrokenPipes()
    let host = FileHost()
    let console = Console(common)
    let files = paths.flatMap { notebooks(at: $0, on: host) }
    let folders = Environment.lessonFolders + paths
    let known = Course(folders: folders, on: host).lessons(on: host).flatMap {
      [$0.id, $0.slug, $0.number]
    }
    var failed = 0
    for file in files {
      do throws(HostError) {
        let test = LessonTest(
          try host.read(file), path: file, commands: Commands.all + LessonCommands.all,
          known: known, on: host)
        if update { try host.write(Array(test.updated.utf8), to: file) }
        console.show(test.blocks(updating: update).flatMap { $0.lines(on: common.surface) })
        failed += (update ? test.isPassedOnceUpdated : test.isPassed) ? 0 : 1
      } catch {
        Standard.write("error: \(error.message)\n", to: 2)
        failed += 1
      }
    }
    console.show(["\(files.count - failed) passed, \(failed) failed"])
    if failed > 0 || files.isEmpty { throw ExitCode(1) }
  }

  /// A file itself, or the notebooks in a folder.
  private func notebooks(at path: String, on host: FileHost) -> [String] {
    let names = host.list(path).filter { $0.hasSuffix(".md") }
    return names.isEmpty ? [path] : names.map { path.hasSuffix("/") ? path + $0 : "\(path)/\($0)" }
  }
}

/// `nepho new-lesson SLUG`: a template to write a lesson from.
struct NewLessonCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new-lesson", abstract: "Write a template for a lesson into this folder.")

  @ArgumentParser.Argument(help: "Its name in a few words with hyphens, such as warm-pools.")
  var slug: String

  @OptionGroup var common: CommonOptions

  func run() throws {
    let host = FileHost()
    let path = "\(slug).md"
    if (try? host.read(path)) != nil {
      Standard.write("error: \(path) exists already\n", to: 2)
      throw ExitCode(73)
    }
    do throws(HostError) {
      try host.write(Array(LessonTemplate.text(slug: slug).utf8), to: path)
    } catch {
      Standard.write("error: \(error.message)\n", to: 2)
      throw ExitCode(73)
    }
    Console(common).show([
      "\(path, .accent): try it with \("nepho learn \(path)", .command), test it with \("nepho test \(path)", .command)"
    ])
  }
}
