/// One thing that can be shown; a result is a list of them.
public enum Block: Hashable, Sendable {
  /// Lines as they are; one that is too long is wrapped under its own indent.
  case lines([StyledText])
  /// Rows and columns.
  case table(Table)
  /// Values over time.
  case plot(Plot)
  /// Several pictures over one time axis.
  case panels(Panels)
  /// Horizontal bars.
  case bars(Bars)
  /// A distribution.
  case histogram(HistogramPicture)
  /// A series in one line.
  case sparkline(Sparkline)
  /// Two texts line by line.
  case diff(Diff)
  /// A quiet remark, wrapped as prose.
  case note(StyledText)

  /// The lines that show this on a surface; none is wider than it.
  public func lines(on surface: Surface) -> [StyledText] {
    switch self {
    case .lines(let lines):
      lines.flatMap { line in
        let text = surface.spelled(line)
        return text.wrapped(to: surface.width, hanging: text.indent)
      }
    case .table(let table): table.lines(on: surface)
    case .plot(let plot): plot.lines(on: surface)
    case .panels(let panels): panels.lines(on: surface)
    case .bars(let bars): bars.lines(on: surface)
    case .histogram(let picture): picture.lines(on: surface)
    case .sparkline(let sparkline): sparkline.lines(on: surface)
    case .diff(let diff): diff.lines(on: surface)
    case .note(let text):
      surface.spelled(text.quiet).wrapped(to: surface.width)
    }
  }
}

extension StyledText {
  /// The blanks at the start, and the mark of a list's item after them.
  var indent: Int {
    let blanks = plain.prefix { $0 == " " }
    let rest = plain[blanks.endIndex...]
    let word = rest.prefix { $0 != " " }
    let isNumber = word.last == "." && word.count > 1 && word.dropLast().allSatisfy(\.isNumber)
    let isMark = (isNumber || word == "•") && rest.count > word.count
    return blanks.count + (isMark ? word.count + 1 : 0)
  }

  /// The text with what is plain made dim.
  fileprivate var quiet: StyledText {
    spans.reduce(into: StyledText()) {
      $0.append($1.text, $1.style == .plain ? .dim : $1.style)
    }
  }
}
