import Simulation

/// Faults: each is an alarm that strikes servers and another that ends it.
extension Engine {
  /// Takes up a fault; one whose time has come begins at once.
  ///
  /// Returns its number, and how many servers it befell if it began.
  mutating func add(_ fault: Fault, seed: UInt64) -> Fault.Outcome {
    var fault = fault
    fault.number = faults.count + 1
    if case .randomCrash = fault.kind {
      fault.stream = 1 + (faults.compactMap { $0?.stream }.max() ?? 0)
      fault.key = Fault.key(seed: seed, stream: fault.stream)
    }
    let place = faults.count
    faults.append(fault)
    guard fault.start <= now else {
      set(.begin, of: place, at: fault.start)
      return Fault.Outcome(number: fault.number)
    }
    let hit = begin(place)
    return Fault.Outcome(number: fault.number, servers: hit.servers, lost: hit.lost)
  }

  /// Ends a fault that has begun, and calls off one that has not.
  mutating func endFault(_ place: Int) {
    guard let fault = faults[place] else { return }
    alarms.remove { alarm in
      guard case .fault(place, let step) = alarm.payload else { return false }
      // Whoever is down is still repaired.
      if case .repair = step { return false }
      return true
    }
    faults[place] = nil
    for victim in fault.victims { cure(victim, of: fault.kind) }
    guard fault.kind == .outage, fault.isActive else { return }
    for index in fleet.records.indices
    where fleet.records[index].isHeld && !isOut(ServerID(index)) {
      fleet.records[index].isHeld = false
      set(.boot, of: ServerID(index), at: now)
    }
  }

  /// Lets a fault's alarm happen; false when there is nothing left to do.
  mutating func strike(_ place: Int, _ step: FaultStep) -> Bool {
    switch step {
    case .begin:
      guard let fault = faults[place] else { return false }
      let hit = begin(place)
      last = event(.faultBegan(fault.number, fault.kind, servers: hit.servers, lost: hit.lost))
    case .end:
      guard let fault = faults[place] else { return false }
      endFault(place)
      last = event(.faultEnded(fault.number))
    case .crash(let id, let life):
      guard fleet.records[id.index].life == life, isAlive(id), let fault = faults[place] else {
        return false
      }
      let lost = crash(id)
      last = event(.crashed(id, lost: lost))
      if case .randomCrash(_, let mttr?) = fault.kind {
        let time = draw(mttr, for: id, key: fault.key, turn: 1)
        set(.repair(id, life: life), of: place, at: now + max(.nanoseconds(1), time))
      }
    case .repair(let id, let life):
      guard fleet.records[id.index].life == life, fleet.rows[id.index].state == .crashed else {
        return false
      }
      last = event(.repaired(id))
      restart(id)
    }
    return true
  }

  /// Whether a zone is out as a whole.
  func isOut(zone: String) -> Bool {
    faults.contains { fault in
      guard let fault, fault.isActive, fault.kind == .outage else { return false }
      return fault.target == .zone(zone)
    }
  }

  /// Whether a server's zone is out.
  func isOut(_ id: ServerID) -> Bool {
    faults.contains { fault in
      guard let fault, fault.isActive, fault.kind == .outage else { return false }
      return fault.covers(id, zone: fleet.records[id.index].spec.zone)
    }
  }

  /// Draws when a server crashes in its present life, if the fault is one at random and befalls it.
  mutating func expose(_ id: ServerID, to place: Int) {
    guard let fault = faults[place], fault.isActive, case .randomCrash(let mtbf, _) = fault.kind,
      fault.covers(id, zone: fleet.records[id.index].spec.zone)
    else { return }
    let time = draw(mtbf, for: id, key: fault.key)
    set(
      .crash(id, life: fleet.records[id.index].life), of: place,
      at: now + max(.nanoseconds(1), time))
  }

  /// Draws anew when servers crash, from now on.
  mutating func redraw(_ place: Int) {
    alarms.remove { alarm in
      if case .fault(place, .crash) = alarm.payload { true } else { false }
    }
    for index in fleet.records.indices where isAlive(ServerID(index)) {
      expose(ServerID(index), to: place)
    }
  }

  /// Tells states of machines apart that the rows do not show.
  func combineMachines(into digest: inout Digest) {
    for (index, record) in fleet.records.enumerated() where fleet.rows[index].state != .gone {
      digest.combine(UInt64(record.life))
      digest.combine(record.isWarming ? 1 : 0)
      digest.combine(record.slowness)
    }
    digest.combine(faults.count { $0 != nil })
    digest.combine(alarms.next?.time.nanoseconds ?? 0)
  }

  private mutating func set(_ step: FaultStep, of place: Int, at time: Instant) {
    alarms.insert(
      EventQueue.Event(
        time: time, kind: Order.fault, number: step.number(of: place),
        payload: .fault(place, step)))
  }

  private func isAlive(_ id: ServerID) -> Bool {
    [.booting, .inService, .draining].contains(fleet.rows[id.index].state)
  }

  /// Lets a fault befall its servers; returns them, and how many clients lost their answer.
  private mutating func begin(_ place: Int) -> (servers: [ServerID], lost: Int) {
    guard let fault = faults[place] else { return ([], 0) }
    faults[place]?.isActive = true
    var servers = fleet.records.indices.map { ServerID($0) }.filter {
      isAlive($0) && fault.covers($0, zone: fleet.records[$0.index].spec.zone)
    }
    if case .spotWave(let share) = fault.kind { servers = wave(share, of: servers, fault) }
    var lost = 0
    for id in servers {
      let record = fleet.records[id.index]
      var victim = Fault.Victim(id: id, life: record.life)
      switch fault.kind {
      case .crash, .outage: lost += crash(id)
      case .randomCrash: expose(id, to: place)
      case .slow(let factor):
        victim.before = record.slowness
        fleet.records[id.index].slowness = factor
        reshape(id)
      case .errors(let share, let work):
        victim.before = record.errors
        victim.work = fleet.rows[id.index].errorTime
        fail(id, share: share, after: work)
      case .spotWave: _ = notice(id)
      }
      if case .randomCrash = fault.kind { continue }
      faults[place]?.victims.append(victim)
    }
    if !fault.lasts {
      faults[place] = nil
    } else if let end = fault.end {
      set(.end, of: place, at: max(now, end))
    }
    return (servers, lost)
  }

  /// So large a share of the spot machines: those of the smallest draws, each server having its own.
  private func wave(_ share: Double, of servers: [ServerID], _ fault: Fault) -> [ServerID] {
    let spot = servers.filter {
      fleet.records[$0.index].spec.spot != nil && !fleet.records[$0.index].isNoticed
    }
    let count = Int((share * Double(spot.count)).rounded())
    let lots = spot.map { id in
      let key = spotKey &+ UInt64(truncatingIfNeeded: id.index)
      var stream = RandomStream(key: Hash.mix(key))
      stream.counter = UInt64.max - UInt64(fault.number)
      return (lot: stream.next(), id: id)
    }
    let chosen = lots.sorted { ($0.lot, $0.id) < ($1.lot, $1.id) }.prefix(count)
    return chosen.map(\.id).sorted()
  }

  /// Gives a server back what a fault took, unless it has begun another life since.
  private mutating func cure(_ victim: Fault.Victim, of kind: Fault.Kind) {
    let id = victim.id
    guard fleet.rows[id.index].state != .gone else { return }
    switch kind {
    case .crash, .outage:
      guard fleet.rows[id.index].state == .crashed, fleet.records[id.index].life == victim.life
      else { return }
      restart(id)
    case .slow:
      fleet.records[id.index].slowness = victim.before
      reshape(id)
    case .errors:
      fail(id, share: victim.before, after: .nanoseconds(victim.work))
    case .randomCrash, .spotWave: break
    }
  }

  /// Makes a server answer a share of its requests with an error, after so much work; 0 cures it.
  mutating func fail(_ id: ServerID, share: Double, after work: Duration) {
    fleet.records[id.index].errors = share
    fleet.rows[id.index].errors = Float(min(max(0, share), 1))
    fleet.rows[id.index].errorTime = max(0, work.nanoseconds)
  }
}

extension Fault {
  /// What became of a fault when it was made: its number, and whom it befell if it began at once.
  public struct Outcome: Hashable, Sendable {
    /// Its number.
    public var number: Int
    /// The servers it befell; nil when it is still to come.
    public var servers: [ServerID]?
    /// How many clients lost their answer.
    public var lost = 0
  }

  /// What tells the draws of a random fault from those of others.
  static func key(seed: UInt64, stream: Int) -> UInt64 {
    RandomStream(seed: seed, purpose: "fault", name: "crash \(stream)").key
  }
}
