public import Cloud

/// Everything that `undo` brings back: the world one stands in, the other worlds, the runs.
public struct State: Sendable {
  /// The world one stands in.
  public var world: World
  /// Its name.
  public var worldName = "main"
  /// Worlds that were left or copied, by name, in the order they were made.
  public var forks: [Fork] = []
  /// Runs by name, the latest last.
  public var runs: [Run] = []
  /// The present stretch of cells that only let time pass.
  package var segment: Segment

  /// A world with a name.
  public struct Fork: Sendable {
    /// Its name.
    public var name: String
    /// The world.
    public var world: World
  }

  /// The seed that the session began with.
  public internal(set) var firstSeed: UInt64

  /// An empty world.
  public init(seed: UInt64 = 1) {
    firstSeed = seed
    world = World(seed: seed)
    segment = Segment(start: world)
  }

  /// The run of a name; `last` is the latest.
  public func run(_ name: String) -> Run? {
    name == "last" ? runs.last : runs.last { $0.name == name }
  }

  /// Whether neither a world nor a run nor a strategy has the name.
  func isFree(_ name: String) -> Bool {
    isFreeForRun(name) && !runs.contains { $0.name == name }
  }

  /// Whether a run may take the name; it replaces a run that has it.
  func isFreeForRun(_ name: String) -> Bool {
    name != "last" && name != worldName && !forks.contains { $0.name == name }
      && !Balancers.all.contains { $0.name == name }
      && !Autoscalers.all.contains { $0.name == name }
  }

  /// Keeps a run; one of the same name is forgotten.
  mutating func keep(_ run: Run) {
    runs.removeAll { $0.name == run.name }
    runs.append(run)
  }
}
