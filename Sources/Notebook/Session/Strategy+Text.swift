import Cloud
import Display
import Simulation

extension Strategy {
  /// The parameters with their present values as one types them: "--d 3".
  var typedSettings: [(name: String, value: String)] {
    Self.settings.compactMap { setting in
      value(of: setting.name).map { (setting.name, setting.kind.text($0)) }
    }
  }

  /// What `help` and `show algorithm` say: the rule, its parameters, its source, where it fails.
  var card: [Block] {
    let details = Self.details
    var blocks: [Block] = [
      .lines(
        ["\(Self.name, .accent): \(Self.summary)"]
          + Self.paragraph("rule", details.rule) + Self.paragraph("slots", Self.slotNames)
          + Self.paragraph("ties", details.ties)
          + Self.paragraph("fails", details.failure) + Self.paragraph("source", details.source))
    ]
    let rows = Self.settings.map { setting -> [StyledText] in
      let present = value(of: setting.name).map { setting.kind.text($0) } ?? ""
      return [
        StyledText("--\(setting.name)", .command), StyledText(present, .value),
        StyledText(setting.summary),
      ]
    }
    if !rows.isEmpty {
      let columns = [
        Table.Column("parameter", priority: 3), Table.Column("value", priority: 2),
        Table.Column("meaning", priority: 1),
      ]
      blocks.append(.lines([""]))
      blocks.append(.table(Table(columns, rows: rows, wraps: true)))
    }
    if let lesson = details.lesson {
      blocks.append(.lines(["", "\("learn \(lesson)", .command) shows it at work"]))
    }
    return blocks
  }

  /// The same for the machine interface.
  var json: JSON { .object(members) }

  /// The same, member by member.
  var members: [JSON.Member] {
    let details = Self.details
    return [
      JSON.Member("name", .string(Self.name)), JSON.Member("summary", .string(Self.summary)),
      JSON.Member("rule", .string(details.rule)), JSON.Member("ties", .string(details.ties)),
      JSON.Member("failure", .string(details.failure)),
      JSON.Member("source", .string(details.source)),
      JSON.Member("parameters", parametersJSON),
    ]
  }

  /// The slots of an autoscaler in the order in which it goes through them; empty for a balancer.
  private static var slotNames: String {
    (Self.self as? any Autoscaler.Type)?.slots.joined(separator: " → ") ?? ""
  }

  private static func paragraph(_ label: String, _ text: String) -> [StyledText] {
    guard !text.isEmpty else { return [] }
    let margin = "  " + label.padding(toCells: 8)
    let body = StyledText(text).wrapped(to: 80 - margin.cells)
    return body.enumerated().map { index, line in
      StyledText(index == 0 ? margin : String(repeating: " ", count: margin.cells), .dim) + line
    }
  }
}
