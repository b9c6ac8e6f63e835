import Foundation
import TestSupport

extension Vectors {
  /// A JSON file whose keys are in snake case, decoded.
  static func decodeSnakeCase<Value: Decodable>(_ type: Value.Type, from path: String) throws
    -> Value
  {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(type, from: Data(bytes(path)))
  }
}
