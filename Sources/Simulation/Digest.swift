/// A 64-bit digest of a sequence of numbers, to tell whether two worlds are the same.
///
/// The order matters. Equal sequences give equal digests on every machine; different ones collide
/// with probability about 2⁻⁶⁴.
@frozen
public struct Digest: Hashable, Sendable {
  /// The digest of what has been combined so far.
  public private(set) var value: UInt64

  /// The digest of nothing.
  public init() {
    self.value = 0xCBF2_9CE4_8422_2325
  }

  /// Takes in one number.
  public mutating func combine(_ number: UInt64) {
    value = Hash.mix(value ^ number) &+ 0x9E37_79B9_7F4A_7C15
  }

  /// Takes in one signed number.
  public mutating func combine(_ number: Int64) {
    combine(UInt64(bitPattern: number))
  }

  /// Takes in one integer.
  public mutating func combine(_ number: Int) {
    combine(UInt64(bitPattern: Int64(number)))
  }

  /// Takes in one fraction by its bits.
  public mutating func combine(_ number: Double) {
    combine(number.bitPattern)
  }
}
