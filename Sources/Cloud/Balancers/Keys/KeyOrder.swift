/// The order in which a key meets servers: its own first, then those that stand in for it.
package protocol KeyOrder: Sendable {
  /// What is known of a key: its hash, or its text where that is hashed again and again.
  associatedtype Key
  /// Where one is in the order.
  associatedtype Step
  /// The key's own server; nil when there is none.
  func first(for key: Key) -> Step?
  /// What comes after; nil when the order is at its end.
  func next(after step: Step) -> Step?
  /// The server one has come to.
  func server(at step: Step) -> ServerID
  /// How the first is found, such as "the first point at or after 0x12 on a ring of 480 points".
  func search(for key: Key) -> String
  /// What brought one to the server, such as "point 0x34".
  func terms(at step: Step) -> String
}
