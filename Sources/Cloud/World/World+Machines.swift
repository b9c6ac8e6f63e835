import Simulation

/// How autoscalers come by machines: spot shares, warm pools, replacements.
extension World {
  /// Brings an autoscaler so many servers: those of its pool that are prepared, then new ones.
  mutating func bring(_ count: Int, to place: Int) -> [ServerID] {
    guard let scaler = scalers[place] else { return [] }
    var added: [ServerID] = []
    if let pool = scaler.provisioning.pool {
      let prepared = scaler.pooled.filter {
        engine.fleet.records[$0.index].pool?.isPrepared == true
      }
      for id in prepared.prefix(count) {
        engine.take(id, boot: pool.boot)
        added.append(id)
      }
    }
    let counted = self.counted
    var all = counted.count
    var spot = counted.count { engine.fleet.records[$0].spec.spot != nil }
    var spread = ZoneSpread(scaler.provisioning.zones, in: engine)
    while added.count < count {
      // On-demand machines come first and have the odd one, as with EC2's mixed instances.
      let isSpot = scaler.provisioning.spot.map { Double(spot + 1) <= $0 * Double(all + 1) }
      var spec = self.spec(for: scaler.provisioning, isSpot: isSpot)
      if let zone = spread.next() { spec.zone = zone }
      all += 1
      spot += spec.spot == nil ? 0 : 1
      added.append(engine.rent(spec))
    }
    return added
  }

  /// Gives back the servers that fail their checks and brings others in their place.
  ///
  /// A server that has crashed is replaced; so is one that does not answer, since it boots or
  /// answers all with errors, when its grace is over. A grace that is shorter than the boot
  /// replaces servers for ever.
  mutating func replaceFailing(_ place: Int) {
    guard let scaler = scalers[place], let grace = scaler.provisioning.grace else { return }
    let fleet = engine.fleet
    let before = fleet.present.count {
      fleet.rows[$0].state.isCounted || fleet.rows[$0].state == .crashed
    }
    let failing = fleet.present.filter { index in
      let isLate = now - fleet.records[index].launched >= grace
      switch fleet.rows[index].state {
      case .crashed: return true
      case .booting: return isLate
      case .inService: return isLate && fleet.records[index].errors >= 1
      case .draining, .gone, .pooled: return false
      }
    }.map { ServerID($0) }
    guard !failing.isEmpty else { return }
    for id in failing {
      if engine.fleet.rows[id.index].state == .inService {
        engine.drain(id, limit: scaler.drain)
      } else {
        engine.discard(id)
      }
    }
    let alive = counted.count
    let added = bring(max(0, min(failing.count, scaler.bounds.upperBound - alive)), to: place)
    let reason = "\(Figure.servers(failing.count)) failed health checks"
    actions.append(
      ScalingAction(
        number: actions.count + 1, time: now, scaler: scaler.name,
        policy: type(of: scaler.policy).name,
        decision: Decision(
          before: before, after: before, reason: reason,
          steps: [
            Decision.Step(
              slot: "health",
              rule: "crashed, or no answer \(Figure.seconds(grace.seconds)) after launch",
              result: failing.map(\.name).joined(separator: " "))
          ]),
        added: added, removed: failing))
  }

  /// Gives back all that an autoscaler has in its pool.
  mutating func emptyPool(of place: Int) {
    for id in scalers[place]?.pooled ?? [] where engine.fleet.rows[id.index].state == .pooled {
      engine.drain(id, limit: nil)
    }
    scalers[place]?.pooled = []
  }

  /// Fills the pools up or gives back what is too much; a scaler without a pool gives back all.
  ///
  /// Also settles whether requests that find no server wait for one.
  mutating func settlePools() {
    let wakers = scalers.indices.filter { place in
      guard let scaler = scalers[place] else { return false }
      return scaler.bounds.lowerBound == 0 && type(of: scaler.policy).scalesFromZero
    }
    engine.holdsArrivals = !wakers.isEmpty
    engine.poked = wakers.filter { scalers[$0].map { type(of: $0.policy).isPoked } ?? false }
    for place in scalers.indices {
      guard let scaler = scalers[place], scaler.provisioning.pool != nil || !scaler.pooled.isEmpty
      else { continue }
      var pooled = scaler.pooled.filter { engine.fleet.rows[$0.index].state == .pooled }
      let desired = scaler.wanted ?? counted.count
      let wanted =
        scaler.provisioning.pool?.size.size(desired: desired, most: scaler.bounds.upperBound) ?? 0
      while pooled.count > wanted, let id = pooled.popLast() { engine.drain(id, limit: nil) }
      if let pool = scaler.provisioning.pool {
        let isSpot = scaler.provisioning.spot.map { _ in false }
        var spec = self.spec(for: scaler.provisioning, isSpot: isSpot)
        var spread = ZoneSpread(scaler.provisioning.zones, withPooled: true, in: engine)
        while pooled.count < wanted {
          if let zone = spread.next() { spec.zone = zone }
          pooled.append(engine.stock(spec, priceShare: pool.priceShare))
        }
      }
      scalers[place]?.pooled = pooled
    }
  }

  /// What a new server of an autoscaler is like.
  private func spec(for provisioning: Provisioning, isSpot: Bool?) -> ServerSpec {
    var spec = sizedTemplate
    spec.bootTime = provisioning.boot
    if let warming = provisioning.warming { spec.warming = warming }
    if let cold = provisioning.cold { spec.cold = cold }
    if let isSpot { spec.spot = isSpot ? template.spot ?? Spot() : nil }
    return spec
  }
}

extension Engine {
  /// Gives a server back that has crashed or not booted.
  mutating func discard(_ id: ServerID) {
    _ = crash(id)
    fleet.enter(.gone, id, now: now)
  }
}
