import Cloud
import Simulation

/// Consecutive cells that only let time pass: what `back` can go through, event by event.
///
/// It keeps the world at its start and some worlds on the way, and what the cells did between
/// events; any position between is reached by replay from the nearest world before it.
struct Segment: Sendable {
  /// What a cell does to the world between two events.
  enum Action: Sendable {
    /// A measurement begins.
    case measure
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
  static let stride = 1 << 20
  /// Keyframes that are kept; beyond it every second one of the older half goes.
  private static let most = 64

  init(start: World) { keyframes = [Keyframe(world: start, marks: 0)] }

  /// The world at its start.
  var start: World { keyframes[0].world }

  /// Keeps the world when it is far enough from the last one kept.
  mutating func pass(_ world: World) {
    guard world.position - (keyframes.last?.world.position ?? 0) >= Self.stride else { return }
    keyframes.append(Keyframe(world: world, marks: marks.count))
    guard keyframes.count > Self.most else { return }
    let half = keyframes.count / 2
    keyframes = keyframes.enumerated()
      .filter { $0.offset >= half || $0.offset.isMultiple(of: 2) }.map(\.element)
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
      world.advance(until: Stop(time: mark.time))
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
  var memory: Distribution
  var hold: Bool

  func send(to world: inout World) {
    world.send(count, gap: gap, work: work, key: key, memory: memory, hold: hold)
  }
}
