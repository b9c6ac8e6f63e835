import Simulation

extension World {
  /// The autoscalers at work, in the order in which they were named.
  public var autoscalers: [Scaler] { scalers.compactMap { $0 } }

  /// Puts an autoscaler to work; its first check comes after one period.
  public mutating func scale(_ scaler: Scaler) {
    let old = scalers.firstIndex { $0?.name == scaler.name }
    let place = old ?? scalers.count
    if old == nil { scalers.append(nil) }
    var scaler = scaler
    scaler.due = now + max(scaler.every, .nanoseconds(1))
    scaler.seen = seen()
    scaler.pooled = scalers[place]?.pooled ?? []
    scalers[place] = scaler
    settlePools()
    engine.setCheck(place, at: scaler.due)
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

  /// The places of the servers that autoscalers count, in the order they were rented; O(present).
  var counted: [Int] {
    engine.fleet.present.filter { engine.fleet.rows[$0].state.isCounted }
  }

  private func seen() -> Scaler.Seen {
    Scaler.Seen(
      time: now, arrivals: Int(engine.numbered) + engine.resent,
      servers: engine.fleet.present.map { index in
        Scaler.Seen.Counters(
          index: index, picked: engine.fleet.rows[index].picked,
          completed: engine.fleet.rows[index].completed,
          busy: engine.fleet.busy(index, now: now),
          memoryFailures: engine.fleet.records[index].memoryFailures)
      })
  }

  /// Lets an autoscaler check, and acts on what it wants.
  ///
  /// With several at work the largest wish wins, for more servers and for fewer; a policy that has
  /// no opinion wishes for nothing, and a floor leaves giving back to those that do.
  mutating func check(_ place: Int) {
    let known = actions.count
    replaceFailing(place)
    guard var scaler = scalers[place] else { return }
    let before = counted.count
    foretell(&scaler)
    let decision = scaler.policy.decide(observation(of: scaler), within: scaler.bounds)
    if scaler.due <= now { scaler.due = now + max(scaler.every, .nanoseconds(1)) }
    scaler.seen = seen()
    scaler.decided = decision
    scalers[place] = scaler
    let change = decision.acts ? target(of: place, decision) - before : 0
    scalers[place]?.isGranted = change != 0 || decision.after == before
    var added: [ServerID] = []
    var removed: [ServerID] = []
    if change > 0 {
      added = bring(change, to: place)
    } else if change < 0 {
      removed = leaving(-change, of: scaler.provisioning.zones)
      stop(removed, drain: scaler.drain)
    }
    let sizing = decision.size.map { resize(to: $0, by: place) } ?? Sizing()
    added += sizing.added
    removed += sizing.removed
    if !added.isEmpty || !removed.isEmpty || !sizing.resized.isEmpty {
      actions.append(
        ScalingAction(
          number: actions.count + 1, time: now, scaler: scaler.name,
          policy: type(of: scaler.policy).name, decision: decision, added: added,
          removed: removed, resized: sizing.resized))
    }
    lastCheck = ScalingCheck(
      time: now, scaler: scaler.name, policy: type(of: scaler.policy).name, decision: decision,
      action: actions.count > known ? actions.last : nil)
    settlePools()
    engine.last = Event(time: now, what: .checked(policy: scaler.name, change: change))
    engine.setCheck(place, at: scaler.due)
  }

  /// How many servers there are to be by a scaler's decision and the wishes of the others.
  private func target(of place: Int, _ decision: Decision) -> Int {
    var most = 0
    var isAlone = true
    let kind = scalers[place].map { type(of: $0.policy).name }
    for (other, scaler) in scalers.enumerated() {
      guard let scaler else { continue }
      let isKin = type(of: scaler.policy).name == kind
      let wish =
        scaler.decided.map { isKin ? $0.wishAmongItsKind : $0.wish } ?? decision.before
      most = max(most, wish ?? 0)
      if other != place, scaler.policy.givesBack { isAlone = false }
    }
    if case .atLeast = decision.say, !isAlone { return max(most, decision.before) }
    return most
  }

  /// The servers to give back: those that are still booting, then those rented last; where there
  /// are zones, of each zone in turn that has the most.
  private func leaving(_ count: Int, of zones: [String]) -> [ServerID] {
    let counted = self.counted.reversed()
    let booting = counted.filter { engine.fleet.rows[$0].state == .booting }
    let ready = counted.filter { engine.fleet.rows[$0].state == .inService }
    let order = (booting + ready).map { ServerID($0) }
    guard !zones.isEmpty else { return Array(order.prefix(count)) }
    var spread = ZoneSpread(zones, in: engine)
    var left = order.map { (id: $0, zone: engine.fleet.records[$0.index].spec.zone) }
    return (0..<min(count, left.count)).compactMap { _ in
      spread.leave(left).map { left.remove(at: $0).id }
    }
  }

  private func observation(of scaler: Scaler) -> Observation {
    let seen = scaler.seen
    let fleet = engine.fleet
    var servers: [Observation.Server] = []
    var known = seen.servers[...]
    var settled = fleet.paid.last?.to ?? .zero
    var completed = 0
    var busySlotTime = 0.0
    for index in counted {
      let row = fleet.rows[index]
      known = known.drop { $0.index < index }
      let old =
        known.first.flatMap { $0.index == index ? $0 : nil } ?? Scaler.Seen.Counters(index: index)
      let ready = max(seen.time, fleet.records[index].readySince ?? seen.time)
      let slotTime = (now - ready).seconds * 1e9 * Double(row.cpu)
      let busy = Double(fleet.busy(index, now: now) - old.busy)
      settled = max(settled, fleet.records[index].readySince ?? .zero)
      completed += row.completed - old.completed
      busySlotTime += busy
      servers.append(
        Observation.Server(
          id: ServerID(index), ready: row.state == .inService,
          warming: fleet.records[index].isWarming, launched: fleet.records[index].launched,
          readySince: fleet.records[index].readySince, cpu: Int(row.cpu),
          speed: fleet.records[index].spec.speed, picked: Counter(row.picked),
          arrivals: row.picked - old.picked,
          busy: Level(slotTime > 0 ? busy / slotTime : 0),
          memory: Level(row.memory > 0 ? Double(row.memoryUsed) / Double(row.memory) : 0),
          active: Int(fleet.actives[index]), memorySize: row.memory,
          memoryFailures: fleet.records[index].memoryFailures - old.memoryFailures))
    }
    return Observation(
      time: now, elapsed: now - seen.time,
      arrivals: Int(engine.numbered) + engine.resent - seen.arrivals, servers: servers,
      isGranted: scaler.isGranted,
      leaving: fleet.present.count { fleet.rows[$0].state == .draining }, settled: settled,
      meanWork: completed > 0 ? Level(busySlotTime / 1e9 / Double(completed)) : nil,
      waiting: engine.waiting.count - engine.waiting.abandoned)
  }
}

extension ServerState {
  /// Whether an autoscaler counts the server: it takes requests or soon will.
  var isCounted: Bool { self == .booting || self == .inService }
}
