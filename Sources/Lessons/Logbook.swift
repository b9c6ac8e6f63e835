/// What a learner has done in lessons: a value that is kept as a text anyone can read and edit.
public struct Logbook: Sendable, Hashable {
  /// How far a page is, from least to most.
  public enum Outcome: String, Sendable, CaseIterable {
    /// Begun.
    case open
    /// Left without an answer.
    case skipped
    /// Done after the solution was shown.
    case shown
    /// Done.
    case done

    var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
  }

  /// An answer to a question.
  public struct Answer: Sendable, Hashable {
    /// What came of it.
    public enum Verdict: String, Sendable {
      /// The run that decides is still to come.
      case locked
      /// It was right.
      case right
      /// It was not.
      case wrong
      /// The question was left.
      case skipped
    }

    /// The number of the question on its page, from 1.
    public var question: Int
    /// The letters; `-` for none.
    public var letters: String
    /// What came of it.
    public var verdict: Verdict
  }

  /// A page that was begun.
  public struct Page: Sendable, Hashable {
    /// The lesson's id.
    public var lesson: String
    /// The page's id.
    public var page: String
    /// The mark of what the page held.
    public var fingerprint: String
    /// How far it is.
    public var outcome = Outcome.open
    /// Tries that did not reach the goal.
    public var tries = 0
    /// Hints that were taken.
    public var hints = 0
    /// The answers, by question.
    public var answers: [Answer] = []
  }

  /// Where a learner stands in a lesson.
  public struct Place: Sendable, Hashable {
    /// The lesson's id.
    public var lesson: String
    /// The page's id.
    public var page: String
    /// The mark of what the page held.
    public var fingerprint: String
    /// The step of the page.
    public var step: Int
    /// Whether the step was shown.
    public var isShown: Bool
    /// What was typed beside the lesson since its last command.
    public var own: [String] = []
  }

  /// The pages in the order in which they were begun.
  public var pages: [Page] = []
  /// The places, one for each lesson, the latest last.
  public var places: [Place] = []
  /// Lines that could not be read, kept so that they can be mended by hand.
  public var unreadable: [String] = []

  /// An empty logbook.
  public init() {}

  /// The page, if it was begun.
  public func page(_ page: String, of lesson: String) -> Page? {
    pages.first { $0.lesson == lesson && $0.page == page }
  }

  /// Changes a page, or begins it; what was kept for other contents is forgotten.
  mutating func change(
    _ page: LessonPage, of lesson: String, _ body: (inout Page) -> Void
  ) {
    var place = pages.firstIndex { $0.lesson == lesson && $0.page == page.id }
    if place == nil {
      place = pages.endIndex
      pages.append(Page(lesson: lesson, page: page.id, fingerprint: page.fingerprint))
    }
    guard let place else { return }
    if pages[place].fingerprint != page.fingerprint {
      pages[place] = Page(lesson: lesson, page: page.id, fingerprint: page.fingerprint)
    }
    body(&pages[place])
  }

  /// Where a learner stands in a lesson.
  public func place(in lesson: String) -> Place? { places.first { $0.lesson == lesson } }

  /// Notes a place as the latest.
  mutating func stand(at place: Place) {
    if places.last == place { return }
    places.removeAll { $0.lesson == place.lesson }
    places.append(place)
  }

  /// Forgets a lesson, or everything.
  public mutating func forget(_ lesson: String?) {
    pages.removeAll { lesson == nil || $0.lesson == lesson }
    places.removeAll { lesson == nil || $0.lesson == lesson }
    if lesson == nil { unreadable = [] }
  }

  /// Takes in another: of a page that both have the one that is further, of a lesson's places one's
  /// own.
  public mutating func merge(_ other: Logbook) {
    for page in other.pages {
      guard
        let place = pages.firstIndex(where: { $0.lesson == page.lesson && $0.page == page.page })
      else {
        pages.append(page)
        continue
      }
      let mine = pages[place]
      if (page.outcome.rank, page.answers.count) > (mine.outcome.rank, mine.answers.count) {
        pages[place] = page
      }
    }
    places.insert(contentsOf: other.places.filter { place(in: $0.lesson) == nil }, at: 0)
  }
}
