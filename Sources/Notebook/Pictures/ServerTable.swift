import Cloud
import Display
import Simulation

/// Servers as a table; columns in which all are alike by default are left out.
enum ServerTable {
  static func output(_ world: World) -> Output {
    let servers = world.servers.filter { $0.state != .gone }
    let measurement = world.measurement
    let busy = Dictionary(
      measurement.servers.map { ($0.server.id, $0.utilisation) }, uniquingKeysWith: { $1 })
    let result: JSON = [
      "servers": .array(servers.map { json($0, utilisation: busy[$0.id] ?? nil) })
    ]
    guard !servers.isEmpty else {
      return Output(result, line: "no servers; \("spawn 3", .command) rents three")
    }
    var columns = [Table.Column("server", priority: 9), Table.Column("state", priority: 8)]
    let shown = Self.columns.filter { $0.isShown(servers) }
    columns += shown.map { Table.Column($0.title, $0.alignment, priority: $0.priority) }
    columns.append(Table.Column("busy", .right, priority: 4))
    let rows = servers.map { server in
      [StyledText(server.id.name, .accent), state(server)] + shown.map { $0.text(server) }
        + [StyledText((busy[server.id] ?? nil).map(Text.percent) ?? "–", .value)]
    }
    var blocks: [Block] = [.table(Table(columns, rows: rows, foldedBeyond: 20))]
    let gone = world.rented - servers.count
    if gone > 0 { blocks.append(.note("\(Text.count(gone, "server")) given back earlier")) }
    return Output(result, blocks)
  }

  /// The state in words, with what is wrong.
  static func state(_ server: Server) -> StyledText {
    let style: Style =
      switch server.state {
      case .inService: server.isWarming ? .warning : .good
      case .booting, .draining: .warning
      case .crashed: .bad
      case .gone, .pooled: .dim
      }
    var text = StyledText(server.stateWords, style)
    if server.isNoticed { text.append(", spot notice", .warning) }
    switch server.standing {
    case .up: break
    case .degraded where server.stateKey == "in-service": text = StyledText("degraded", .warning)
    case .degraded: text.append(", degraded", .warning)
    case .drain: text.append(", set aside", .warning)
    case .down: text.append(", marked down", .warning)
    }
    if server.errors > 0 {
      text.append(", \(Text.exact(ratio: server.errors)) errors", .bad)
    }
    if server.slowness != 1 { text.append(", \(Text.number(server.slowness))× slow", .warning) }
    return text
  }

  private struct Column: Sendable {
    var title: String
    var alignment = Table.Alignment.right
    var priority: Int
    var isShown: @Sendable ([Server]) -> Bool = { _ in true }
    var text: @Sendable (Server) -> StyledText
  }

  private static let columns: [Column] = [
    Column(title: "cpu", priority: 3, text: { "\($0.spec.cpu)" }),
    Column(
      title: "speed", priority: 3, isShown: { $0.contains { $0.spec.speed != 1 } },
      text: { StyledText(Text.number($0.spec.speed)) }),
    Column(
      title: "memory", priority: 1, isShown: { $0.contains { $0.spec.memory != 1 << 30 } },
      text: { StyledText(Text.bytes(Double($0.spec.memory))) }),
    Column(
      title: "weight", priority: 2,
      isShown: { Set($0.map(\.spec.effectiveWeight)).count > 1 },
      text: { StyledText(Text.number($0.spec.effectiveWeight)) }),
    Column(
      title: "zone", alignment: .left, priority: 2,
      isShown: { $0.contains { !$0.spec.zone.isEmpty } }, text: { StyledText($0.spec.zone) }),
    Column(
      title: "kind", alignment: .left, priority: 2,
      isShown: { $0.contains { $0.spec.spot != nil } },
      text: { StyledText($0.spec.spot == nil ? "on demand" : "spot") }),
    Column(title: "price", priority: 1, text: { StyledText(Text.dollars($0.spec.effectivePrice)) }),
    Column(title: "active", priority: 6, text: { StyledText(Text.count($0.active), .value) }),
    Column(
      title: "waiting", priority: 7,
      text: { StyledText(Text.count($0.queued), $0.queued > 0 ? .warning : .dim) }),
    Column(title: "picked", priority: 5, text: { StyledText(Text.count($0.picked), .value) }),
    Column(
      title: "completed", priority: 5, text: { StyledText(Text.count($0.completed), .value) }),
  ]

  private static func json(_ server: Server, utilisation: Double?) -> JSON {
    [
      "id": .string(server.id.name), "state": .string(server.stateKey),
      "cpu": .int(server.spec.cpu), "speed": .number(server.spec.speed),
      "weight": .number(server.spec.effectiveWeight), "memory": .int(server.spec.memory),
      "zone": .string(server.spec.zone), "price": .number(server.spec.effectivePrice),
      "spot": .bool(server.spec.spot != nil),
      "slowness": .number(server.slowness), "health": .string(server.standing.rawValue),
      "errors": .number(server.errors), "picked": .int(server.picked),
      "completed": .int(server.completed), "active": .int(server.active),
      "queued": .int(server.queued), "utilisation": JSON(utilisation),
    ]
  }
}
