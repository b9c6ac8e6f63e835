import Display
public import Notebook

/// Accompanies a session through lessons.
///
/// It keeps the lesson's own state beside the session's: what the learner does beside the lesson
/// never changes what the lesson's next command runs on.
public struct Classroom: Sendable {
  /// The lessons there are.
  public let course: Course
  /// What the learner has done.
  public internal(set) var logbook = Logbook()
  /// The file that keeps it, if any.
  let file: String?
  /// A seed that beats the lessons' own.
  let seed: UInt64?
  /// The lesson that is open.
  var desk: Desk?
  /// Whether the cell that runs is the lesson's.
  var isLessonCell = false
  /// What is to be said after the present cell.
  var remarks: [StyledText] = []
  /// What the file holds.
  private var saved: String?

  /// A room for the lessons in some folders.
  ///
  /// - Parameters:
  ///   - folders: where lessons are; of two files of one name the one in the earlier folder counts.
  ///   - progress: the file that keeps what was done; nil to keep nothing.
  ///   - seed: a seed that beats the lessons' own.
  ///   - host: where files are.
  public init(
    folders: [String] = [], progress: String? = nil, seed: UInt64? = nil, on host: any Host
  ) {
    course = Course(folders: folders, on: host)
    file = progress
    self.seed = seed
    guard let progress, let bytes = try? host.read(progress) else { return }
    let text = String(decoding: bytes, as: UTF8.self)
    let (logbook, damaged) = Logbook.read(text)
    self.logbook = logbook
    saved = text
    if let first = damaged.first {
      let lines = damaged.count == 1 ? "line \(first)" : "\(damaged.count) lines from line \(first)"
      remarks = ["\(lines) of \(progress) could not be read and was put aside"]
    }
  }

  /// Writes what was done, if it is new.
  mutating func save(on host: any Host) {
    guard let file else { return }
    let text = logbook.text
    guard text != saved, saved != nil || logbook != Logbook() else { return }
    saved = text
    do throws(HostError) {
      try host.write(Array(text.utf8), to: file)
    } catch {
      remarks.append("progress is not kept: \(error.message)")
    }
  }
}

extension Session {
  /// Lends the classroom, which is made when there is none.
  mutating func teach<Result>(
    on host: any Host,
    _ body: (inout Classroom, inout Session) throws(Diagnostic) -> Result
  ) throws(Diagnostic) -> Result {
    var room = guide as? Classroom ?? Classroom(on: host)
    guide = nil
    defer { guide = room }
    return try body(&room, &self)
  }

  /// A session that knows the same commands and begins anew.
  func fresh(seed: UInt64) -> Session { Session(commands: commands, seed: seed) }
}

extension Call {
  /// That no lesson is open.
  var noLesson: Diagnostic {
    mistake("no lesson is open", help: "lessons lists them; learn 01 opens the first")
  }
}
