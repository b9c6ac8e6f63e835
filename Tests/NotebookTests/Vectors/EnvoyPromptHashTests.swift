import Foundation
import Notebook
import Simulation
import TestSupport
import Testing

/// Rings and tables that Envoy's own tests expect, asked for at the prompt with keys whose hashes are
/// known.
@Suite("Envoy's hashing at the prompt")
struct EnvoyPromptHashTests {
  private struct Recordings<Case: Decodable>: Decodable { var cases: [Case] }

  private struct Hashed: Decodable {
    struct Server: Decodable {
      var key: String
      var weight: Double

      private enum CodingKeys: String, CodingKey { case key, weight }

      /// A weight may be "2/9" of all, or "locality weight 8" for the one server of a locality.
      init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        key = try values.decode(String.self, forKey: .key)
        if let number = try? values.decode(Double.self, forKey: .weight) {
          weight = number
        } else {
          let text = try values.decode(String.self, forKey: .weight)
          let word = text.split(separator: " ").last?.split(separator: "/").first ?? ""
          weight = try #require(Double(word))
        }
      }
    }

    struct Lookup: Decodable {
      var hash: UInt64
      var expected: UInt64
    }

    var name: String
    var hash: String?
    var least: Int?
    var most: Int?
    var size: UInt64?
    var servers: [Server]
    var ring: [[UInt64]]?
    var table: [Int]?
    var lookups: [Lookup]

    private enum CodingKeys: String, CodingKey {
      case name, hash, servers, ring, lookups
      case table = "expected"
      case least = "min_ring_size"
      case most = "max_ring_size"
      case size = "table_size"
    }

    init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: CodingKeys.self)
      name = try values.decode(String.self, forKey: .name)
      hash = try values.decodeIfPresent(String.self, forKey: .hash)
      least = try values.decodeIfPresent(Int.self, forKey: .least)
      most = try values.decodeIfPresent(Int.self, forKey: .most)
      size = try values.decodeIfPresent(UInt64.self, forKey: .size)
      ring = try values.decodeIfPresent([[UInt64]].self, forKey: .ring)
      table = try? values.decode([Int].self, forKey: .table)
      lookups = try values.decodeIfPresent([Lookup].self, forKey: .lookups) ?? []
      servers = (try? values.decode([Server].self, forKey: .servers)) ?? []
    }

    /// The points of a ring; of a tiny one they are what is looked up, each at its hash.
    var points: [(hash: UInt64, server: Int)]? {
      if let ring { return ring.map { ($0[0], Int($0[1])) } }
      guard let most, lookups.count == most else { return nil }
      return lookups.map { ($0.hash, Int($0.expected)) }
    }

    var spawned: [String] { servers.map { EnvoyDesk.spawn($0.weight, address: $0.key) } }
  }

  private static let keys = (0..<100).map { "key\($0)" }

  @Test(.enabled(if: Vectors.has("balancing/envoy_ring_hash.json"), "\(Vectors.missing)"))
  func `ring hash`() throws {
    let file = try Vectors.decode(Recordings<Hashed>.self, from: "balancing/envoy_ring_hash.json")
    var compared = 0
    for item in file.cases {
      guard let points = item.points?.sorted(by: { $0.hash < $1.hash }) else { continue }
      let function = item.hash == "murmur2" ? " --hash murmur2" : ""
      var desk = EnvoyDesk(
        item.spawned + [
          "balance envoy.ring-hash --min-ring-size \(item.least ?? 1024) "
            + "--max-ring-size \(item.most ?? 1 << 23)" + function
        ])
      for key in Self.keys {
        let hash = Hash.xxh64(Array(key.utf8))
        let owner = (points.first { $0.hash >= hash } ?? points[0]).server
        #expect(try desk.servers("send --work 0s --key \(key)") == [owner], "\(item.name) \(key)")
      }
      compared += 1
    }
    #expect(compared >= 7)
  }

  @Test(.enabled(if: Vectors.has("balancing/envoy_maglev.json"), "\(Vectors.missing)"))
  func `Maglev`() throws {
    let file = try Vectors.decode(Recordings<Hashed>.self, from: "balancing/envoy_maglev.json")
    var compared = 0
    for item in file.cases {
      guard let table = item.table, let size = item.size, !item.servers.isEmpty else { continue }
      var desk = EnvoyDesk(item.spawned + ["balance envoy.maglev --table-size \(size)"])
      for key in Self.keys {
        let owner = table[Int(Hash.xxh64(Array(key.utf8)) % size)]
        #expect(try desk.servers("send --work 0s --key \(key)") == [owner], "\(item.name) \(key)")
      }
      compared += 1
    }
    #expect(compared >= 5)
  }
}
