public import Notebook

/// A notebook to learn from: its pages, and what its front matter says about it.
public struct Lesson: Sendable {
  /// The file.
  public let path: String
  /// The number its file's name begins with, such as `07`; empty when it has none.
  public let number: String
  /// The rest of the file's name, such as `by-turns`.
  public let slug: String
  /// The notebook.
  public let notebook: Notebook
  /// What is wrong with the file.
  public let problems: [FileProblem]
  /// The pages in file order; at least one.
  public let pages: [LessonPage]

  /// Reads a lesson.
  public init(_ bytes: [UInt8], path: String) {
    let (notebook, problems) = NotebookReader.read(bytes)
    let name = FileName(path)
    self.path = path
    number = name.number
    slug = name.slug
    self.notebook = notebook
    self.problems = problems
    pages = LessonPage.pages(of: notebook)
  }

  /// What progress is kept under; it survives a new number.
  public var id: String { words("lesson").first ?? slug }

  /// The title.
  public var title: String { notebook.frontMatter["title"] ?? notebook.title ?? slug }

  /// What to call it: `07`, or the slug when it has no number.
  public var name: String { number.isEmpty ? slug : number }

  /// How long it takes.
  public var minutes: Int? { notebook.frontMatter["minutes"].flatMap { Int($0) } }

  /// The lessons to take before it.
  public var needs: [String] { words("needs") }

  /// What it is about.
  public var teaches: [String] { words("teaches") }

  /// The seed it was written with.
  public var seed: UInt64 { notebook.frontMatter["seed"].flatMap { UInt64($0) } ?? 1 }

  /// Whether it answers to a name: its id, slug or number.
  public func answers(to name: String) -> Bool {
    id == name || slug == name || (!number.isEmpty && Int(number) == Int(name))
  }

  private func words(_ key: String) -> [String] {
    (notebook.frontMatter[key] ?? "").split { $0 == "," || $0 == " " }.map { String($0) }
  }
}

/// The parts of a lesson's file name, as in `lessons/07-by-turns.md`.
struct FileName {
  let number: String
  let slug: String

  init(_ path: String) {
    var name = path.split(separator: "/").last ?? ""
    if name.hasSuffix(".md") { name = name.dropLast(3) }
    let digits = name.prefix { $0.isASCII && $0.isNumber }
    let rest = name.dropFirst(digits.count)
    let isNumbered = !digits.isEmpty && (rest.isEmpty || rest.first == "-")
    number = isNumbered ? String(digits) : ""
    slug = String(isNumbered && !rest.isEmpty ? rest.dropFirst() : name)
  }
}
