/// A server's place in the fleet, counted from zero; its name counts from one: `s1`.
@frozen
public struct ServerID: Hashable, Comparable, Sendable, BitwiseCopyable {
  /// The place in the fleet, from zero.
  ///
  /// Places are never used again.
  public let index: Int

  /// The server at a place of the fleet.
  @inlinable
  public init(_ index: Int) { self.index = index }

  /// The name it is typed by: `s1` is the first.
  public var name: String { "s\(index + 1)" }

  /// The order in which servers were rented.
  @inlinable
  public static func < (a: ServerID, b: ServerID) -> Bool { a.index < b.index }
}

/// A request's number and which try of it this is: `r12`, then `r12.2`.
@frozen
public struct RequestID: Hashable, Comparable, Sendable, BitwiseCopyable {
  /// The number in the upper 56 bits, the try (from zero) in the lower 8.
  public let bits: UInt64

  /// A try of a request; numbers count from one in order of arrival, tries from one.
  @inlinable
  public init(number: UInt64, attempt: Int = 1) { bits = number << 8 | UInt64(attempt - 1) & 0xFF }

  @inlinable
  init(bits: UInt64) { self.bits = bits }

  /// The request's number, from one, in order of first arrival.
  @inlinable
  public var number: UInt64 { bits >> 8 }

  /// Which try this is, from one.
  @inlinable
  public var attempt: Int { Int(bits & 0xFF) + 1 }

  /// The name it is typed by.
  public var name: String { attempt == 1 ? "r\(number)" : "r\(number).\(attempt)" }

  /// The order of numbers, then of tries.
  @inlinable
  public static func < (a: RequestID, b: RequestID) -> Bool { a.bits < b.bits }
}
