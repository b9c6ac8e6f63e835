/// Names that hashing needs: addresses of servers and keys that were typed as text.
///
/// Immutable, and replaced as a whole when a name is added, so that views can point to it.
final class NameTable: Sendable {
  private let addresses: [Int: [UInt8]]
  private let zones: [Int: [UInt8]]
  private let keys: [[UInt8]]
  private let places: [[UInt8]: Int]

  static let empty = NameTable(addresses: [:], zones: [:], keys: [], places: [:])

  private init(
    addresses: [Int: [UInt8]], zones: [Int: [UInt8]], keys: [[UInt8]], places: [[UInt8]: Int]
  ) {
    self.addresses = addresses
    self.zones = zones
    self.keys = keys
    self.places = places
  }

  /// The address of a server, by default its name.
  func address(of server: Int) -> [UInt8] {
    addresses[server] ?? Array(ServerID(server).name.utf8)
  }

  /// How many keys are texts.
  var keyCount: Int { keys.count }

  /// The text of a key, by its place.
  func key(_ place: Int) -> [UInt8] { keys.indices.contains(place) ? keys[place] : [] }

  /// The place of a key's text, or nil when it is new.
  func place(of key: [UInt8]) -> Int? { places[key] }

  /// The zone of a server; empty when it was given none.
  func zone(of server: Int) -> [UInt8] { zones[server] ?? [] }

  /// The same with a server's address and zone; O(names).
  func naming(_ server: Int, address: String?, zone: String) -> NameTable {
    var addresses = addresses
    var zones = zones
    addresses[server] = address.map { Array($0.utf8) }
    zones[server] = zone.isEmpty ? nil : Array(zone.utf8)
    return NameTable(addresses: addresses, zones: zones, keys: keys, places: places)
  }

  /// The same with a new key; O(names).
  func adding(_ key: [UInt8]) -> NameTable {
    var places = places
    places[key] = keys.count
    return NameTable(addresses: addresses, zones: zones, keys: keys + [key], places: places)
  }
}
