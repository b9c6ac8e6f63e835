import Cloud
import Display
import Simulation

/// Everything there is, on one screen.
enum WorldPicture {
  static func output(_ state: State) -> Output {
    let world = state.world
    let servers = world.servers.filter { $0.state != .gone }
    guard !servers.isEmpty || !world.loads.isEmpty else {
      return Output(
        json(state),
        line: "an empty cloud, seed \(world.seed); \("spawn 3", .command) rents three servers")
    }
    var lines: [StyledText] = [
      """
      \(state.worldName, .accent) at \(Text.time(world.now), .value), \
      \(type(of: world.balancer).name, .strong)\(settings(world.balancer)), seed \(world.seed)
      """
    ]
    lines += world.loads.map { load in
      ResultCard.row("load", StyledText(load.words))
    }
    if world.loads.isEmpty { lines.append(ResultCard.row("load", "none")) }
    if let offered = world.offered, offered > 0 {
      let style: Style = offered >= 1 ? .bad : offered > 0.85 ? .warning : .good
      lines.append(
        ResultCard.row("offered", "\(Text.percent(offered), style) of the capacity in service"))
    }
    lines += world.autoscalers.map { scaler in
      var text: StyledText = """
        \(type(of: scaler.policy).name, .strong)\(settings(scaler.policy)) every \
        \(Text.time(scaler.every)), \(Text.count(scaler.bounds.lowerBound))..\
        \(Text.count(scaler.bounds.upperBound)) servers
        """
      if let wanted = scaler.wanted { text += ", wants \(Text.count(wanted), .value)" }
      return ResultCard.row("scaling", text)
    }
    lines.append(
      ResultCard.row(
        "cost",
        "\(Text.dollars(world.dollars), .value), \(Text.dollars(world.hourlyDollars)) per hour now")
    )
    if let run = state.runs.last {
      var text: StyledText = "\(run.name, .accent)"
      if run.measurement.latency.count > 0 {
        text += ": " + ResultCard.spread(run.measurement.latency)
      }
      lines.append(ResultCard.row("last run", text))
    }
    return Output(json(state), [.lines(lines)] + QueueBars.blocks(servers))
  }

  /// What differs from the defaults: " --d 3".
  private static func settings(_ strategy: any Strategy) -> String {
    let plain = type(of: strategy).init().typedSettings.map(\.value)
    return zip(strategy.typedSettings, plain).reduce("") { text, pair in
      pair.0.value == pair.1 ? text : text + " --\(pair.0.name) \(pair.0.value)"
    }
  }

  private static func json(_ state: State) -> JSON {
    let world = state.world
    return [
      "time": .number(world.now.seconds), "seed": .int(Int(clamping: world.seed)),
      "world": .string(state.worldName), "balancer": .string(type(of: world.balancer).name),
      "servers": .int(world.count(of: .inService)), "booting": .int(world.count(of: .booting)),
      "offered": JSON(world.offered), "loads": .array(world.loads.map { $0.json(in: world) }),
      "scalers": .array(world.autoscalers.map { .string(type(of: $0.policy).name) }),
      "cost": ["total": .number(world.dollars), "hourly": .number(world.hourlyDollars)],
      "runs": .array(state.runs.map { .string($0.name) }),
    ]
  }
}
