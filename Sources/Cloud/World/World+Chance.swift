import Simulation

extension World {
  /// Draws all chance anew from now on: what loads will send and when, and the balancer's choices.
  ///
  /// What has arrived stays. At the start of the world it is as if it had been made with the seed;
  /// later a load's requests keep their numbers, and only random loads draw their next arrival anew.
  public mutating func reseed(_ seed: UInt64) {
    self.seed = seed
    engine.choices = RandomStream(
      seed: seed, purpose: "balancer", name: type(of: balancer).name)
    for index in engine.loads.indices {
      let load = engine.loads[index].load
      engine.loadRows[index].key = RandomStream(seed: seed, purpose: "load", name: load.name).key
      engine.loadRows[index].gapKey = RandomStream(seed: seed, purpose: "gap", name: load.name).key
      guard load.shape.isRandom, engine.loadRows[index].next < Engine.never else { continue }
      if !engine.loadRows[index].advance(from: engine.clock, Exponential.Sampler()) {
        engine.loads[index].advance(&engine.loadRows[index], from: engine.clock)
      }
    }
    engine.findNextFirst()
    forgetOutlooks()
    engine.reseedMachines(seed)
  }
}

extension Shape {
  /// Whether each arrival is drawn from the one before it, and nothing else is counted.
  fileprivate var isRandom: Bool {
    switch self {
    case .poisson, .sale, .ramp, .spike, .wave, .bursts: true
    case .constant, .trace, .send: false
    }
  }
}
