import Simulation

extension World {
  /// The autoscalers at work, in the order in which they were named.
  public var autoscalers: [Scaler] { scalers.compactMap { $0 } }

  /// Puts an autoscaler to work; its first check comes after one period.
  public mutating func scale(_ scaler: Scaler) {
    let old = scalers.firstIndex { $0?.name == scaler.name }
    let place = old ?? scalers.count
    if old == nil { scalers.append(nil) }
    engine.alarms.remove { $0.payload == .check(place) }
    var scaler = scaler
    scaler.seen = seen()
    scaler.pooled = scalers[place]?.pooled ?? []
    scalers[place] = scaler
    settlePools()
    setCheck(place, after: scaler.every)
  }

  /// Takes an autoscaler off, or all of them.
  public mutating func endScaler(_ name: String?) {
    for place in scalers.indices where name == nil || scalers[place]?.name == name {
      emptyPool(of: place)
      scalers[place] = nil
      engine.alarms.remove { $0.payload == .check(place) }
    }
    settlePools()
  }

  private mutating func setCheck(_ place: Int, after period: Duration) {
    engine.alarms.insert(
      EventQueue.Event(
        time: now + max(period, .nanoseconds(1)), kind: Engine.Order.scaling,
        number: UInt64(place), payload: .check(place)))
  }

  private func seen() -> Scaler.Seen {
    Scaler.Seen(
      time: now, arrivals: Int(engine.numbered) + engine.resent,
      picked: engine.fleet.rows.map(\.picked),
      busy: engine.fleet.rows.indices.map { engine.fleet.busy($0, now: now) })
  }

  /// Lets an autoscaler check, and acts on what it wants.
  ///
  /// With several at work the largest wish wins, for more servers and for fewer.
  mutating func check(_ place: Int) {
    replaceFailing(place)
    guard var scaler = scalers[place] else { return }
    let before = engine.fleet.rows.reduce(0) { $0 + ($1.state.isCounted ? 1 : 0) }
    foretell(&scaler)
    let decision = scaler.policy.decide(observation(since: scaler.seen), within: scaler.bounds)
    scaler.seen = seen()
    scaler.wanted = decision.after
    scalers[place] = scaler
    let target = scalers.reduce(0) { max($0, $1?.wanted ?? 0) }
    let change = target - before
    var added: [ServerID] = []
    var removed: [ServerID] = []
    if change > 0 {
      added = bring(change, to: place)
    } else if change < 0 {
      removed = newestFirst(-change)
      stop(removed, drain: scaler.drain)
    }
    if change != 0 {
      actions.append(
        ScalingAction(
          number: actions.count + 1, time: now, scaler: scaler.name,
          policy: type(of: scaler.policy).name, decision: decision, added: added,
          removed: removed))
    }
    settlePools()
    engine.last = Event(time: now, what: .checked(policy: scaler.name, change: change))
    setCheck(place, after: scaler.every)
  }

  /// The servers to give back: those that are still booting, then those rented last.
  private func newestFirst(_ count: Int) -> [ServerID] {
    let rows = engine.fleet.rows
    let counted = rows.indices.reversed().filter { rows[$0].state.isCounted }
    let booting = counted.filter { rows[$0].state == .booting }
    let ready = counted.filter { rows[$0].state == .inService }
    return (booting + ready).prefix(count).map { ServerID($0) }
  }

  private func observation(since seen: Scaler.Seen) -> Observation {
    let fleet = engine.fleet
    var servers: [Observation.Server] = []
    for (index, row) in fleet.rows.enumerated() where row.state.isCounted {
      let old = index < seen.picked.count ? seen.picked[index] : 0
      let oldBusy = index < seen.busy.count ? seen.busy[index] : 0
      let ready = max(seen.time, fleet.records[index].readySince ?? seen.time)
      let slotTime = (now - ready).seconds * 1e9 * Double(row.cpu)
      let busy = Double(fleet.busy(index, now: now) - oldBusy)
      servers.append(
        Observation.Server(
          id: ServerID(index), ready: row.state == .inService,
          warming: fleet.records[index].isWarming, cpu: Int(row.cpu),
          speed: fleet.records[index].spec.speed, picked: Counter(row.picked),
          arrivals: row.picked - old,
          busy: Level(slotTime > 0 ? busy / slotTime : 0),
          memory: Level(row.memory > 0 ? Double(row.memoryUsed) / Double(row.memory) : 0),
          active: Int(fleet.actives[index])))
    }
    return Observation(
      time: now, elapsed: now - seen.time,
      arrivals: Int(engine.numbered) + engine.resent - seen.arrivals, servers: servers,
      waiting: engine.waiting.count)
  }
}

extension ServerState {
  /// Whether an autoscaler counts the server: it takes requests or soon will.
  var isCounted: Bool { self == .booting || self == .inService }
}
