/// Two texts line by line: what was expected and is gone, what is there instead.
public struct Diff: Hashable, Sendable {
  /// One line of the comparison.
  public enum Line: Hashable, Sendable {
    /// A line of both texts.
    case same(String)
    /// A line that only the expected text has.
    case missing(String)
    /// A line that only the actual text has.
    case extra(String)
    /// So many equal lines left out.
    case skipped(Int)
  }

  /// The comparison from top to bottom.
  public let lines: [Line]

  /// Whether the texts are equal.
  public var isEmpty: Bool {
    lines.allSatisfy {
      if case .missing = $0 { false } else if case .extra = $0 { false } else { true }
    }
  }

  /// Compares two texts, keeping some equal lines around each change.
  ///
  /// The script is a shortest one (Myers) while both texts have less than a few thousand lines
  /// between their common start and end; beyond that the middle counts as replaced.
  public init(expected: [String], actual: [String], context: Int = 3) {
    let start = zip(expected, actual).prefix { $0 == $1 }.count
    let end = zip(expected.dropFirst(start).reversed(), actual.dropFirst(start).reversed())
      .prefix { $0 == $1 }.count
    let old = Array(expected[start..<(expected.count - end)])
    let new = Array(actual[start..<(actual.count - end)])
    let all =
      expected.prefix(start).map(Line.same) + Self.script(from: old, to: new)
      + expected.suffix(end).map(Line.same)
    lines = Self.folded(all, context: max(0, context))
  }

  private static func script(from old: [String], to new: [String]) -> [Line] {
    guard old.count + new.count < 4000 else {
      return old.map(Line.missing) + new.map(Line.extra)
    }
    var removed: Set<Int> = []
    var inserted: Set<Int> = []
    for change in new.difference(from: old) {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): inserted.insert(offset)
      }
    }
    var lines: [Line] = []
    var (i, j) = (0, 0)
    while i < old.count || j < new.count {
      if i < old.count, removed.contains(i) {
        lines.append(.missing(old[i]))
        i += 1
      } else if j < new.count, inserted.contains(j) {
        lines.append(.extra(new[j]))
        j += 1
      } else if i < old.count {
        lines.append(.same(old[i]))
        i += 1
        j += 1
      } else {
        break
      }
    }
    return lines
  }

  /// The lines with long runs of equal ones left out; a single line is never left out.
  private static func folded(_ all: [Line], context: Int) -> [Line] {
    var near = [Bool](repeating: false, count: all.count)
    for (index, line) in all.enumerated() {
      if case .same = line { continue }
      for place in max(0, index - context)...min(all.count - 1, index + context) {
        near[place] = true
      }
    }
    var lines: [Line] = []
    var index = 0
    while index < all.count {
      let run = near[index...].prefix { !$0 }.count
      if run > 1 {
        lines.append(.skipped(run))
        index += run
      } else {
        lines.append(all[index])
        index += 1
      }
    }
    return lines
  }

  /// The comparison on a surface; long lines go on under their own text.
  func lines(on surface: Surface) -> [StyledText] {
    lines.flatMap { line in
      let text: StyledText =
        switch line {
        case .same(let text): "  \(text)"
        case .missing(let text): "\("- " + text, .bad)"
        case .extra(let text): "\("+ " + text, .good)"
        case .skipped(let count): "\("  … \(Quantity.count(count)) equal lines", .dim)"
        }
      return surface.spelled(text).trimmed.wrapped(to: surface.width, hanging: 4)
    }
  }
}
