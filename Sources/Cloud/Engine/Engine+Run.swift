import Simulation

extension Engine {
  /// Advances until the stop or for a budget of events; the loop is specialised for the balancer.
  mutating func run<B: Balancer>(_ balancer: inout B, until stop: Stop, budget: Int) -> Exit {
    let horizon = stop.time.map { min(max($0.nanoseconds, clock), Self.never) } ?? Self.never
    let end = processed.addingClamped(budget)
    if let goal = stop.settled, settled >= goal { return .stopped }
    let reach = min(horizon, max(clock, pause))
    while processed < end {
      if shedLine.head >= 0 {
        let over = turnAwayShed(&balancer, traced: processed + 1 == end)
        processed += 1
        if over != 0, settled >= stop.settled ?? .max || over == stop.request { return .stopped }
        continue
      }
      if waiting.head >= 0, waiting.freed >= 0 || waiting.isOffered || fleet.changed,
        giveWaiting(&balancer, traced: processed + 1 == end)
      {
        processed += 1
        if let goal = stop.settled, settled >= goal { return .stopped }
        continue
      }
      let due = alarms.next?.time.nanoseconds ?? .max
      switch loop(&balancer, stop, Limits(alarm: due, horizon: reach), end: end) {
      case .stopped: return .stopped
      case .budget: return .budget
      case .full: if !requests.grow() { return .full }
      case .changed: tellChanges(to: &balancer)
      case .alarmSet: break
      case .alarm where due <= reach:
        if let exit = ringAlarm(&balancer) { return exit }
        if let goal = stop.settled, settled >= goal { return .stopped }
      case .alarm where reach < horizon && nextTime < Self.never: return .budget
      case .alarm:
        if stop.time == nil { return .idle }
        clock = horizon
        return .stopped
      }
    }
    return .budget
  }

  /// Why the loop was left.
  enum LoopExit { case stopped, budget, full, changed, alarm, alarmSet }

  /// How long the loop may go on: the last instants at which a finish and an arrival precede
  /// everything else that is to come.
  struct Limits {
    let finish: Int64
    let arrival: Int64

    /// Up to the first alarm, which comes between the finishes and the arrivals of its instant,
    /// and through the horizon.
    init(alarm: Int64, horizon: Int64) {
      finish = min(alarm, horizon)
      arrival = min(alarm - 1, horizon)
    }

    private init(finish: Int64, arrival: Int64) {
      self.finish = finish
      self.arrival = arrival
    }

    /// Up to the next timer, which comes between the two as well.
    @inline(__always)
    func before(_ timer: Int64) -> Limits {
      Limits(finish: min(finish, timer), arrival: min(arrival, timer &- 1))
    }
  }

  /// The loop over finishes, timeouts and arrivals; leaves for everything rarer.
  private mutating func loop<B: Balancer>(
    _ balancer: inout B, _ stop: Stop, _ limits: Limits, end: Int
  ) -> LoopExit {
    let c = lend()
    let exponential = Exponential.Sampler()
    var latency = Metrics.none
    var wait = Metrics.none
    swap(&latency, &metrics.latency)
    swap(&wait, &metrics.wait)
    defer {
      swap(&latency, &metrics.latency)
      swap(&wait, &metrics.wait)
    }
    return latency.withRecorder { latency in
      wait.withRecorder { wait in
        loop(&balancer, c, exponential, &latency, &wait, stop, limits, end: end)
      }
    }
  }

  @inline(__always)
  private mutating func loop<B: Balancer>(
    _ balancer: inout B, _ c: Columns, _ exponential: Exponential.Sampler,
    _ latency: inout Histogram.Recorder, _ wait: inout Histogram.Recorder, _ stop: Stop,
    _ limits: Limits, end: Int
  ) -> LoopExit {
    let goal = stop.settled ?? .max
    let watched = stop.request ?? 0
    let awaited = stop.arrival ?? 0
    let stale = fleet.changed
    _ = findTimer(c)
    var last = limits.before(nextTimer)
    var arrival = nextArrival
    alarmSet = false
    while true {
      let finish = c.finishes[0].time
      let over: UInt64
      // Both are later than they may be. One branch by the signs: two could not be predicted.
      if (last.finish &- finish) & (last.arrival &- arrival) < 0 {
        if nextTimer > limits.finish { return .alarm }
        guard findTimer(c) else {
          last = limits.before(nextTimer)
          continue
        }
        processed &+= 1
        clock = nextTimer
        over = expire(c, traced: processed == end)
        last = limits.before(nextTimer)
        arrival = nextArrival
      } else if finish <= arrival {
        processed &+= 1
        clock = finish
        over = finishFirst(c, &balancer, &latency, &wait, traced: processed == end)
      } else {
        if stale { return .changed }
        guard nextFirst == arrival || isRetryDue(at: arrival, c) else {
          arrival = nextArrival
          continue
        }
        if let exit = obstacle(awaited) { return exit }
        processed &+= 1
        clock = arrival
        over = accept(c, &balancer, exponential, traced: processed == end)
        last = limits.before(nextTimer)
        arrival = nextArrival
      }
      if over != 0, settled >= goal || over == watched { return .stopped }
      if processed == end { return .budget }
      if alarmSet { return .alarmSet }
    }
  }

  /// Why the next request cannot arrive now, if so.
  @inline(__always)
  private func obstacle(_ awaited: UInt64) -> LoopExit? {
    if requests.free < 0 { return .full }
    return numbered &+ 1 == awaited && nextFirst <= nextRetry ? .stopped : nil
  }

  /// Lets the balancer know of tries that were lost and of the servers there are now.
  mutating func tellChanges<B: Balancer>(to balancer: inout B) {
    if callsServers, waiting.head >= 0 { noteCallers() }
    refreshEligible()
    for lost in unheard {
      balancer.finished(lost.request, on: lost.server, .lost, after: lost.latency)
    }
    unheard.removeAll(keepingCapacity: true)
    if waiting.head >= 0 { waiting.isOffered = true }
    guard !fleet.eligible.isEmpty else { return }
    balancer.changed(fleet.changes, in: lend().view(at: clock))
    fleet.changes = .none
  }

  /// When something may happen next; never before.
  var nextTime: Int64 {
    let alarm = alarms.next?.time.nanoseconds ?? .max
    return min(fleet.finishes.nodes[0].time, nextArrival, min(nextTimer, alarm))
  }

  /// Lists the servers that the balancer may choose from.
  mutating func refreshEligible() { fleet.refreshEligible(listing) }

  /// Whom the balancer wants listed.
  var listing: Fleet.Listing {
    Fleet.Listing(withCrashed: seesCrashed, withAside: seesAside)
  }

  /// Servers that are back call for requests that wait.
  private mutating func noteCallers() {
    let away = fleet.changes.servers(of: fleet.rows.count).filter { fleet.places[$0.index] < 0 }
    refreshEligible()
    for server in away where fleet.places[server.index] >= 0 {
      callers.append(Int32(truncatingIfNeeded: server.index))
    }
  }

  /// When the next request arrives, for the first time or again.
  @inline(__always)
  var nextArrival: Int64 { min(nextFirst, nextRetry) }

  /// Finds the next first try among the loads; the one named first wins a tie.
  mutating func findNextFirst() {
    nextFirst = .max
    for (index, row) in loadRows.enumerated() where row.next < nextFirst {
      nextFirst = row.next
      nextLoad = index
    }
  }
}
