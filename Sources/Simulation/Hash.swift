/// Hashes that give the same number in every run and on every machine, as Swift's own does not.
public enum Hash {
  /// The finaliser of splitmix64: a bijection in which each input bit flips half of the output.
  ///
  /// Source: Steele, Lea, Flood, "Fast splittable pseudorandom number generators" (2014), with
  /// Stafford's constants (variant 13).
  @inlinable
  public static func mix(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z &>> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z &>> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z &>> 31)
  }

  /// The 64-bit FNV-1a hash of some bytes, continued from an earlier hash if one is given.
  ///
  /// Source: Fowler, Noll, Vo. Complexity: one multiplication per byte.
  @inlinable
  public static func fnv1a(
    _ bytes: some Sequence<UInt8>, from start: UInt64 = 0xCBF2_9CE4_8422_2325
  ) -> UInt64 {
    var hash = start
    for byte in bytes {
      hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
    }
    return hash
  }

  /// The 64-bit FNV-1a hash of eight bytes, lowest first, continued from an earlier hash.
  @inlinable
  static func fnv1a(_ number: UInt64, from start: UInt64) -> UInt64 {
    var hash = start
    for shift in 0..<8 {
      let byte = (number &>> UInt64(8 &* shift)) & 0xFF
      hash = (hash ^ byte) &* 0x0000_0100_0000_01B3
    }
    return hash
  }
}
