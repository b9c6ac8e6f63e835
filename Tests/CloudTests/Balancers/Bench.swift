import Cloud
import Simulation

/// A balancer on a bench: made-up servers, requests that stay until they are taken off.
struct Bench {
  var balancer: any Balancer
  var servers: [ViewServer]
  var now = Instant.zero
  /// Keys that are texts, by number: the first is -1.
  var keys: [String] = []
  /// Servers that the next request was tried on before.
  var tried: [Int] = []
  var random = RandomStream(key: 1)
  private var count: UInt64 = 0

  init(_ balancer: any Balancer, servers: [ViewServer]) {
    self.balancer = balancer
    self.servers = servers
    change()
  }

  init(
    _ balancer: any Balancer, active: [Int], weights: [Double] = [], cpu: [Int] = [],
    memory: [Int] = [], eligible: [Int]? = nil
  ) {
    let servers = active.indices.map { index in
      var server = ViewServer(active: active[index])
      if index < weights.count { server.spec.weight = weights[index] }
      if index < cpu.count { server.spec.cpu = cpu[index] }
      if index < memory.count { server.spec.memory = memory[index] }
      server.isEligible = eligible?.contains(index) ?? true
      return server
    }
    self.init(balancer, servers: servers)
  }

  /// Requests each server has.
  var active: [Int] {
    get { servers.map(\.active) }
    set { for (index, count) in newValue.enumerated() { servers[index].active = count } }
  }

  /// Weights of the servers.
  var weights: [Double] {
    get { servers.map(\.spec.effectiveWeight) }
    set { for (index, weight) in newValue.enumerated() { servers[index].spec.weight = weight } }
  }

  /// Which servers are in the view.
  var eligible: [Int] {
    get { servers.indices.filter { servers[$0].isEligible } }
    set { for index in servers.indices { servers[index].isEligible = newValue.contains(index) } }
  }

  /// Tells the balancer that the fleet changed: these servers, or who knows which.
  mutating func change(_ changes: FleetChanges = .everything) {
    var told = balancer
    withView { told.changed(changes, in: $0) }
    balancer = told
  }

  func withView<Result>(_ body: (borrowing View) -> Result) -> Result {
    View.with(
      servers, now: now, keys: keys, tried: tried, withAside: type(of: balancer).seesAside, body)
  }

  private func request(_ key: Int, _ work: Duration) -> Request {
    Request(id: RequestID(number: count + 1), time: now, work: work, key: key)
  }

  /// The server of the next request, by its index, or nil; the request is not counted as active.
  mutating func choose(
    key: Int = Request.noKey, work: Duration = .milliseconds(100)
  ) -> Int? {
    var picking = balancer
    var chance = random
    let request = request(key, work)
    let server = withView { view in
      picking.pick(for: request, from: view, using: &chance).map { view.id($0).index }
    }
    balancer = picking
    random = chance
    count += 1
    return server
  }

  /// The server for a key that is a text.
  mutating func choose(key: String) -> Int? {
    let place = keys.firstIndex(of: key) ?? keys.count
    if place == keys.count { keys.append(key) }
    return choose(key: -1 - place)
  }

  /// The server of the next request, by its index; -1 when none accepts it.
  mutating func pick() -> Int { choose() ?? -1 }

  mutating func picks(_ count: Int) -> [Int] { (0..<count).map { _ in pick() } }

  /// Tells the balancer how a request ended that was sent so long ago; the request is taken off.
  mutating func finish(
    _ server: Int, _ outcome: Outcome = .answered, after latency: Duration = .zero
  ) {
    servers[server].active = max(0, servers[server].active - 1)
    var told = balancer
    let request = Request(
      id: RequestID(number: count),
      time: Instant(nanoseconds: now.nanoseconds - latency.nanoseconds),
      work: .milliseconds(100))
    told.finished(request, on: ServerID(server), outcome, after: latency)
    balancer = told
  }

  /// Gives a request that waited to a server, without a pick.
  mutating func assign(_ server: Int) {
    servers[server].active += 1
    var told = balancer
    told.assigned(request(Request.noKey, .milliseconds(100)), to: ServerID(server))
    balancer = told
  }

  func explain(key: Int = Request.noKey) -> Explanation {
    let request = request(key, .milliseconds(100))
    return withView { balancer.explain(request, from: $0, using: random) }
  }
}
