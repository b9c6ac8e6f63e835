/// Numbers in reasons, as the language types them: no blank before the unit.
enum Figure {
  /// A number with at most two decimals: 5, 4.8, 0.96.
  static func plain(_ value: Double) -> String {
    guard value.magnitude < 1e15 else { return "\(value)" }
    let hundredths = Int((value.magnitude * 100).rounded())
    let sign = value < 0 && hundredths > 0 ? "-" : ""
    let whole = "\(sign)\(hundredths / 100)"
    let rest = hundredths % 100
    if rest == 0 { return whole }
    if rest % 10 == 0 { return "\(whole).\(rest / 10)" }
    return rest < 10 ? "\(whole).0\(rest)" : "\(whole).\(rest)"
  }

  /// A rate: 96/s.
  static func rate(_ value: Double) -> String { plain(value) + "/s" }

  /// A share: 63%, with one decimal at most.
  static func percent(_ ratio: Double) -> String {
    guard ratio.magnitude < 1e12 else { return plain(ratio * 100) + "%" }
    return plain((ratio * 1000).rounded() / 10) + "%"
  }

  /// A time: 30s.
  static func seconds(_ value: Double) -> String { plain(value) + "s" }

  /// A count with its noun: 1 server, 5 servers.
  static func servers(_ count: Int) -> String { count == 1 ? "1 server" : "\(count) servers" }

  /// A size of memory: 512MiB, 1.5GiB.
  static func bytes(_ count: Int) -> String {
    count < 1 << 30
      ? plain(Double(count) / 0x1p20) + "MiB" : plain(Double(count) / 0x1p30) + "GiB"
  }

  /// A size: 1 cpu, 4 cpus.
  static func cpus(_ count: Int) -> String { count == 1 ? "1 cpu" : "\(count) cpus" }
}
