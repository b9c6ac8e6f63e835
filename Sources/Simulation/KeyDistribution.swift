/// Which key a request asks for: a number from 0 up to the number of keys.
@frozen
public enum KeyDistribution: Hashable, Sendable {
  /// No keys: every request has key 0.
  case none
  /// Always this key.
  case constant(Int)
  /// So many keys, all equally popular.
  case uniform(Int)
  /// Keys whose popularity falls as a power of their rank; key 0 is the most popular.
  case zipf(Zipf)

  /// Keys whose popularity falls as rank^−exponent.
  public static func zipf(_ count: Int, _ exponent: Double) -> Self {
    .zipf(Zipf(count: count, exponent: exponent))
  }

  /// A key made from a first draw, with more draws only for a rejection.
  ///
  /// Complexity: O(1) whatever the number of keys.
  @inlinable
  public func sample(first: UInt64, draws: inout some DrawSource) -> Int {
    switch self {
    case .none: 0
    case .constant(let key): key
    case .uniform(let count): draws.index(below: count, first: first)
    case .zipf(let zipf): zipf.sample(first: first, draws: &draws)
    }
  }
}
