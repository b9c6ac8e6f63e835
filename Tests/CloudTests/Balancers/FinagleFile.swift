import Foundation
import Testing

/// What Finagle's own tests expect: cases of many kinds.
struct FinagleFile: Decodable {
  /// Numbers, or words that are not for a machine.
  struct Expected: Decodable {
    var numbers: [Double]?

    init(from decoder: any Decoder) throws {
      let value = try decoder.singleValueContainer()
      numbers = try? value.decode([Double].self)
    }
  }

  struct Example: Decodable {
    var clients: Int
    var servers: Int
    var aperture: Int
    var expected: Double
  }

  /// One share, or several.
  struct Shares: Decodable {
    var values: [Double]

    init(from decoder: any Decoder) throws {
      let value = try decoder.singleValueContainer()
      values = try (try? value.decode([Double].self)) ?? [value.decode(Double.self)]
    }
  }

  struct Case: Decodable {
    var name: String
    var weights: [Double]?
    var expected: Expected?
    var peer_index: Int?
    var peer_count: Int?
    var min_aperture: Int?
    var expected_nonzero: [Int]?
    var expected_sum: Double?
    var examples: [Example]?
    var N: [Int]?
    var unhealthy_fraction: [Double]?
    var `default`: Int?
    var ttl_s: Int64?
    var min_retries_per_s: Int?
    var percent: Shares?
    var requests: Int?
    var expected_balance: Int?
    var expected_initial_balance: Int?
  }

  var cases: [Case]

  func named(_ name: String) throws -> Case {
    try #require(cases.first { $0.name == name })
  }
}
