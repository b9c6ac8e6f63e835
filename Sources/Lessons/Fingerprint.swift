/// A short mark of some text: equal texts have equal ones, on every machine.
///
/// FNV-1a with 64 bits (Fowler, Noll, Vo), of which 32 are shown.
struct Fingerprint {
  private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  init(_ texts: [String] = []) {
    for text in texts { add(text) }
  }

  /// Takes in a text and its end.
  mutating func add(_ text: String) {
    for byte in text.utf8 { add(byte) }
    add(0xFF)
  }

  private mutating func add(_ byte: UInt8) {
    value = (value ^ UInt64(byte)) &* 0x100_0000_01B3
  }

  /// Eight digits to base 16.
  var text: String {
    let digits = String((value ^ value >> 32) & 0xFFFF_FFFF, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }
}
