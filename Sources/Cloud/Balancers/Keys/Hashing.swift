/// A balancer by which a key has the same server for as long as the fleet stays as it is.
///
/// So one can ask, without a request: shares over keys, and which keys move when a server comes or
/// goes.
package protocol Hashing: Balancer {
  /// The place of the server that a key belongs to, whether or not it accepts a request now; nil
  /// when the balancer was told of none that is in the view.
  func owner(of key: [UInt8], in view: borrowing View) -> Int?
}
