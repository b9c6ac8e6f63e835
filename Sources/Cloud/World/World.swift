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
  public var balancer: any Balancer { (dispatcher as? ProxiedBalancer)?.present ?? dispatcher }
  /// What the engine asks: the balancer, or the proxy that it works behind.
  var dispatcher: any Balancer = RoundRobin()
  /// What whoever balances knows of health and load, beyond the rule itself.
  public private(set) var proxy = Proxy()
  /// The balancer as it was chosen, before it had a history.
  public private(set) var chosen: any Balancer = RoundRobin()
  /// The autoscalers, by place; removed ones leave their place empty.
  var scalers: [Scaler?] = []
  /// What autoscalers changed, in order.
  public internal(set) var actions: [ScalingAction] = []
  /// What an autoscaler decided at the last check there was; nil before the first.
  public internal(set) var lastCheck: ScalingCheck?
  /// What turns requests away, as it was chosen, in the order of the registry.
  public internal(set) var limits: [any Limit] = []
  /// How server-time becomes money.
  public var billing = BillingRule.perSecond() {
    didSet { engine.measure(for: billing) }
  }
  /// The longest latency of a good answer; nil for the usual one.
  public var objective: Duration? {
    didSet {
      engine.objective = max(0, (objective ?? RunEconomics.usualObjective).nanoseconds)
    }
  }
  /// What the last `spawn` asked for; autoscalers copy it.
  public internal(set) var template = ServerSpec()
  /// Where the present measurement began.
  var baseline = Baseline()
  /// What is noted of it as time passes.
  var ledger = Ledger()

  /// An empty world at time zero.
  public init(seed: UInt64 = 1) {
    self.seed = seed
    engine = Engine(seed: seed)
    engine.pause = ledger.end.nanoseconds
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
    chosen = balancer
    dispatch()
  }

  /// Lets the balancer work behind a proxy from now on; it begins anew.
  public mutating func use(_ proxy: Proxy) {
    self.proxy = proxy
    dispatch()
  }

  /// Puts the balancer to work, behind the proxy if there is need of one.
  mutating func dispatch() {
    let balancer = chosen
    let hasLevels =
      !type(of: balancer).ownsPriorities
      && engine.fleet.rows.contains { $0.priority > 0 || $0.standing == .degraded }
    dispatcher =
      proxy.isNeeded || hasLevels ? ProxiedBalancer(balancer, proxy) : balancer
    engine.choices = RandomStream(
      seed: seed, purpose: "balancer", name: type(of: balancer).name)
    engine.seesCrashed = type(of: balancer).ownsHealth || proxy.health != nil
    engine.callers = []
    engine.callsServers = type(of: balancer).callsServers
    engine.queuesBehind = type(of: balancer).queuesBehind
    engine.seesAside = type(of: balancer).seesAside
    engine.tries = max(1, proxy.tries ?? (type(of: balancer).ownsHealth ? .max : 1))
    engine.triedBefore = [:]
    engine.grow(to: proxy.fullconn ?? 0)
    hedge(after: proxy.hedge ?? .zero)
    engine.unheard = []
    engine.tick = max(0, dispatcher.period?.nanoseconds ?? 0)
    engine.setTick()
    engine.fleet.changes = .everything
    engine.fleet.changed = true
  }

  /// This world with another one's balancer, autoscalers, billing and objective, as if they had been
  /// chosen now.
  public func adopting(policiesOf other: World) -> World {
    var world = self
    world.proxy = other.proxy
    world.use(other.chosen)
    // One of the same name is replaced, and leaves its warm pool.
    for scaler in autoscalers where !other.autoscalers.contains(where: { $0.name == scaler.name }) {
      world.endScaler(scaler.name)
    }
    for scaler in other.autoscalers { world.scale(scaler.anew) }
    world.use(other.limits)
    world.billing = other.billing
    world.objective = other.objective
    return world
  }

  /// Advances until the stop, for at most a budget of events.
  ///
  /// Advancing in parts of any size ends in the same world as advancing at once.
  @discardableResult
  public mutating func advance(until stop: Stop, budget: Int = .max) -> Engine.Exit {
    let end = engine.processed.addingClamped(budget)
    let goal = min(end, stop.position ?? .max)
    defer { closeLedger(before: engine.clock) }
    while engine.processed < goal {
      let exit = dispatcher.drive(&engine, until: stop, budget: goal - engine.processed)
      switch exit {
      case .check(let place): check(place)
      case .budget where engine.processed < goal:
        closeLedger(before: min(engine.nextTime, stop.time?.nanoseconds ?? .max))
      case .budget: break
      case .stopped, .idle, .full: return exit
      }
    }
    return goal < end || goal == stop.position ? .stopped : .budget
  }
}
