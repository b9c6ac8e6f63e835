import Simulation

extension World {
  /// Ends the stretches of the ledger that are over: those before an instant, at which something
  /// will happen or is about to.
  mutating func closeLedger(before time: Int64) {
    let count = ledger.count(before: Instant(nanoseconds: time))
    guard count > 0 else { return }
    ledger.close(totals(ledger.end), speed: meanSpeed)
    if count > 1 {
      let last = ledger.end + Ledger.stretch * (count - 2)
      ledger.close(totals(last), with: count - 2, speed: meanSpeed)
    }
    engine.pause = ledger.end.nanoseconds
  }

  /// Begins a new ledger now.
  mutating func beginLedger() {
    engine.fleet.phases.forgetPeak()
    ledger = Ledger(from: now, totals(now))
    engine.pause = ledger.end.nanoseconds
  }

  /// What the measurement costs and gives so far.
  func economics(busy: Duration) -> RunEconomics {
    let totals = totals(now)
    let (elasticity, minutesOut) = ledger.closed(totals, now: now, speed: meanSpeed)
    var economics = RunEconomics(
      bill: bill - baseline.bill, busy: busy,
      good: engine.metrics.completed - engine.metrics.late)
    economics.times = PhaseTimes(engine.fleet.phases.integrals(now), since: baseline.phases)
    economics.objective = objective
    economics.minutesOutOfObjective = minutesOut
    economics.actions = actions.count - min(baseline.actions, actions.count)
    economics.elasticity = elasticity
    economics.peak = engine.fleet.phases.peak
    economics.duration = now - baseline.since
    return economics
  }

  private func totals(_ time: Instant) -> Ledger.Totals {
    let metrics = engine.metrics
    let lost = metrics.failed + metrics.refused + metrics.timedOut
    let phases = engine.fleet.phases.integrals(time)
    return Ledger.Totals(
      over: metrics.completed + lost, missed: metrics.late + lost, work: metrics.work,
      served: phases[Phase.warming.rawValue] + phases[Phase.inService.rawValue])
  }

  /// Work that a server in service does in a second, on average; of the next one if there is none.
  private var meanSpeed: Double {
    var sum = 0.0
    var count = 0.0
    for index in engine.fleet.present where engine.fleet.rows[index].state == .inService {
      let spec = engine.fleet.records[index].spec
      sum += Double(spec.cpu) * spec.speed
      count += 1
    }
    return max(1e-9, count > 0 ? sum / count : Double(template.cpu) * template.speed)
  }
}
