/// Addresses of the internet protocol as text.
enum NetworkAddress {
  /// The 4 bytes of an IPv4 address or the 16 of an IPv6 address; nil for any other text.
  static func bytes(_ text: [UInt8]) -> [UInt8]? {
    text.contains(UInt8(ascii: ":")) ? version6(text) : version4(text)
  }

  /// Four numbers below 256 with dots between them.
  private static func version4(_ text: [UInt8]) -> [UInt8]? {
    let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    let bytes = parts.compactMap { number(Array($0), digits: 3, radix: 10) }
      .compactMap { UInt8(exactly: $0) }
    return parts.count == 4 && bytes.count == 4 ? bytes : nil
  }

  /// Eight hexadecimal numbers with colons between them; "::" once stands for zeros.
  private static func version6(_ text: [UInt8]) -> [UInt8]? {
    guard let gap = text.indices.dropLast().first(where: { text[$0...].starts(with: [58, 58]) })
    else {
      return groups(text[...]).flatMap { $0.count == 16 ? $0 : nil }
    }
    guard let upper = groups(text[..<gap]), let lower = groups(text[(gap + 2)...]),
      upper.count + lower.count <= 14
    else { return nil }
    return upper + [UInt8](repeating: 0, count: 16 - upper.count - lower.count) + lower
  }

  /// Two bytes for each number; the last may be an IPv4 address.
  private static func groups(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    if text.isEmpty { return [] }
    var bytes: [UInt8] = []
    let parts = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    for (index, part) in parts.enumerated() {
      if index == parts.count - 1, let four = version4(Array(part)) {
        bytes += four
      } else if let group = number(Array(part), digits: 4, radix: 16) {
        bytes += [UInt8(group >> 8), UInt8(group & 0xFF)]
      } else {
        return nil
      }
    }
    return bytes
  }

  /// A number of one to so many digits.
  private static func number(_ text: [UInt8], digits: Int, radix: Int) -> Int? {
    guard (1...digits).contains(text.count), text.first != UInt8(ascii: "+"),
      text.first != UInt8(ascii: "-")
    else { return nil }
    return Int(String(decoding: text, as: UTF8.self), radix: radix)
  }
}
