import Cloud
import Display
import Simulation

/// What befalls machines, in words.
enum MachineWords {
  /// An event of a machine's life or of a fault.
  static func line(_ what: Event.What) -> StyledText {
    switch what {
    case .warmed(let id): return "\(id.name, .accent) is \("warm", .good)"
    case .noticed(let id, let active):
      let has = active > 0 ? " with \(Text.count(active, "request"))" : ""
      return "\(id.name, .accent) gets its \("spot notice", .warning)\(has)"
    case .crashed(let id, let lost):
      return "\(id.name, .accent) \("crashes", .bad)\(losses(lost))"
    case .repaired(let id): return "\(id.name, .accent) is repaired and starts anew"
    case .prepared(let id): return "\(id.name, .accent) is ready in the pool and is stopped"
    case .faultBegan(let number, let kind, let servers, let lost):
      let names = servers.isEmpty ? "no server" : Text.servers(servers)
      return "fault f\(number) begins: \(names, .accent) \(kind.strikes, .bad)\(losses(lost))"
    case .faultEnded(let number): return "fault f\(number) is over"
    default: return ""
    }
  }

  private static func losses(_ lost: Int) -> StyledText {
    lost > 0 ? "; \(Text.count(lost, "request"), .bad) lost" : ""
  }
}
