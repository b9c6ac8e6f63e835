extension Hash {
  /// The 64-bit MurmurHash2 of some bytes, as GNU's `std::hash` of a string computes it.
  ///
  /// Source: Appleby, MurmurHash64A; the seed is that of libstdc++. Complexity: linear, eight bytes
  /// at a time.
  public static func murmur2(_ bytes: [UInt8], seed: UInt64 = 0xC70F_6907) -> UInt64 {
    bytes.withUnsafeBytes { bytes in
      let factor: UInt64 = 0xC6A4_A793_5BD1_E995
      var hash = seed ^ (UInt64(bytes.count) &* factor)
      var place = 0
      while place + 8 <= bytes.count {
        let word = folded(bytes.word(at: place) &* factor) &* factor
        hash = (hash ^ word) &* factor
        place += 8
      }
      if place < bytes.count {
        var rest: UInt64 = 0
        for byte in bytes[place...].reversed() { rest = (rest &<< 8) | UInt64(byte) }
        hash = (hash ^ rest) &* factor
      }
      return folded(folded(hash) &* factor)
    }
  }

  private static func folded(_ value: UInt64) -> UInt64 { value ^ (value &>> 47) }
}
