extension Hash {
  /// The hash of the sdbm database: each byte is added to the hash times 65599.
  ///
  /// Texts that differ in their last letter only stay neighbours. Source: Yigit, sdbm.
  public static func sdbm(_ bytes: some Sequence<UInt8>) -> UInt32 {
    bytes.reduce(0) { $0 &* 65_599 &+ UInt32($1) }
  }

  /// Bernstein's hash: each byte is added to the hash times 33, from 5381.
  ///
  /// Texts that differ in their last letter only stay neighbours. Source: Bernstein, comp.lang.c.
  public static func djb2(_ bytes: some Sequence<UInt8>) -> UInt32 {
    bytes.reduce(5381) { $0 &* 33 &+ UInt32($1) }
  }

  /// A hash of two halves that turn each other by as many bits as their own bits say.
  ///
  /// Source: Tarreau, HAProxy, `hash_wt6`.
  public static func wt6(_ bytes: some Sequence<UInt8>) -> UInt32 {
    var a: UInt32 = 0xA53C_965A
    var b: UInt32 = 0x5CA6_953A
    var turn: (a: UInt32, b: UInt32) = (6, 18)
    for byte in bytes {
      a = ~(a ^ UInt32(byte))
      b = ~(b &+ UInt32(byte))
      (a, b) = (b.rotated(left: turn.a), a.rotated(left: turn.b))
      let bits = ((a &>> 16) ^ b) & 0xFFFF
      turn = (bits & 31, bits &>> 11)
    }
    return a ^ b
  }

  /// A bijection of 32 bits in which each bit of the input reaches all of the output.
  ///
  /// Source: Jenkins's integer hash of six shifts, times 3 × 2³⁰ + 1 as in HAProxy's `full_hash`.
  public static func avalanche(_ value: UInt32) -> UInt32 {
    var a = value
    a = (a &+ 0x7ED5_5D16) &+ (a &<< 12)
    a = (a ^ 0xC761_C23C) ^ (a &>> 19)
    a = (a &+ 0x1656_67B1) &+ (a &<< 5)
    a = (a &+ 0xD3A2_646C) ^ (a &<< 9)
    a = (a &+ 0xFD70_46C5) &+ (a &<< 3)
    a = (a ^ 0xB55A_4F09) ^ (a &>> 16)
    return a &* 0xC000_0001
  }
}
