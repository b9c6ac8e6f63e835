import Cloud
import Display
import Simulation

extension Fault {
  /// The fault on a line: its name, what was typed, and when.
  var line: String {
    var parts = ["\(name): \(typed)"]
    if !isActive { parts.append("begins at \(Text.time(start))") }
    if let end { parts.append("over at \(Text.time(end))") }
    if isActive, end == nil { parts.append("goes on") }
    return parts.joined(separator: ", ")
  }

  private var typed: String {
    let words = kind.words.split(separator: " ", maxSplits: 1).map(String.init)
    let rest = words.dropFirst().map { " " + $0 }.joined()
    return switch target {
    case .all where kind.isWave: kind.words
    case .all: words[0] + " all" + rest
    case .servers(let ids): words[0] + " " + Text.servers(ids) + rest
    case .zone(let zone) where kind == .outage: "zone \(zone)"
    case .zone(let zone): "\(words[0]) --zone \(zone)\(rest)"
    }
  }

  /// The fault under the keys of the machine interface.
  var json: JSON {
    var members: [JSON.Member] = [
      JSON.Member("name", .string(name)), JSON.Member("words", .string(typed)),
      JSON.Member("start", .number(start.seconds)), JSON.Member("end", JSON(end?.seconds)),
      JSON.Member("active", .bool(isActive)),
    ]
    switch target {
    case .all: members.append(JSON.Member("servers", "all"))
    case .servers(let ids): members.append(JSON.Member("servers", ids.json))
    case .zone(let zone): members.append(JSON.Member("zone", .string(zone)))
    }
    return .object(members)
  }
}

extension Fault.Kind {
  /// Whether it strikes each server at a time of its own.
  var isAtRandom: Bool { if case .randomCrash = self { true } else { false } }

  fileprivate var isWave: Bool { if case .spotWave = self { true } else { false } }

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
