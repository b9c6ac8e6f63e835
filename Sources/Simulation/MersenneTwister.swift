/// The 32-bit Mersenne Twister, for rules that are defined by its numbers; all else draws from a
/// ``RandomStream``.
///
/// Source: Matsumoto and Nishimura, "Mersenne Twister" (1998), mt19937 with the seeding of 2002.
/// Complexity: 624 steps to seed and again for every 624 numbers.
public struct MersenneTwister: Sendable {
  private var state: [UInt32]
  private var place: Int

  /// The generator of a seed, as `std::mt19937(seed)`.
  public init(seed: UInt32) {
    state = [seed]
    for index: UInt32 in 1..<624 {
      let last = state[Int(index) - 1]
      state.append(1_812_433_253 &* (last ^ (last &>> 30)) &+ index)
    }
    place = 624
  }

  /// The next 32 bits.
  public mutating func next() -> UInt32 {
    if place == 624 { twist() }
    var number = state[place]
    place += 1
    number ^= number &>> 11
    number ^= (number &<< 7) & 0x9D2C_5680
    number ^= (number &<< 15) & 0xEFC6_0000
    return number ^ (number &>> 18)
  }

  private mutating func twist() {
    for index in 0..<624 {
      let joined = (state[index] & 0x8000_0000) | (state[(index + 1) % 624] & 0x7FFF_FFFF)
      let twisted = (joined &>> 1) ^ (joined & 1 == 0 ? 0 : 0x9908_B0DF)
      state[index] = state[(index + 397) % 624] ^ twisted
    }
    place = 0
  }
}
