import Simulation

extension World {
  /// Draws all chance anew from now on: what loads will send and when, and the balancer's choices.
  ///
  /// What has arrived stays. At the start of the world it is as if it had been made with the seed;
  /// a load's requests keep their numbers, and a recording keeps the next one's time.
  public mutating func reseed(_ seed: UInt64) {
    self.seed = seed
    engine.choices = RandomStream(
      seed: seed, purpose: "balancer", name: type(of: balancer).name)
    for index in engine.loads.indices {
      engine.loads[index].reseed(seed, now: engine.clock)
    }
    engine.withColumns { engine, columns in engine.findNextFirst(columns) }
  }
}

extension Arrivals {
  /// Draws from another seed; the next arrival of a random load is drawn again.
  fileprivate mutating func reseed(_ seed: UInt64, now: Int64) {
    key = RandomStream(seed: seed, purpose: "load", name: load.name).key
    gapKey = RandomStream(seed: seed, purpose: "gap", name: load.name).key
    guard next < Engine.never else { return }
    switch load.shape {
    case .poisson, .sale: advance(from: now)
    case .constant, .trace, .send: break
    }
  }
}
