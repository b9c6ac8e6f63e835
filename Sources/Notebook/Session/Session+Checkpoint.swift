import Cloud

/// A place that a session can go to: a state, and the cells that led there.
public struct Checkpoint: Sendable {
  /// The state.
  public var state: State
  /// The cells that led there.
  public var cells: [SessionCell]
  /// The states before each of them that changed something.
  var past: [Session.Moment]
}

extension Session {
  /// Where it stands.
  public var checkpoint: Checkpoint { Checkpoint(state: state, cells: cells, past: past) }

  /// A session that stands at a checkpoint, with nothing to undo.
  public init(commands: [any Command.Type], at place: Checkpoint) {
    self.init(commands: commands, seed: place.state.firstSeed)
    state = place.state
    cells = place.cells
  }

  /// Goes to a checkpoint, as one move that `undo` takes back; with its past, `undo` takes back what
  /// led there first.
  ///
  /// The forks that exist stay; the world that is left becomes one if it gets a name.
  public mutating func go(
    to place: Checkpoint, as input: String, keeping name: String? = nil, withPast: Bool = false
  ) {
    let before = state
    remember(before, input)
    state = place.state
    let new = Set(state.forks.map(\.name))
    var forks = before.forks.filter { !new.contains($0.name) && $0.name != state.worldName }
    if let name { forks.append(State.Fork(name: name, world: before.world)) }
    state.forks = forks + state.forks
    cells = place.cells
    if withPast { past += place.past }
  }
}

extension State {
  /// A name that neither a world nor a run has: the given one, or with a number behind it.
  public func freeName(_ name: String) -> String {
    let taken = Set([worldName, "last"] + forks.map(\.name) + runs.map(\.name))
    var free = name
    var number = 2
    while taken.contains(free) {
      free = "\(name)\(number)"
      number += 1
    }
    return free
  }
}
