import Cloud
import Simulation

/// Consecutive cells that only let time pass: what `back` can go through, event by event.
///
/// It keeps the world at its start and some worlds on the way; any position between is reached by
/// replay from the nearest one before it.
struct Segment: Sendable {
  /// Worlds on the way, earliest first; the first is the start.
  private(set) var keyframes: [World]
  /// Where measurements began on the way, and a world made ready for each.
  private(set) var marks: [Mark] = []

  /// A measurement that began at a position and time.
  struct Mark: Sendable {
    var position: Int
    var time: Instant
  }

  /// Events between keyframes.
  static let stride = 1 << 20
  /// Keyframes that are kept; beyond it every second one of the older half goes.
  static let most = 64

  init(start: World) { keyframes = [start] }

  /// The position it starts from.
  var start: World { keyframes[0] }

  /// Keeps the world when it is far enough from the last one kept.
  mutating func pass(_ world: World) {
    guard world.position - (keyframes.last?.position ?? 0) >= Self.stride else { return }
    keyframes.append(world)
    guard keyframes.count > Self.most else { return }
    let half = keyframes.count / 2
    keyframes = keyframes.enumerated().filter { $0.offset == 0 || $0.offset >= half || $0.offset % 2 == 0 }
      .map(\.element)
  }

  /// Notes that a measurement begins now.
  mutating func mark(_ world: World) {
    marks.append(Mark(position: world.position, time: world.now))
  }

  /// The world at a position, which is not before the start, and the segment cut there.
  mutating func rewind(to position: Int) -> World {
    replay { $0.position <= position } towards: { Stop(position: position) }
  }

  /// The world at an instant, which is not before the start, and the segment cut there.
  mutating func rewind(to time: Instant) -> World {
    replay { $0.now <= time } towards: { Stop(time: time) }
  }

  private mutating func replay(
    _ precedes: (World) -> Bool, towards stop: () -> Stop
  ) -> World {
    while keyframes.count > 1, let last = keyframes.last, !precedes(last) { keyframes.removeLast() }
    var world = keyframes[keyframes.count - 1]
    for (index, mark) in marks.enumerated() where mark.position >= world.position {
      guard mark.time >= world.now else { continue }
      var ahead = world
      ahead.advance(until: Stop(position: mark.position))
      ahead.advance(until: Stop(time: mark.time))
      guard precedes(ahead) else {
        marks.removeSubrange(index...)
        break
      }
      ahead.beginMeasurement()
      world = ahead
    }
    world.advance(until: stop())
    return world
  }
}
