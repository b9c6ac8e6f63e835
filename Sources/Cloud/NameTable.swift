/// Names that hashing needs: addresses of servers and keys that were typed as text.
///
/// Immutable, and replaced as a whole when a name is added, so that views can point to it.
final class NameTable: Sendable {
  private let addresses: [Int: [UInt8]]
  private let keys: [[UInt8]]
  private let places: [[UInt8]: Int]

  static let empty = NameTable(addresses: [:], keys: [], places: [:])

  private init(addresses: [Int: [UInt8]], keys: [[UInt8]], places: [[UInt8]: Int]) {
    self.addresses = addresses
    self.keys = keys
    self.places = places
  }

  /// The address of a server, by default its name.
  func address(of server: Int) -> [UInt8] {
    addresses[server] ?? Array(ServerID(server).name.utf8)
  }

  /// The text of a key, by its place.
  func key(_ place: Int) -> [UInt8] { keys.indices.contains(place) ? keys[place] : [] }

  /// The place of a key's text, or nil when it is new.
  func place(of key: [UInt8]) -> Int? { places[key] }

  /// The same with an address; O(names).
  func naming(_ server: Int, _ address: [UInt8]) -> NameTable {
    var addresses = addresses
    addresses[server] = address
    return NameTable(addresses: addresses, keys: keys, places: places)
  }

  /// The same with a new key; O(names).
  func adding(_ key: [UInt8]) -> NameTable {
    var places = places
    places[key] = keys.count
    return NameTable(addresses: addresses, keys: keys + [key], places: places)
  }
}
