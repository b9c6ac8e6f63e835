public import Display

/// What a command answers: the result as data, and the blocks that show it.
///
/// Terminal, plain text and JSON are renderings of the same value.
public struct Output: Hashable, Sendable {
  /// The result: seconds, bytes, ratios and dollars as numbers, under stable keys.
  public var result: JSON
  /// What is shown, in order.
  public var blocks: [Block]

  /// An answer.
  public init(_ result: JSON = [:], _ blocks: [Block] = []) {
    self.result = result
    self.blocks = blocks
  }

  /// An answer of one line.
  public init(_ result: JSON = [:], line: StyledText) {
    self.init(result, [.lines([line])])
  }

  /// The lines on a surface.
  public func lines(on surface: Surface) -> [StyledText] {
    blocks.flatMap { $0.lines(on: surface) }
  }

  /// The lines as a notebook keeps them: 80 columns, no colour.
  public var plainLines: [String] { lines(on: .notebook).map(\.plain) }
}

extension Surface {
  /// What notebooks are written for.
  public static let notebook = Surface(width: 80, unicode: true, color: false)
}
