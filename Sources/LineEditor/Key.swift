/// The keys that are more than a character, and the private ones by which the editor calls
/// libedit's own commands, numbered as C1 control characters.
package enum Key: UInt8, CaseIterable {
  case up = 0x80
  case down
  case left
  case right
  case home
  case end
  case delete
  case wordLeft
  case wordRight
  case enter
  case newline
  case complete
  case cancel
  case leave
  case paste
  /// Never pressed, only pushed: accepts what is in the buffer.
  case accept

  /// The key as it is handed to libedit.
  package var scalar: Unicode.Scalar { Unicode.Scalar(rawValue) }

  var scalars: [Unicode.Scalar] { [scalar] }

  /// The command of libedit that serves this key; nil where the editor serves it.
  var command: String? {
    switch self {
    case .delete: "ed-delete-next-char"
    case .accept: "ed-newline"
    default: nil
    }
  }

  /// The characters that mean the same in every mode.
  static let controls: [(code: UInt8, key: Key)] = [
    (0x03, .cancel), (0x04, .leave), (0x09, .complete), (0x0A, .enter), (0x0D, .enter),
  ]

  /// The characters that do so in emacs mode.
  static let emacs: [(code: UInt8, key: Key)] = [
    (0x01, .home), (0x02, .left), (0x05, .end), (0x06, .right), (0x0E, .down), (0x10, .up),
  ]

  /// The characters that do so there behind ESC.
  static let meta: [(code: UInt8, key: Key)] = [
    (UInt8(ascii: "b"), .wordLeft), (UInt8(ascii: "f"), .wordRight),
  ]

  /// The characters that do so in vi's command mode.
  static let vi: [(code: UInt8, key: Key)] = [
    (UInt8(ascii: "j"), .down), (UInt8(ascii: "k"), .up),
  ]

  /// The key that libedit read as `code`.
  init?(code: Int32) {
    guard let code = UInt8(exactly: code) else { return nil }
    let aliases = Self.controls + Self.emacs + Self.meta + Self.vi
    guard let key = Key(rawValue: code) ?? aliases.first(where: { $0.code == code })?.key else {
      return nil
    }
    self = key
  }

  /// The key of a sequence that begins with ESC [ or ESC O and ends with `final`.
  ///
  /// A nil among the parameters is what is no number.
  init?(final: UInt8, parameters: [Int?]) {
    guard !parameters.contains(nil) else { return nil }
    // The second parameter is 1 plus a sum of 1 for Shift, 2 for Alt, 4 for Control.
    let isByWord = parameters.count == 2 && [3, 5, 7].contains(parameters[1])
    switch (final, parameters.first ?? 0) {
    case (UInt8(ascii: "A"), _): self = .up
    case (UInt8(ascii: "B"), _): self = .down
    case (UInt8(ascii: "C"), _): self = isByWord ? .wordRight : .right
    case (UInt8(ascii: "D"), _): self = isByWord ? .wordLeft : .left
    case (UInt8(ascii: "H"), _), (UInt8(ascii: "~"), 1), (UInt8(ascii: "~"), 7): self = .home
    case (UInt8(ascii: "F"), _), (UInt8(ascii: "~"), 4), (UInt8(ascii: "~"), 8): self = .end
    case (UInt8(ascii: "~"), 3): self = .delete
    case (UInt8(ascii: "~"), 200): self = .paste
    case (UInt8(ascii: "M"), _) where parameters.isEmpty: self = .enter
    default: return nil
    }
  }
}
