import Cloud
import Simulation

extension Session {
  /// Runs a cell, or begins to.
  ///
  /// Nothing changes when a command fails.
  public mutating func apply(_ line: String, on host: any Host) -> Turn {
    let source = reading(of: line)
    let before = state
    if !line.isBlank { history.append(line) }
    do throws(Diagnostic) {
      guard let call = try grammar.parse(source) else { return .done([]) }
      guard let command = command(named: call.spec.name) else { return .done([]) }
      let activity = try command.start(call, in: &self, on: host)
      switch activity {
      case .done(let output):
        return .done(finish(source, output, from: before, command.effect(of: call), on: host))
      case .working(let work):
        pending = Pending(
          work: work, input: source, before: before, effect: command.effect(of: call), host: host)
        return .working(work.progress)
      }
    } catch {
      return .done(fail(source, error, from: before, on: host))
    }
  }

  /// Goes on with the work at hand for about so many events.
  public mutating func resume(events: Int) -> Turn {
    guard var pending else { return .done([]) }
    do throws(Diagnostic) {
      // The session must not hold a second copy of the work while the work changes it.
      self.pending = nil
      guard let output = try pending.work.proceed(in: &self, events: events) else {
        let progress = pending.work.progress
        self.pending = pending
        return .working(progress)
      }
      return .done(
        finish(pending.input, output, from: pending.before, pending.effect, on: pending.host))
    } catch {
      return .done(fail(pending.input, error, from: pending.before, on: pending.host))
    }
  }

  /// Stops the work at hand where it stands; what was reached stays.
  public mutating func interrupt() -> Turn {
    guard var pending else { return .done([]) }
    self.pending = nil
    let output = pending.work.stop(in: &self)
    let input = pending.work.stoppedInput(in: self) ?? pending.input
    return .done(finish(input, output, from: pending.before, pending.effect, on: pending.host))
  }

  /// Runs a cell to its end, however long it takes.
  public mutating func applyWholly(_ line: String, on host: any Host) -> [Effect] {
    var turn = apply(line, on: host)
    while case .working = turn { turn = resume(events: .max) }
    guard case .done(let effects) = turn else { return [] }
    return effects
  }

  /// The command of a name.
  func command(named name: String) -> (any Command.Type)? {
    commands.first { $0.spec.name == name }
  }

  private mutating func finish(
    _ input: String, _ output: Output, from before: State, _ effect: CommandEffect,
    on host: any Host
  ) -> [Effect] {
    let cell = SessionCell(
      input: input, output: output, mistake: nil, time: world.now.seconds, seed: world.seed,
      replays: effect.isReplayed, effect: effect)
    switch effect {
    case .changes:
      remember(before, input)
      state.segment = Segment(start: world)
      cells.append(cell)
    case .passesTime:
      remember(before, input)
      cells.append(cell)
    case .looks: cells.append(cell)
    case .moves, .accompanies: break
    }
    var effects = [Effect.show(output)]
    if hasQuit { effects.append(.quit) }
    return effects + looks(at: cell, on: host)
  }

  private mutating func fail(
    _ input: String, _ mistake: Diagnostic, from before: State, on host: any Host
  ) -> [Effect] {
    state = before
    let cell = SessionCell(
      input: input, output: nil, mistake: mistake, time: world.now.seconds, seed: world.seed,
      replays: false)
    return [.fail(mistake, source: input)] + looks(at: cell, on: host)
  }

  /// The command a line stands for, by the guide's reading.
  private mutating func reading(of line: String) -> String {
    guard var guide else { return line }
    let source = guide.reading(of: line, in: &self)
    self.guide = guide
    return source ?? line
  }

  private mutating func looks(at cell: SessionCell, on host: any Host) -> [Effect] {
    guard var guide else { return [] }
    self.guide = nil
    let outputs = guide.cellEnded(cell, in: &self, on: host)
    if self.guide == nil { self.guide = guide }
    return outputs.map { .show($0) }
  }

  mutating func remember(_ before: State, _ input: String) {
    past.append(Moment(state: before, cells: cells, input: input))
    future.removeAll()
    forgetTheOldest()
  }

  /// Drops the oldest states while what is kept may take more than the budget, but never the latest.
  private mutating func forgetTheOldest() {
    var bytes = 0
    guard
      let last = past.indices.dropLast().last(where: { index in
        bytes += past[index].state.footprint
        return bytes > Self.budget
      })
    else { return }
    past.removeSubrange(...last)
  }

  /// Memory for states that can be gone back to: 256 MiB.
  private static var budget: Int { 256 << 20 }
}

extension CommandEffect {
  /// Whether its cells are run again when the notebook is opened.
  var isReplayed: Bool { self == .changes || self == .passesTime || self == .looks }
}

extension State {
  /// About how many bytes a copy takes once it is written to.
  var footprint: Int { world.footprint }
}

extension String {
  /// Whether there is nothing but blanks.
  var isBlank: Bool { allSatisfy(\.isWhitespace) }
}
