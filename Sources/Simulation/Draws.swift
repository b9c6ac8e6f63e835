/// The sixteen random numbers that one item of a stream owns.
///
/// Item n owns draws 16n…16n+15: four named slots, then twelve for samplers that reject. A sampler
/// that needs still more continues on an escape stream of the item's own, so no item can ever
/// shift another's numbers.
@frozen
public struct Draws: Hashable, Sendable, DrawSource {
  /// What a draw decides.
  @frozen
  public enum Slot: UInt64, CaseIterable, Sendable {
    /// How much work a request brings.
    case work
    /// How much memory it holds.
    case memory
    /// Which key it asks for.
    case key
    /// How long until the next arrival.
    case gap
  }

  @usableFromInline
  let base: UInt64
  @usableFromInline
  var extras: UInt64

  /// The draws of the n-th item of the stream with a key.
  @inlinable
  public init(stream key: UInt64, item number: UInt64) {
    self.base = key &+ (number &* 16) &* RandomStream.step
    self.extras = 0
  }

  /// The number in a slot, the same however often it is asked for.
  @inlinable
  public func number(_ slot: Slot) -> UInt64 {
    Hash.mix(base &+ slot.rawValue &* RandomStream.step)
  }

  /// The next number beyond the slots.
  @inlinable
  public mutating func extra() -> UInt64 {
    let slot = extras &+ 4
    extras &+= 1
    guard slot < 16 else { return escape(slot) }
    return Hash.mix(base &+ slot &* RandomStream.step)
  }

  @usableFromInline
  func escape(_ slot: UInt64) -> UInt64 {
    // Hashed twice, so that the escape does not run into the draws of the items after this one.
    let key = Hash.mix(Hash.mix(base) ^ 0xE5CA_9E00_0000_0000)
    return Hash.mix(key &+ (slot &- 16) &* RandomStream.step)
  }
}
