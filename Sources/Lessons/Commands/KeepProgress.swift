import Display
import Notebook

/// `progress`: what was done, to another file, from one, or away.
enum KeepProgress: Command {
  static let spec = Spec(
    "progress", group: "learning", "Show what you have done, carry it elsewhere, or forget it.",
    positionals: [
      Parameter(
        "what",
        .choice([
          Variant(
            "export", "writes it to a file",
            positionals: [
              Parameter("file", .file, "where to", required: true, example: "progress.txt")
            ]),
          Variant(
            "import", "takes in what another file has",
            positionals: [
              Parameter("file", .file, "where from", required: true, example: "progress.txt")
            ]),
          Variant(
            "reset", "forgets a lesson, or all",
            positionals: [Parameter("lesson", .word, "a number, name or id; all without one")]),
        ]), "what to do with it")
    ],
    examples: [
      Example("progress", "how far you are in each lesson"),
      Example("progress export progress.txt", "to carry it to another machine"),
      Example("progress reset 01", "forgets the first lesson"),
    ])
  static let effect = CommandEffect.accompanies

  static func start(_ call: Call, in session: inout Session, on host: any Host)
    throws(Diagnostic) -> Activity
  {
    try session.teach(on: host) { room, _ throws(Diagnostic) in
      guard call.has("what") else { return .done(room.summary(on: host)) }
      do throws(HostError) {
        switch try? call.word("what") {
        case "export": return .done(try room.export(to: call.file, on: host))
        case "import": return .done(try room.take(from: call.file, on: host))
        default: return .done(try room.forget(try? call.word("lesson"), on: host))
        }
      } catch {
        throw call.mistake(error.message, about: call.has("file") ? "file" : "lesson")
      }
    }
  }
}

extension Call {
  fileprivate var file: String { (try? word("file")) ?? "" }
}

extension Classroom {
  fileprivate func summary(on host: any Host) -> Output {
    let lessons = course.lessons(on: host).filter { lesson in
      logbook.pages.contains { $0.lesson == lesson.id }
    }
    let rows = lessons.map { lesson in
      [StyledText(lesson.name, .accent), StyledText(lesson.title), progress(in: lesson)]
    }
    let json = logbook.pages.map { page -> JSON in
      [
        "lesson": .string(page.lesson), "page": .string(page.page),
        "outcome": .string(page.outcome.rawValue), "tries": .int(page.tries),
        "hints": .int(page.hints),
      ]
    }
    let columns: [Table.Column] = [.init(""), .init(""), .init("")]
    var blocks: [Block] =
      rows.isEmpty ? [.lines(["no lesson was begun"])] : [.table(Table(columns, rows: rows))]
    if let file { blocks.append(.note("kept in \(file)")) }
    return Output(["progress": .array(json)], blocks)
  }

  fileprivate func export(to path: String, on host: any Host) throws(HostError) -> Output {
    try host.write(Array(logbook.text.utf8), to: path)
    return Output(
      ["file": .string(path), "pages": .int(logbook.pages.count)],
      line: "\(pages(logbook.pages.count)) written to \(path)")
  }

  fileprivate mutating func take(from path: String, on host: any Host) throws(HostError) -> Output {
    let (other, damaged) = Logbook.read(String(decoding: try host.read(path), as: UTF8.self))
    logbook.merge(other)
    var blocks: [Block] = [.lines(["\(pages(other.pages.count)) taken in from \(path)"])]
    if let first = damaged.first {
      blocks.append(
        .note(
          damaged.count == 1
            ? "line \(first) could not be read"
            : "\(damaged.count) lines from line \(first) could not be read"))
    }
    return Output(
      ["file": .string(path), "pages": .int(other.pages.count), "damaged": .int(damaged.count)],
      blocks)
  }

  fileprivate mutating func forget(_ word: String?, on host: any Host) throws(HostError) -> Output {
    guard let word else {
      let count = logbook.pages.count
      logbook.forget(nil)
      desk = nil
      return Output(["forgotten": .int(count)], line: "\(pages(count)) forgotten")
    }
    let isKnown = logbook.pages.contains { $0.lesson == word }
    let id = isKnown ? word : try course.lesson(word, on: host).id
    let count = logbook.pages.count { $0.lesson == id }
    logbook.forget(id)
    if desk?.lesson.id == id { desk = nil }
    return Output(["forgotten": .int(count)], line: "\(pages(count)) of \(id) forgotten")
  }

  private func pages(_ count: Int) -> String { count == 1 ? "1 page" : "\(count) pages" }
}
