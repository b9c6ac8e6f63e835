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
    var peerIndex: Int?
    var peerCount: Int?
    var minAperture: Int?
    var expectedNonzero: [Int]?
    var expectedSum: Double?
    var examples: [Example]?
    var sizes: [Int]?
    var unhealthyFraction: [Double]?
    var `default`: Int?
    var ttlS: Int64?
    var minRetriesPerS: Int?
    var percent: Shares?
    var requests: Int?
    var expectedBalance: Int?
    var expectedInitialBalance: Int?

    enum CodingKeys: String, CodingKey {
      case name, weights, expected, peerIndex, peerCount, minAperture, expectedNonzero, expectedSum
      case examples, unhealthyFraction, `default`, ttlS, minRetriesPerS, percent, requests
      case expectedBalance, expectedInitialBalance
      case sizes = "N"
    }
  }

  var cases: [Case]

  func named(_ name: String) throws -> Case {
    try #require(cases.first { $0.name == name })
  }
}
