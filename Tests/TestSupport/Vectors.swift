public import Foundation

/// Answers of others' programs, in a folder that is not part of the package.
///
/// The folder is `NEPHO_VECTORS`, else `../shared/vectors` beside the package.
public enum Vectors {
  /// The folder, or nil when there is none: tests that need it are then skipped.
  public static let folder: URL? = {
    let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let named = ProcessInfo.processInfo.environment["NEPHO_VECTORS"].map { URL(filePath: $0) }
    let folder = named ?? package.deletingLastPathComponent().appending(path: "shared/vectors")
    return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
  }()

  /// Whether a file is there, by its path inside the folder.
  public static func has(_ path: String) -> Bool {
    folder.map { FileManager.default.fileExists(atPath: $0.appending(path: path).path) } ?? false
  }

  /// A file's bytes, by its path inside the folder; none when it is not there.
  public static func bytes(_ path: String) throws -> [UInt8] {
    guard let folder else { return [] }
    return [UInt8](try Data(contentsOf: folder.appending(path: path)))
  }

  /// A JSON file, decoded.
  public static func decode<Value: Decodable>(_ type: Value.Type, from path: String) throws -> Value
  {
    try JSONDecoder().decode(type, from: Data(bytes(path)))
  }

  /// A JSON file whose keys are in snake case, decoded into members in camel case.
  public static func decodeSnakeCase<Value: Decodable>(
    _ type: Value.Type, from path: String
  ) throws -> Value {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(type, from: Data(bytes(path)))
  }

  /// Why tests that need the folder are skipped.
  public static let missing: String = "no vectors: set NEPHO_VECTORS to their folder"
}
