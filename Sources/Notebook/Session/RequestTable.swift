import Cloud
import Display
import Simulation

/// Requests as a table: when each came, where it went and why, how long it took.
enum RequestTable {
  static func output(_ records: [RequestRecord], measurement: Measurement) -> Output {
    let result: JSON = ["requests": .array(records.map(\.json))]
    var lines: [StyledText] = []
    let over = records.filter { $0.status == .completed }.count
    if records.count > 1, over > 0 {
      // What is told of them is told of all that the run answered, shown or not.
      let all = max(over, measurement.counts.completed)
      lines.append("\(Text.count(all)) completed: \(ResultCard.spread(measurement.latency))")
    }
    return Output(result, [.table(table(records))] + (lines.isEmpty ? [] : [.lines(lines)]))
  }

  static func table(_ records: [RequestRecord]) -> Table {
    let allCompleted = records.allSatisfy { $0.status == .completed }
    var columns = [
      Table.Column("request"), Table.Column("arrival", .right), Table.Column("server"),
      Table.Column("why"), Table.Column("wait", .right), Table.Column("service", .right),
      Table.Column("latency", .right),
    ]
    let hasCopies = records.contains { $0.copy != nil }
    if hasCopies { columns.insert(Table.Column("copy"), at: 3) }
    if !allCompleted { columns.append(Table.Column("", priority: 1)) }
    return Table(
      columns, rows: records.map { row($0, copy: hasCopies, status: !allCompleted) },
      foldedBeyond: 20)
  }

  private static func row(_ record: RequestRecord, copy: Bool, status: Bool) -> [StyledText] {
    func time(_ duration: Simulation.Duration?) -> StyledText {
      duration.map { StyledText(Text.time($0), .value) } ?? StyledText("–", .dim)
    }
    let answered = record.status == .completed
    let wait = record.start.map { $0 - record.arrival }
    let service =
      answered ? record.start.flatMap { start in record.finish.map { $0 - start } } : nil
    var row: [StyledText] = [
      StyledText(record.id.name, .accent), StyledText(Text.time(record.arrival)),
      StyledText(record.server?.name ?? "–", .accent),
      StyledText(record.refusal?.words ?? record.explanation?.brief ?? ""), time(wait),
      time(service),
      time(answered ? record.finish.map { $0 - record.arrival } : nil),
    ]
    if copy { row.insert(StyledText(record.copy?.server.name ?? "", .accent), at: 3) }
    if status { row.append(record.statusText) }
    return row
  }
}

extension RequestRecord {
  /// The request under the keys of the machine interface, in seconds.
  ///
  /// The servers of its tries are among them when there were several.
  var json: JSON {
    let answered = status == .completed ? finish.map { ($0 - arrival).seconds } : nil
    var members = [
      JSON.Member("id", .string(id.name)), JSON.Member("arrival", .number(arrival.seconds)),
      JSON.Member("server", JSON(server?.name)), JSON.Member("start", JSON(start?.seconds)),
      JSON.Member("finish", JSON(finish?.seconds)), JSON.Member("latency", JSON(answered)),
      JSON.Member("status", .string(status.rawValue)),
    ]
    if tries.count > 1 || server == nil && !tries.isEmpty {
      members.append(JSON.Member("tries", tries.json))
    }
    if !misses.isEmpty {
      members.append(
        JSON.Member(
          "misses",
          .array(
            misses.map { miss in
              [
                "try": .int(miss.attempt), "sent": .number(miss.sent.seconds),
                "server": JSON(miss.server?.name), "over": .number(miss.over.seconds),
                "status": .string(miss.status.rawValue),
              ]
            })))
    }
    if let stay { members.append(JSON.Member("given", JSON(stay.given?.seconds))) }
    if let copy { members.append(JSON.Member("copy", .string(copy.server.name))) }
    return .object(members)
  }

  /// What became of it, in a word or two.
  var statusText: StyledText {
    switch status {
    case .completed: StyledText("completed", .good)
    case .failed: StyledText("failed", .bad)
    case .refused: StyledText("refused", .bad)
    case .timedOut: StyledText("timed out", .bad)
    case .limited: StyledText("limited", .bad)
    case .open: StyledText("open", .warning)
    }
  }
}

extension Refusal {
  /// The reason in words.
  var words: String {
    switch self {
    case .queueFull: "its queue was full"
    case .memoryFull: "too little memory"
    case .allFull: "every server has as many as it may"
    case .noConnection: "its server does not answer"
    case .allTried: "no server is left to try"
    case .noServer: "no server in service"
    case .rateLimited: "over its rate"
    case .tooMany: "too many are there"
    case .unimportant: "others come first"
    case .shed: "waited too long"
    }
  }
}

extension Explanation {
  /// The reason in a few words, for a table.
  var brief: String {
    guard candidates.count > 1 else { return search }
    if cost == nil, let terms = candidates.first(where: { $0.server == chosen })?.terms,
      !terms.isEmpty
    {
      return terms
    }
    if let tie { return tie }
    guard cost != nil else { return search }
    let shown = candidates.prefix(3).map { candidate in
      "\(candidate.server.name) \(candidate.cost.map(Text.number) ?? "")"
    }
    return shown.joined(separator: ", ") + (candidates.count > 3 ? ", …" : "")
  }
}
