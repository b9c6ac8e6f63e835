extension Hash {
  /// The 32-bit CRC of Ethernet and gzip, continued from an earlier one if it is given.
  ///
  /// Source: ISO 3309, polynomial 0x04C11DB7, reflected. Complexity: one table look-up per byte.
  public static func crc32(_ bytes: some Sequence<UInt8>, from start: UInt32 = 0) -> UInt32 {
    var rest = ~start
    for byte in bytes { rest = advance(rest, by: byte) }
    return ~rest
  }

  /// The 32-bit CRC of four bytes, lowest first, continued from an earlier one.
  public static func crc32(_ number: UInt32, from start: UInt32) -> UInt32 {
    var rest = ~start
    for shift: UInt32 in [0, 8, 16, 24] {
      rest = advance(rest, by: UInt8(truncatingIfNeeded: number &>> shift))
    }
    return ~rest
  }

  private static func advance(_ rest: UInt32, by byte: UInt8) -> UInt32 {
    remainders[Int(UInt8(truncatingIfNeeded: rest) ^ byte)] ^ (rest &>> 8)
  }

  /// What is left of each byte after its eight steps of division.
  private static let remainders: [UInt32] = (0..<256).map { byte in
    var rest = UInt32(byte)
    for _ in 0..<8 { rest = (rest &>> 1) ^ (rest & 1 == 0 ? 0 : 0xEDB8_8320) }
    return rest
  }
}
