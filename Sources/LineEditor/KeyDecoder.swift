/// Turns the bytes a terminal sends into characters and keys.
///
/// A key that is more than a character leaves as one C1 control character, `Key`: no key then
/// begins with ESC, so that ESC itself acts at once in vi mode, an unknown key types nothing, and
/// arrows end a search like any other key. Bytes are UTF-8; what is not becomes U+FFFD, and so do
/// typed C1 characters, which would be taken for keys.
package struct KeyDecoder {
  private static let escape: UInt8 = 0x1B
  private static let replacement: Unicode.Scalar = "\u{FFFD}"

  /// The bytes of a sequence that is not over.
  private var pending: [UInt8] = []

  /// A decoder between two characters.
  package init() {}

  /// Whether a sequence has begun; its rest follows at once or never.
  package var isPending: Bool { !pending.isEmpty }

  /// The characters that are complete with one more byte.
  package mutating func feed(_ byte: UInt8) -> [Unicode.Scalar] {
    pending.append(byte)
    switch pending[0] {
    case Self.escape: return feedEscape(byte)
    case 0x80...: return feedUTF8(byte)
    default: return finish([Unicode.Scalar(byte)])
    }
  }

  /// The characters that a sequence stands for when nothing follows it.
  package mutating func flush() -> [Unicode.Scalar] {
    guard pending.first == Self.escape else { return finish(isPending ? [Self.replacement] : []) }
    return finish(pending.count > 2 ? [] : pending.map { Unicode.Scalar($0) })
  }

  private mutating func finish(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
    pending = []
    return scalars
  }

  private mutating func feedUTF8(_ byte: UInt8) -> [Unicode.Scalar] {
    let count: Int
    switch pending[0] {
    case 0xC2...0xDF: count = 2
    case 0xE0...0xEF: count = 3
    case 0xF0...0xF4: count = 4
    default: return finish([Self.replacement])
    }
    if pending.count > 1, !(0x80...0xBF).contains(byte) {
      return finish([Self.replacement]) + feed(byte)
    }
    guard pending.count == count else { return [] }
    let scalars = String(decoding: pending, as: UTF8.self).unicodeScalars
    return finish(scalars.map { (0x80...0x9F).contains($0.value) ? Self.replacement : $0 })
  }

  private mutating func feedEscape(_ byte: UInt8) -> [Unicode.Scalar] {
    guard pending.count > 1 else { return [] }
    if pending.count == 2 {
      switch byte {
      case UInt8(ascii: "["), UInt8(ascii: "O"): return []
      case 0x0D, 0x0A: return finish([Key.newline.scalar])
      default: return finish([Unicode.Scalar(Self.escape)]) + feed(byte)
      }
    }
    let isFinal = (0x40...0x7E).contains(byte)
    if pending[1] == UInt8(ascii: "O") {
      guard isFinal else { return finish([]) + feed(byte) }
      return finish(Key(final: byte, parameters: [])?.scalars ?? [])
    }
    // The Linux console sends its first function keys as ESC [ [ and a letter.
    if pending.count == 3, byte == UInt8(ascii: "[") { return [] }
    if isFinal {
      let parameters = pending[2..<(pending.count - 1)].split(
        separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
      return finish(Key(final: byte, parameters: parameters.map(Self.number))?.scalars ?? [])
    }
    guard (0x20...0x3F).contains(byte) else { return finish([]) + feed(byte) }
    // Nothing known is that long: its rest is swallowed, not stored.
    if pending.count > 32 { pending.removeLast() }
    return []
  }

  /// A parameter, which is 0 if it is left out; nil for what is no number.
  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    digits.isEmpty ? 0 : Int(String(decoding: digits, as: UTF8.self))
  }
}
