import CLessons

extension FileHost {
  /// The folder of the lessons that are part of the program.
  static let builtIn = "builtin:"

  /// The bytes of a built-in lesson, or nil when the path names none.
  static func builtInLesson(_ path: String) -> [UInt8]? {
    guard path.hasPrefix(builtIn) else { return nil }
    let name = path.dropFirst(builtIn.count).drop { $0 == "/" }
    for index in 0..<nepho_lesson_count where lessonName(index) == name {
      let lesson = nepho_lesson_at(index)
      return Array(UnsafeBufferPointer(start: lesson.bytes, count: lesson.count))
    }
    return nil
  }

  /// The names of the built-in lessons, in order.
  static var builtInLessons: [String] { (0..<nepho_lesson_count).map(lessonName) }

  private static func lessonName(_ index: Int) -> String {
    String(cString: nepho_lesson_at(index).name)
  }
}
