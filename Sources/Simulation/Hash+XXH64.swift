extension Hash {
  /// The 64-bit xxHash of some bytes.
  ///
  /// Source: Collet, xxHash specification, XXH64. Complexity: linear, eight bytes at a time.
  public static func xxh64(_ bytes: [UInt8], seed: UInt64 = 0) -> UInt64 {
    bytes.withUnsafeBytes { bytes in
      var place = 0
      var hash = seed &+ prime5
      if bytes.count >= 32 {
        var lanes = Lanes(seed)
        while place + 32 <= bytes.count {
          lanes.take(bytes, at: place)
          place += 32
        }
        hash = lanes.joined
      }
      hash &+= UInt64(bytes.count)
      while place + 8 <= bytes.count {
        hash = (hash ^ stirred(0, bytes.word(at: place))).rotated(left: 27) &* prime1 &+ prime4
        place += 8
      }
      if place + 4 <= bytes.count {
        let half = UInt64(bytes.half(at: place))
        hash = (hash ^ half &* prime1).rotated(left: 23) &* prime2 &+ prime3
        place += 4
      }
      while place < bytes.count {
        hash = (hash ^ UInt64(bytes[place]) &* prime5).rotated(left: 11) &* prime1
        place += 1
      }
      hash = (hash ^ (hash &>> 33)) &* prime2
      hash = (hash ^ (hash &>> 29)) &* prime3
      return hash ^ (hash &>> 32)
    }
  }

  /// Four sums that each take every fourth word.
  private struct Lanes {
    var first: UInt64
    var second: UInt64
    var third: UInt64
    var fourth: UInt64

    init(_ seed: UInt64) {
      first = seed &+ prime1 &+ prime2
      second = seed &+ prime2
      third = seed
      fourth = seed &- prime1
    }

    mutating func take(_ bytes: UnsafeRawBufferPointer, at place: Int) {
      first = stirred(first, bytes.word(at: place))
      second = stirred(second, bytes.word(at: place + 8))
      third = stirred(third, bytes.word(at: place + 16))
      fourth = stirred(fourth, bytes.word(at: place + 24))
    }

    var joined: UInt64 {
      var hash =
        first.rotated(left: 1) &+ second.rotated(left: 7) &+ third.rotated(left: 12)
        &+ fourth.rotated(left: 18)
      for lane in [first, second, third, fourth] {
        hash = (hash ^ stirred(0, lane)) &* prime1 &+ prime4
      }
      return hash
    }
  }

  private static func stirred(_ sum: UInt64, _ word: UInt64) -> UInt64 {
    (sum &+ word &* prime2).rotated(left: 31) &* prime1
  }

  private static let prime1: UInt64 = 0x9E37_79B1_85EB_CA87
  private static let prime2: UInt64 = 0xC2B2_AE3D_27D4_EB4F
  private static let prime3: UInt64 = 0x1656_67B1_9E37_79F9
  private static let prime4: UInt64 = 0x85EB_CA77_C2B2_AE63
  private static let prime5: UInt64 = 0x27D4_EB2F_1656_67C5
}

extension UnsafeRawBufferPointer {
  /// Eight bytes from a place on, lowest first.
  func word(at place: Int) -> UInt64 {
    UInt64(littleEndian: loadUnaligned(fromByteOffset: place, as: UInt64.self))
  }

  /// Four bytes from a place on, lowest first.
  func half(at place: Int) -> UInt32 {
    UInt32(littleEndian: loadUnaligned(fromByteOffset: place, as: UInt32.self))
  }
}

extension FixedWidthInteger {
  /// The bits moved up, those that fall out coming in again below; by less than the width.
  func rotated(left bits: Self) -> Self {
    (self &<< bits) | (self &>> (0 &- bits))
  }
}
