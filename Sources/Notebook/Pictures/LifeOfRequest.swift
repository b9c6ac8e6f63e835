import Cloud
import Display
import Simulation

/// Why a request went where it went, and what became of it.
enum LifeOfRequest {
  /// More candidates than this are folded.
  private static let most = 12

  static func output(_ record: RequestRecord, in run: Run) -> Output {
    let balancer = run.measurement.balancer
    let name = record.copy == nil ? record.id.name : record.firstTry.name
    var lines: [StyledText] = [
      "\(name, .accent) \(went(record)): \(balancer, .strong), in \(run.name)"
    ]
    var blocks: [Block] = []
    if let explanation = record.explanation, tells(explanation, of: record) {
      lines.append(ResultCard.row("eligible", eligible(explanation)))
      lines.append(ResultCard.row("looked at", looked(explanation)))
      if explanation.candidates.count > 1 {
        blocks = [.lines(lines), .table(candidates(explanation))]
        lines = [ResultCard.row("chosen", chosen(explanation))]
      } else if explanation.chosen == nil {
        lines.append(ResultCard.row("chosen", chosen(explanation)))
      }
    }
    lines += life(record)
    blocks.append(.lines(lines))
    return Output(json(record, in: run), blocks)
  }

  /// Whether an explanation is of where it went, and not of a server that turned it away before.
  private static func tells(_ explanation: Explanation, of record: RequestRecord) -> Bool {
    explanation.chosen == nil || record.first == nil || explanation.chosen == record.first
  }

  private static func went(_ record: RequestRecord) -> StyledText {
    if record.status == .open, record.misses.last?.attempt == record.id.attempt {
      return "is to be sent again"
    }
    if let stay = record.stay, stay.given == nil {
      return record.status == .open ? "waits at the balancer" : "waited at the balancer in vain"
    }
    guard let server = record.first else { return "went nowhere" }
    let how = record.stay == nil ? "went" : "waited, then went"
    return "\(how) to \(server.name, .accent)"
  }

  private static func eligible(_ explanation: Explanation) -> StyledText {
    let words: StyledText = "\(Text.count(explanation.eligible, "server")) in service"
    return explanation.standing.map { words + StyledText("; \($0)") } ?? words
  }

  private static func looked(_ explanation: Explanation) -> StyledText {
    let draws =
      explanation.draws == 0 ? "nothing drawn" : Text.count(explanation.draws, "random draw")
    return "\(explanation.search), \(draws)"
  }

  /// Those that were looked at; of many the chosen one and the nearest.
  private static func candidates(_ explanation: Explanation) -> Table {
    let all = explanation.candidates
    let least = all.compactMap(\.cost).min()
    var shown = all
    if all.count > most {
      let near = all.enumerated().sorted {
        (($0.element.cost ?? 0), $0.offset) < (($1.element.cost ?? 0), $1.offset)
      }.prefix(most - 1).map(\.element.server)
      shown = all.filter { near.contains($0.server) || $0.server == explanation.chosen }
    }
    let hasCost = all.contains { $0.cost != nil }
    var columns = [Table.Column("", priority: 9), Table.Column("")]
    if hasCost { columns.append(Table.Column("", .decimal)) }
    columns.append(Table.Column(""))
    var rows = shown.map { candidate -> [StyledText] in
      var row = [
        StyledText("            ") + StyledText(candidate.server.name, .accent),
        StyledText(candidate.terms),
      ]
      if hasCost {
        let isLeast = candidate.cost == least
        row.append(
          StyledText(candidate.cost.map(Text.number) ?? "", isLeast ? .strong : .plain))
      }
      row.append(candidate.server == explanation.chosen ? StyledText("← chosen", .good) : "")
      return row
    }
    if shown.count < all.count {
      rows.append(["            \("…", .dim)", "\(Text.count(all.count - shown.count)) more"])
    }
    return Table(columns, rows: rows)
  }

  private static func chosen(_ explanation: Explanation) -> StyledText {
    guard let server = explanation.chosen else {
      return explanation.candidates.isEmpty ? "nobody" : "nobody: none accepts it"
    }
    var text: StyledText = "\(server.name, .accent)"
    if let tie = explanation.tie {
      let least = explanation.candidates.compactMap(\.cost).min()
      let tied = explanation.candidates.count { $0.cost == least }
      text +=
        explanation.cost != nil && tied > 1
        ? ": \(Text.count(tied)) cost the same; \(tie)" : ": \(tie)"
    } else if let cost = explanation.cost, explanation.candidates.count > 1 {
      text += ": the least \(cost)"
    }
    return text
  }

  private static func life(_ record: RequestRecord) -> [StyledText] {
    func at(_ time: Instant) -> String { Text.time(time) }
    var lines: [StyledText] = []
    var found: StyledText = ""
    if record.stay == nil, let server = record.first, record.status != .refused,
      record.status != .limited, record.misses.last?.attempt != record.id.attempt
    {
      found =
        record.behind == 0
        ? ", \(server.name) was free"
        : ", behind \(Text.count(record.behind, "request")) on \(server.name)"
    }
    let arrived: StyledText = "at \(at(record.arrival), .value)"
    lines.append(ResultCard.row("arrived", record.sent == nil ? arrived + found : arrived))
    lines += missed(record.misses)
    if let sent = record.sent {
      lines.append(ResultCard.row("again", "at \(at(sent), .value)" + found))
    }
    if let stay = record.stay {
      lines.append(ResultCard.row("waited", waited(stay, record)))
    }
    if let copy = record.copy {
      let place =
        copy.behind == 0 ? "which was free" : "behind \(Text.count(copy.behind, "request"))"
      lines.append(
        ResultCard.row(
          "hedged",
          """
          at \(at(copy.time), .value): a copy, \(record.firstTry.otherOfPair.name, .accent), went to \
          \(copy.server.name, .accent), \(place)
          """))
    }
    let sent = record.sent ?? record.arrival
    if let start = record.start {
      let wait = start - sent
      lines.append(
        ResultCard.row(
          "began",
          wait > .zero
            ? "at \(at(start), .value), after waiting \(Text.time(wait), .value)" : "at once"))
    }
    if let finish = record.finish {
      switch record.status {
      case .completed:
        let latency = finish - record.arrival
        var text: StyledText = "at \(at(finish), .value): latency \(Text.time(latency), .strong)"
        if let start = record.start, start > record.arrival {
          let before = sent > record.arrival ? "\(Text.time(sent - record.arrival)) before + " : ""
          let wait = start > sent ? "\(Text.time(start - sent)) wait + " : ""
          text += " = \(before)\(wait)\(Text.time(finish - start)) service"
        }
        if record.copy != nil, let server = record.server {
          text += ", \(record.id.name, .accent) on \(server.name, .accent)"
        }
        lines.append(ResultCard.row("finished", text))
      default:
        let why = record.refusal.map { ", \($0.words)" } ?? ""
        lines.append(
          ResultCard.row("ended", "at \(at(finish), .value): \(record.statusText)\(why)"))
      }
    } else {
      lines.append(ResultCard.row("ended", "\("not yet", .warning)"))
    }
    if record.id.attempt > (record.copy == nil ? 1 : 2) {
      lines.append(ResultCard.row("tries", "\(Text.count(record.id.attempt))"))
    }
    return lines
  }

  /// The tries that came to nothing; of many the first and the last ones.
  private static func missed(_ misses: [RequestRecord.Miss]) -> [StyledText] {
    let rows = misses.map { ResultCard.row("try \($0.attempt)", missed($0)) }
    guard rows.count > 6 else { return rows }
    let more: StyledText = "\(Text.count(rows.count - 5)) more"
    return rows.prefix(3) + [ResultCard.row("…", more)] + rows.suffix(2)
  }

  private static func missed(_ miss: RequestRecord.Miss) -> StyledText {
    let over: StyledText = "\(Text.time(miss.over), .value)"
    let place: StyledText = miss.server.map { "on \($0.name, .accent)" } ?? "at the balancer"
    switch miss.status {
    case .refused, .limited:
      let who: StyledText =
        miss.server.map { "\($0.name, .accent) turned it away" } ?? "turned away"
      return who + " at " + over + StyledText(miss.refusal.map { ": \($0.words)" } ?? "")
    case .timedOut: return place + ": its client gave up at " + over
    case .failed, .completed, .open: return place + ": failed at " + over
    }
  }

  private static func waited(
    _ stay: RequestRecord.Stay, _ record: RequestRecord
  ) -> StyledText {
    var text: StyledText =
      stay.since == record.arrival
      ? "at the balancer" : "at the balancer from \(Text.time(stay.since), .value)"
    guard let given = stay.given, let server = record.first else { return text }
    text += " until \(Text.time(given), .value)"
    return text
      + (record.behind == 0
        ? ", when \(server.name) was free"
        : ", when \(server.name) took it, behind \(Text.count(record.behind, "request"))")
  }

  private static func json(_ record: RequestRecord, in run: Run) -> JSON {
    let explanation = record.explanation.map { explanation -> JSON in
      [
        "eligible": .int(explanation.eligible), "search": .string(explanation.search),
        "cost": JSON(explanation.cost), "tie": JSON(explanation.tie),
        "chosen": explanation.chosen.map { .string($0.name) } ?? .null,
        "draws": .int(explanation.draws),
        "candidates": .array(
          explanation.candidates.map {
            [
              "server": .string($0.server.name), "cost": JSON($0.cost),
              "terms": .string($0.terms),
            ]
          }),
      ]
    }
    return [
      "why": [
        "run": .string(run.name), "balancer": .string(run.measurement.balancer),
        "request": record.json, "behind": .int(record.behind),
        "explanation": explanation ?? .null,
      ]
    ]
  }
}

extension RequestRecord {
  /// The try that its client sent first.
  var firstTry: RequestID { RequestID(number: id.number) }

  /// The server that has it or had it last; of one that was copied the first.
  var first: ServerID? { copy == nil ? server : tries.first ?? server }
}
