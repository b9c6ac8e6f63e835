/// A part of a notebook that is written as a fenced block.
protocol FencedSegment: Sendable, Equatable {
  /// The info string: our word and what follows it.
  var info: String { get }
  /// The lines between the marks.
  var body: [String] { get }
  /// The bytes it was read from, while nothing in it has changed.
  var written: String? { get }
}

extension FencedSegment {
  /// The block as in its file, or spelled anew if it changed or never was in one.
  func text(ending: String) -> String {
    if let written { return written }
    let body = body
    let info = SourceLine.split(info).map(\.text).joined(separator: " ")
    let marks = Fence.marks(around: body, info: info)
    return ([marks + info] + body + [marks]).map { $0 + ending }.joined()
  }
}
