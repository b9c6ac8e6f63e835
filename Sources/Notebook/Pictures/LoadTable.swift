import Cloud
import Display
import Simulation

/// Where requests come from, as a table.
enum LoadTable {
  static func output(_ world: World) -> Output {
    let loads = world.loads
    let result: JSON = ["loads": .array(loads.map(\.json))]
    guard !loads.isEmpty else {
      return Output(result, line: "no load; \("load poisson 20/s", .command) sends twenty a second")
    }
    let columns = [
      Table.Column("load", priority: 9), Table.Column("arrivals", priority: 8),
      Table.Column("requests", priority: 7),
    ]
    let rows = loads.map { load -> [StyledText] in
      [
        StyledText(load.name, .accent), StyledText(load.shapeWords, .value),
        StyledText(load.requestWords),
      ]
    }
    var blocks: [Block] = [.table(Table(columns, rows: rows))]
    if let offered = world.offered {
      let all = loads.count == 1 ? "that is" : "together"
      blocks.append(
        .lines(["\(all) \(Text.percent(offered), .value) of the capacity in service"]))
    }
    return Output(result, blocks)
  }
}
