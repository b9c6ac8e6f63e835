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

extension Fault.Kind {
  /// What happens to servers when it begins, after their names.
  var strikes: String {
    switch self {
    case .crash: "crashed"
    case .randomCrash: "may crash from now on"
    case .outage: "crashed: their zone is out"
    case .slow(let factor): "\(Text.number(factor)) times slower"
    case .errors(let share, _):
      share == 0 ? "without errors" : "answers \(Text.exact(ratio: share)) with errors"
    case .spotWave: "got their spot notice"
    }
  }

  /// What it is, as one types it, without the servers.
  var words: String {
    switch self {
    case .crash: "crash"
    case .randomCrash(let mtbf, let mttr):
      "crash --mtbf \(mtbf.timeWords)" + (mttr.map { " --mttr \($0.timeWords)" } ?? "")
    case .outage: "zone"
    case .slow(let factor): "slow --factor \(Text.exact(factor))"
    case .errors(let share, let work):
      "errors --share \(Text.exact(ratio: share))"
        + (work > .zero ? " --after \(Text.exact(time: work))" : "")
    case .spotWave(let share): "spot --share \(Text.exact(ratio: share))"
    }
  }
}

extension Distribution {
  /// A distribution of times in nanoseconds, as one types it.
  var timeWords: String { words { Text.exact(nanoseconds: $0) } }
}
