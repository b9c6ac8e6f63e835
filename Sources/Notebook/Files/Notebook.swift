/// A notebook, a lesson or a saved session: Markdown with transcripts and questions in it.
///
/// The segments follow each other without gaps, so writing them one after the other is writing
/// the file.
public struct Notebook: Sendable, Equatable {
  /// A part of the file below its front matter.
  public enum Segment: Sendable, Equatable {
    /// Markdown for people.
    case prose(Prose)
    /// Commands and their output.
    case cell(Cell)
    /// A question with options.
    case quiz(Quiz)
    /// A hint.
    case hint(Hint)
    /// A question that comes back later.
    case recall(Recall)
    /// A note for the presenter.
    case note(Note)
  }

  /// What stands between two headings of level 2.
  public struct Page: Sendable, Equatable {
    /// The name from `<!-- id: name -->`, else a slug of the title; no two pages share one.
    public let id: String
    /// The words of the heading.
    public let title: String
    /// The line of the heading in the file, from 1; 0 if it comes from no file.
    public let line: Int
    /// Where its parts are in `segments`, the heading's prose first.
    public let segments: Range<Int>

    /// Creates a page.
    public init(id: String, title: String, line: Int, segments: Range<Int>) {
      self.id = id
      self.title = title
      self.line = line
      self.segments = segments
    }
  }

  /// The `key: value` lines at the top.
  public var frontMatter = FrontMatter()
  /// The parts in file order.
  public var segments: [Segment] = []
  var hasByteOrderMark = false
  var lineEnding = "\n"

  /// Creates an empty notebook.
  public init() {}
}

extension Notebook {
  /// The words of the first `#` heading.
  public var title: String? {
    segments.lazy.compactMap(\.heading).first { $0.level == 1 }?.title
  }

  /// Where the parts before the first page are in `segments`; all of them if there are no pages.
  public var preface: Range<Int> { 0..<(pageStarts.first ?? segments.endIndex) }

  /// The pages in file order.
  ///
  /// Linear in the number of segments.
  public var pages: [Page] {
    let starts = pageStarts
    var taken = Dictionary(
      starts.compactMap { segments[$0].heading?.id.map { ($0, 2) } }, uniquingKeysWith: max)
    return starts.enumerated().map { number, start in
      let heading = segments[start].heading
      let end = number + 1 < starts.count ? starts[number + 1] : segments.endIndex
      let title = heading?.title ?? ""
      return Page(
        id: heading?.id ?? Self.freeSlug(title, taken: &taken), title: title,
        line: segments[start].line, segments: start..<end)
    }
  }

  private var pageStarts: [Int] { segments.indices.filter { segments[$0].heading?.level == 2 } }

  /// A slug that no page has; `taken` holds the number to try next for each that one has.
  private static func freeSlug(_ title: String, taken: inout [String: Int]) -> String {
    let slug = slug(title)
    var candidate = slug
    while taken[candidate] != nil {
      let number = taken[slug, default: 2]
      candidate = "\(slug)-\(number)"
      taken[slug] = number + 1
    }
    taken[candidate] = 2
    return candidate
  }

  /// Lower case, blanks as `-`, and nothing but letters, digits, `-` and `_`.
  static func slug(_ title: String) -> String {
    let slug = title.lowercased().compactMap { character -> Character? in
      if character == " " { return "-" }
      return character.isLetter || character.isNumber || "-_".contains(character) ? character : nil
    }
    return slug.isEmpty ? "page" : String(slug)
  }

  func pageProblems() -> [FileProblem] {
    var first: [String: Int] = [:]
    return pageStarts.compactMap { start in
      guard let id = segments[start].heading?.id else { return nil }
      let line = segments[start].line
      guard let earlier = first[id] else {
        first[id] = line
        return nil
      }
      return FileProblem(
        line: line, column: 1, message: "the page on line \(earlier) has the id `\(id)` too",
        suggestion: "<!-- id: \(id)-2 -->")
    }
  }
}

extension Notebook.Segment {
  /// The heading it begins with, which only prose can.
  public var heading: Prose.Heading? {
    if case .prose(let prose) = self { return prose.heading }
    return nil
  }

  /// The line of the file it begins on, from 1; 0 if it comes from no file.
  public var line: Int {
    switch self {
    case .prose(let prose): prose.line
    case .cell(let cell): cell.line
    case .quiz(let quiz): quiz.line
    case .hint(let hint): hint.line
    case .recall(let recall): recall.line
    case .note(let note): note.line
    }
  }
}
