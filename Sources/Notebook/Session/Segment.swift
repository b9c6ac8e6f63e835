package import Cloud
import Simulation

/// Consecutive cells that only let time pass: what `back` can go through, event by event.
///
/// It keeps the world at its start and some worlds on the way, and what the cells did between
/// events; any position between is reached by replay from the nearest world before it.
package struct Segment: Sendable {
  /// What a cell does to the world between two events.
  enum Action: Sendable {
    /// A measurement begins.
    case measure
    /// Good answers are those that take no longer.
    case aim(Simulation.Duration)
    /// Requests are sent.
    case send(SendOrder)
  }

  private struct Mark: Sendable {
    var position: Int
    var time: Instant
    var action: Action
  }

  private struct Keyframe: Sendable {
    var world: World
    /// How many marks lie before it.
    var marks: Int
  }

  private var keyframes: [Keyframe]
  private var marks: [Mark] = []

  /// Events between keyframes.
  let stride: Int
  /// Bytes that keyframes may take; beyond it every second one of the older half goes.
  private let budget: Int

  /// A stretch that begins with a world; keyframes come about 2²⁰ events apart and take 256 MiB at
  /// most, the first and the last aside.
  package init(start: World, stride: Int = 1 << 20, budget: Int = 256 << 20) {
    keyframes = [Keyframe(world: start, marks: 0)]
    self.stride = max(1, stride)
    self.budget = budget
  }

  /// How many worlds are kept.
  package var keyframeCount: Int { keyframes.count }

  /// The world at its start.
  var start: World { keyframes[0].world }

  /// Keeps the world when it is far enough from the last one kept.
  package mutating func pass(_ world: World) {
    guard world.position - (keyframes.last?.world.position ?? 0) >= stride else { return }
    keyframes.append(Keyframe(world: world, marks: marks.count))
    while keyframes.count > 2, keyframes.dropFirst().reduce(0, { $0 + $1.world.footprint }) > budget
    {
      let half = max(2, keyframes.count / 2)
      keyframes = keyframes.enumerated()
        .filter { $0.offset >= half || $0.offset.isMultiple(of: 2) }.map(\.element)
    }
  }

  /// Does something to the world between two events, and remembers it.
  mutating func act(_ action: Action, on world: inout World) {
    marks.append(Mark(position: world.position, time: world.now, action: action))
    action.apply(to: &world)
  }

  /// The world at a position, which is not before the start; what came after is forgotten.
  mutating func rewind(to position: Int) -> World {
    rewind(to: Stop(position: position)) { $0 <= position && $1 <= .max }
  }

  /// The world at an instant, which is not before the start; what came after is forgotten.
  mutating func rewind(to time: Instant) -> World {
    rewind(to: Stop(time: time)) { $0 <= .max && $1 <= time }
  }

  private mutating func rewind(to stop: Stop, _ isReached: (Int, Instant) -> Bool) -> World {
    while keyframes.count > 1, let last = keyframes.last,
      !isReached(last.world.position, last.world.now)
    {
      keyframes.removeLast()
    }
    let keyframe = keyframes[keyframes.count - 1]
    var world = keyframe.world
    if let later = marks.firstIndex(where: { !isReached($0.position, $0.time) }) {
      marks.removeSubrange(later...)
    }
    for mark in marks.dropFirst(keyframe.marks) {
      world.advance(until: Stop(position: mark.position))
      // Only where time passed without events: at the same instant more may be to come.
      if world.now < mark.time { world.advance(until: Stop(time: mark.time)) }
      mark.action.apply(to: &world)
    }
    world.advance(until: stop)
    return world
  }
}

extension Segment.Action {
  fileprivate func apply(to world: inout World) {
    switch self {
    case .measure: world.beginMeasurement()
    case .aim(let objective): world.objective = objective
    case .send(let order): order.send(to: &world)
    }
  }
}

/// Requests to be sent, as `send` takes them.
struct SendOrder: Sendable {
  var count: Int
  var gap: Simulation.Duration
  var work: Distribution
  var key: KeyDistribution
  /// The key of all of them as a text, if one was typed.
  var keyText: String?
  var memory: Distribution
  var hold: Bool

  func send(to world: inout World) {
    let key = keyText.map { .constant(world.key(named: $0)) } ?? key
    world.send(count, gap: gap, work: work, key: key, memory: memory, hold: hold)
  }
}
