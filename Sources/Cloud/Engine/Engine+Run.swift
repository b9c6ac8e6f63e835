import Simulation

extension Engine {
  /// Advances until the stop or for a budget of events; the loop is specialised for the balancer.
  mutating func run<B: Balancer>(_ balancer: inout B, until stop: Stop, budget: Int) -> Exit {
    let horizon = stop.time.map { min(max($0.nanoseconds, clock), Self.never) } ?? Self.never
    let end = processed.addingClamped(budget)
    while processed < end {
      if fleet.changed { tellChanges(to: &balancer) }
      let due = alarms.next?.time.nanoseconds ?? .max
      let outcome = withColumns { engine, columns in
        engine.loop(&balancer, columns, stop, alarm: min(due, horizon + 1), end: end)
      }
      switch outcome {
      case .stopped: return .stopped
      case .budget: return .budget
      case .full: requests.grow()
      case .alarmSet: break
      case .alarm where due <= horizon:
        if let exit = ringAlarm() { return exit }
      case .alarm:
        if stop.time == nil { return .idle }
        clock = horizon
        return .stopped
      }
    }
    return .budget
  }

  /// Why the loop was left.
  enum LoopExit { case stopped, budget, full, alarm, alarmSet }

  /// The loop over finishes, timeouts and arrivals; leaves for everything rarer.
  private mutating func loop<B: Balancer>(
    _ balancer: inout B, _ c: Columns, _ stop: Stop, alarm: Int64, end: Int
  ) -> LoopExit {
    let goal = stop.settled ?? .max
    let watched = stop.request ?? 0
    let awaited = stop.arrival ?? 0
    var timer = nextTimer(c)
    while true {
      let server = c.first
      let finish = c.times[server]
      let arrival = nextArrival
      let traced = processed + 1 == end
      var over: UInt64 = 0
      if min(alarm, timer) < finish && min(alarm, timer) <= arrival {
        if alarm < timer { return .alarm }
        clock = timer
        over = expire(c, traced: traced)
        timer = nextTimer(c)
      } else if finish <= arrival {
        clock = finish
        over = finishFirst(server, c, &balancer, traced: traced)
      } else {
        if requests.free < 0 { return .full }
        if awaited != 0, nextFirst <= arrival, numbered + 1 == awaited { return .stopped }
        clock = arrival
        over = accept(c, &balancer, traced: traced)
        if !rings.isEmpty { timer = nextTimer(c) }
      }
      processed += 1
      if settled >= goal || (over != 0 && over == watched) { return .stopped }
      if traced { return .budget }
      if alarmSet {
        alarmSet = false
        return .alarmSet
      }
    }
  }

  private mutating func tellChanges<B: Balancer>(to balancer: inout B) {
    fleet.refreshEligible()
    guard !fleet.eligible.isEmpty else { return }
    withColumns { _, columns in balancer.changed(columns.view) }
  }

  /// When the next request arrives, for the first time or again.
  @inline(__always)
  var nextArrival: Int64 { min(nextFirst, nextRetry) }

  /// Finds the next first try among the loads; the one named first wins a tie.
  mutating func findNextFirst(_ c: Columns) {
    nextFirst = .max
    for index in 0..<c.loadCount where c.loads[index].next < nextFirst {
      nextFirst = c.loads[index].next
      nextLoad = index
    }
  }
}
