/// A block of Markdown as a terminal can show it: styled words, neither wrapped nor coloured.
public indirect enum ProseBlock: Sendable, Equatable {
  /// A heading of level 1 to 6.
  case heading(level: Int, [ProseSpan])
  /// A paragraph.
  case paragraph([ProseSpan])
  /// A list; `start` is the first number of an ordered one. Tight lists have no empty lines
  /// between their items.
  case list(start: Int?, isTight: Bool, items: [Item])
  /// A quotation.
  case quote([ProseBlock])
  /// Lines to show as they are; `info` is what follows the opening marks.
  case code(info: String, lines: [String])
  /// A table; every row has as many cells as there are alignments.
  case table(alignments: [Alignment], header: [[ProseSpan]], rows: [[[ProseSpan]]])
  /// A line across.
  case rule

  /// An item of a list.
  public struct Item: Sendable, Equatable {
    /// Whether a task is done; nil for an ordinary item.
    public let isDone: Bool?
    /// What the item holds.
    public let blocks: [ProseBlock]

    /// Creates an item.
    public init(isDone: Bool? = nil, _ blocks: [ProseBlock]) {
      self.isDone = isDone
      self.blocks = blocks
    }
  }

  /// Where the words of a table's column stand.
  public enum Alignment: Sendable, Equatable {
    /// As the medium likes it, mostly left.
    case natural
    /// At the left.
    case left
    /// In the middle.
    case center
    /// At the right.
    case right
  }
}
