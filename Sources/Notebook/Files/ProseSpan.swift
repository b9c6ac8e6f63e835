/// A run of words in one style.
public struct ProseSpan: Sendable, Equatable {
  /// How words are set off; several may hold at once.
  public struct Style: OptionSet, Sendable, Hashable {
    /// One bit for each style.
    public let rawValue: UInt8

    /// Creates a style from its bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Emphasised, mostly in italics.
    public static let emphasis = Style(rawValue: 1)
    /// Strongly emphasised, mostly bold.
    public static let strong = Style(rawValue: 2)
    /// Code: its blanks are to be kept.
    public static let code = Style(rawValue: 4)
    /// Struck through.
    public static let struck = Style(rawValue: 8)
    /// The words of a link.
    public static let link = Style(rawValue: 16)
  }

  /// The words; a LF is a line break that the author asked for.
  public let text: String
  /// How they are set off.
  public let style: Style

  /// Creates a run of words.
  public init(_ text: String, _ style: Style = []) {
    self.text = text
    self.style = style
  }
}
