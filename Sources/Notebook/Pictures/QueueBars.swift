import Cloud
import Display
import Simulation

/// What each server has, as bars: in service and waiting.
enum QueueBars {
  /// More bars than this are left out, the shortest first.
  private static let most = 20

  static func output(_ world: World) -> Output {
    let servers = world.servers.filter { $0.state != .gone }
    let result: JSON = [
      "queues": .array(
        servers.map {
          [
            "id": .string($0.id.name), "running": .int($0.running), "queued": .int($0.queued),
          ]
        })
    ]
    guard !servers.isEmpty else {
      return Output(result, line: "no servers; \("spawn 3", .command) rents three")
    }
    let waiting = servers.reduce(0) { $0 + $1.queued }
    let running = servers.reduce(0) { $0 + $1.running }
    let line: StyledText = """
      at \(Text.time(world.now)): \(Text.count(running), .value) in service, \
      \(Text.count(waiting), .value) waiting
      """
    return Output(result, [.lines([line])] + blocks(servers))
  }

  /// The bars; beyond the most the servers with the longest queues.
  static func blocks(_ servers: [Server]) -> [Block] {
    let longest = servers.sorted { ($1.active, $0.id) < ($0.active, $1.id) }.prefix(most)
    let shown = longest.sorted { $0.id < $1.id }
    let bars = shown.map { server -> Bars.Bar in
      var label = StyledText(server.id.name, .accent)
      if server.state != .inService || server.slowness != 1 {
        label += "  " + ServerTable.state(server)
      }
      var text: StyledText = "\(Text.count(server.running))"
      if server.queued > 0 { text += " + \(Text.count(server.queued), .warning)" }
      return Bars.Bar(
        label, Double(server.running), rest: Double(server.queued), text: text)
    }
    let full = max(4, servers.map { Double(max($0.active, $0.spec.cpu)) }.max() ?? 0)
    var blocks: [Block] = [
      .bars(Bars(bars: bars, parts: ["in service", "waiting"], full: full))
    ]
    if shown.count < servers.count {
      let rest = Text.count(servers.count - shown.count, "server")
      blocks.append(.note("\(rest) with no more requests than these are left out"))
    }
    return blocks
  }
}
