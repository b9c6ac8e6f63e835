/// Something that cells are read from: a terminal or a pipe.
public protocol LineSource {
  /// The next cell, shown `prompt` where somebody is there to see it.
  ///
  /// It blocks until a cell is complete, is given up, or the input is over.
  mutating func next(prompt: Prompt) -> Line
}

/// What a reading ends with.
public enum Line: Equatable, Sendable {
  /// A complete cell, without its last newline; empty for Enter on an empty line.
  case cell(String)
  /// The cell was given up with Ctrl-C.
  case cancelled
  /// The input is over: Ctrl-D on an empty line, or the end of a file.
  case end
  /// The input cannot be read; the value is an `errno`.
  case failed(Int32)
}

/// The text in front of a cell and its look.
public struct Prompt: Equatable, Sendable {
  /// What stands in front of the cell, blank included.
  public let text: String
  /// The parameters of the SGR escape sequence it is shown with, such as `"1;32"`; may be empty.
  public let sgr: String

  /// A prompt on one line; control characters in `text` are dropped.
  public init(_ text: String, sgr: String = "") {
    self.text = text.printable
    self.sgr = sgr
  }
}

extension String {
  /// The text without control characters, safe to send to a terminal.
  var printable: String {
    String(String.UnicodeScalarView(unicodeScalars.filter { !$0.isControl }))
  }

  init(scalars: some Sequence<Unicode.Scalar>) {
    var view = UnicodeScalarView()
    view.append(contentsOf: scalars)
    self.init(view)
  }
}

extension Unicode.Scalar {
  /// Whether this is one of the C0 and C1 control characters or DEL.
  var isControl: Bool { value < 0x20 || (0x7F...0x9F).contains(value) }
}
