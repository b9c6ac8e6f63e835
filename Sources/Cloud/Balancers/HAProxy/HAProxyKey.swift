import Simulation

/// How HAProxy makes a number of a key.
public struct HAProxyKey: Hashable, Sendable {
  /// Its hash functions.
  public enum Function: String, CaseIterable, Sendable {
    /// Times 65599.
    case sdbm
    /// Times 33.
    case djb2
    /// HAProxy's own.
    case wt6
    /// The CRC of 32 bits.
    case crc32
  }

  /// Whether the hash is mixed once more.
  public enum Avalanche: String, CaseIterable, Sendable {
    /// Taken as it is.
    case off
    /// Every bit reaches all others.
    case on
  }

  var function = Function.sdbm
  var avalanche = Avalanche.off

  func hash(_ text: [UInt8]) -> UInt32 {
    let hash =
      switch function {
      case .sdbm: Hash.sdbm(text)
      case .djb2: Hash.djb2(text)
      case .wt6: Hash.wt6(text)
      case .crc32: Hash.crc32(text)
      }
    return avalanche == .on ? Hash.avalanche(hash) : hash
  }
}
