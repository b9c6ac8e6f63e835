/// A named stream of random numbers: the k-th is `mix(key + k × γ)`, so any can be had at once.
///
/// Two streams whose seed, purpose and name differ share nothing, so adding one never shifts
/// another's numbers. The counter is the whole state: saving it is a bookmark, and the number of
/// draws between two moments is a difference.
@frozen
public struct RandomStream: Hashable, Sendable, DrawSource {
  /// What tells this stream from the others.
  public let key: UInt64

  /// How many numbers have been drawn.
  public var counter: UInt64

  /// The step between consecutive numbers, 2⁶⁴ ÷ the golden ratio made odd.
  @usableFromInline
  static var step: UInt64 {
    @inlinable get { 0x9E37_79B9_7F4A_7C15 }
  }

  /// A stream by its key, at its beginning.
  @inlinable
  public init(key: UInt64) {
    self.key = key
    self.counter = 0
  }

  /// A stream by the world's seed, what it is for, and whose it is.
  ///
  /// Complexity: linear in the texts' lengths; make a stream once, not per draw.
  @inlinable
  public init(seed: UInt64, purpose: String, name: String) {
    var hash = Hash.fnv1a(purpose.utf8)
    // A byte that UTF-8 never has, so that ("ab", "c") and ("a", "bc") differ.
    hash = Hash.fnv1a(CollectionOfOne(0xFF), from: hash)
    hash = Hash.fnv1a(name.utf8, from: hash)
    self.init(key: Hash.mix(Hash.fnv1a(seed, from: hash)))
  }

  /// The next 64 random bits.
  @inlinable
  public mutating func next() -> UInt64 {
    let number = Hash.mix(key &+ counter &* Self.step)
    counter &+= 1
    return number
  }

  /// The next 64 random bits, as a sampler asks for them.
  @inlinable
  public mutating func extra() -> UInt64 {
    next()
  }

  /// The next number in [0, 1), a multiple of 2⁻⁵³.
  @inlinable
  public mutating func uniform() -> Double {
    Self.unit(next())
  }

  /// A uniform integer in `0..<bound`; zero if the bound is below one.
  ///
  /// Takes one draw in all but astronomically rare cases (probability below bound ÷ 2⁶⁴).
  @inlinable
  public mutating func index(below bound: Int) -> Int {
    let first = next()
    return index(below: bound, first: first)
  }

  /// The number in [0, 1) that the upper 53 bits of a draw stand for.
  @inlinable
  public static func unit(_ draw: UInt64) -> Double {
    Double(Int64(truncatingIfNeeded: draw &>> 11)) * 0x1p-53
  }
}
