import Cloud
import Display
import Simulation

/// Plays a run again and follows its requests, one event at a time.
struct RequestReplay: Work {
  /// So many requests are followed; the run goes on without them.
  static let most = 10_000
  /// Of a longer list only the ends are shown, so only they are asked why.
  private static let (head, tail) = (10, 5)

  private let title: String
  private let run: Run
  private var replay: Replay
  private var recorder = Recorder()
  private var first: UInt64 = 0
  private var followed = 0

  init(_ run: Run, title: String) {
    self.title = title
    self.run = run
    replay = Replay(run)
  }

  private var count: Int { min(Self.most, run.measurement.counts.arrived) }

  var progress: Progress {
    Progress(
      title, fraction: count > 0 ? Double(recorder.settled) / Double(count) : 1,
      detail: "\(Text.count(recorder.settled)) of \(Text.count(count, "request"))")
  }

  mutating func proceed(in session: inout Session, events: Int) throws(Diagnostic) -> Output? {
    var left = events
    while left > 0 {
      let before = replay.world.position
      if !replay.isMeasuring {
        let isThere = replay.advance(to: run.measurement.since, events: left)
        left -= max(1, replay.world.position - before)
        if isThere, !replay.isMeasuring { return answer() }
        continue
      }
      if first == 0 { first = UInt64(replay.world.arrived) + 1 }
      guard followed < count || recorder.open > 0 else { return answer() }
      var explanation: Explanation?
      if followed < count {
        let next = first + UInt64(followed)
        if asksWhy(followed) { explanation = replay.world.nextPick?.explanation }
        recorder.follow(next)
      }
      let isOver = replay.advance(events: 1)
      guard replay.world.position > before, let event = replay.world.lastEvent else {
        return answer()
      }
      if followed < count, UInt64(replay.world.arrived) == first + UInt64(followed) {
        followed += 1
      } else {
        explanation = nil
      }
      recorder.note(event, explanation: explanation)
      left -= 1
      if isOver { return answer() }
    }
    return nil
  }

  mutating func stop(in session: inout Session) -> Output { answer() }

  private func asksWhy(_ place: Int) -> Bool {
    count <= 20 || place < Self.head || place >= count - Self.tail
  }

  private func answer() -> Output {
    var output = RequestTable.output(recorder.records, measurement: run.measurement)
    let all = run.measurement.counts.arrived
    if recorder.records.count < all {
      let shown = Text.count(recorder.records.count)
      output.blocks.append(
        .note("the first \(shown) of \(Text.count(all, "request")) of \(run.name)"))
    }
    return output
  }
}
