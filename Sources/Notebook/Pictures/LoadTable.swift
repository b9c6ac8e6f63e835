import Cloud
import Display
import Simulation

/// Where requests come from, as a table.
enum LoadTable {
  static func output(_ world: World) -> Output {
    let loads = world.loads
    let result: JSON = ["loads": .array(loads.map { $0.json(in: world) })]
    guard !loads.isEmpty else {
      return Output(result, line: "no load; \("load poisson 20/s", .command) sends twenty a second")
    }
    let columns = [
      Table.Column("load", priority: 9), Table.Column("asks for", priority: 8),
    ]
    let rows = loads.map { [StyledText($0.words), StyledText(world.share(of: $0))] }
    var blocks: [Block] = [.table(Table(columns, rows: rows))]
    if loads.count > 1, let offered = world.offered {
      blocks.append(
        .lines(["together \(Text.percent(offered), .value) of the capacity in service"]))
    }
    return Output(result, blocks)
  }
}
