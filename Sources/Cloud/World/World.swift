public import Simulation

/// Everything that exists: servers, requests, loads, policies, money.
///
/// A world is a value: assigning it takes a snapshot, in constant time; changing the copy leaves
/// the original alone.
public struct World: Sendable {
  /// The machinery, advanced by the balancer.
  public internal(set) var engine: Engine
  /// The seed that all chance derives from.
  public internal(set) var seed: UInt64
  /// Chooses the server for each request.
  public internal(set) var balancer: any Balancer = RoundRobin()
  /// The balancer as it was chosen, before it had a history.
  public private(set) var chosen: any Balancer = RoundRobin()
  /// The autoscalers, by place; removed ones leave their place empty.
  var scalers: [Scaler?] = []
  /// What autoscalers changed, in order.
  public internal(set) var actions: [ScalingAction] = []
  /// How server-time becomes money.
  public var billing = BillingRule.perSecond()
  /// What the last `spawn` asked for; autoscalers copy it.
  public internal(set) var template = ServerSpec()
  /// Where the present measurement began.
  var baseline = Baseline()

  /// An empty world at time zero.
  public init(seed: UInt64 = 1) {
    self.seed = seed
    engine = Engine(seed: seed)
    use(RoundRobin())
  }

  /// The present time.
  public var now: Instant { engine.now }

  /// Events so far: the position on the timeline.
  public var position: Int { engine.processed }

  /// The last event, after the world was advanced by one.
  public var lastEvent: Event? { engine.last }

  /// Balances by another rule from now on; its draws begin anew.
  public mutating func use(_ balancer: any Balancer) {
    self.balancer = balancer
    chosen = balancer
    engine.choices = RandomStream(
      seed: seed, purpose: "balancer", name: type(of: balancer).name)
    engine.seesCrashed = type(of: balancer).ownsHealth
    engine.tries = engine.seesCrashed ? .max : 1
    engine.triedBefore = [:]
    engine.unheard = []
    engine.tick = max(0, balancer.period?.nanoseconds ?? 0)
    engine.setTick()
    engine.fleet.changed = true
  }

  /// This world with another one's balancer, autoscalers and billing, as if they had been chosen
  /// now.
  public func adopting(policiesOf other: World) -> World {
    var world = self
    world.use(other.chosen)
    world.endScaler(nil)
    for scaler in other.autoscalers { world.scale(scaler.anew) }
    world.billing = other.billing
    return world
  }

  /// Advances until the stop, for at most a budget of events.
  ///
  /// Advancing in parts of any size ends in the same world as advancing at once.
  @discardableResult
  public mutating func advance(until stop: Stop, budget: Int = .max) -> Engine.Exit {
    let end = engine.processed.addingClamped(budget)
    let goal = min(end, stop.position ?? .max)
    while engine.processed < goal {
      let exit = balancer.drive(&engine, until: stop, budget: goal - engine.processed)
      switch exit {
      case .check(let place): check(place)
      case .budget: break
      case .stopped, .idle, .full: return exit
      }
    }
    return goal < end || goal == stop.position ? .stopped : .budget
  }
}
