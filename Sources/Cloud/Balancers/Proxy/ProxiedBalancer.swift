import Simulation

/// A balancer behind a ``Proxy``: it sees the servers, loads and weights that the proxy lets it see.
///
/// Levels of priority and zones have a balancer each, and so has each of several proxies.
struct ProxiedBalancer: Balancer {
  static let name = "proxy"
  static let summary = "A balancer behind a proxy."
  static let details = StrategyDetails(rule: "", source: "", ties: "", failure: "")
  static var listens: Bool { true }
  /// Where the balancer behind it lets a request wait for one server, so does the proxy.
  static var waitsAtServer: Bool { true }

  private let proxy: Proxy
  private let inner: any Balancer
  private var health: (any HealthRule)?
  private var copies: [ProxyCopy]
  private var groups: [ProxyGroup] = []
  private var levels = PriorityLoad([])
  /// By server, the load on the board.
  private var board: [Int32] = []
  /// By server, the share of its weight that is in force.
  private var shares: [Double] = []
  /// By server, when it came back; nil for one that was always there.
  private var returned: [Instant?] = []
  /// By server, whether it was healthy when last looked at; nil before.
  private var wasUp: [Bool?] = []
  private var isStale = true

  init() { self.init(RoundRobin(), Proxy()) }

  init(_ inner: any Balancer, _ proxy: Proxy) {
    self.inner = inner
    self.proxy = proxy
    health = proxy.health
    copies = Array(repeating: ProxyCopy(), count: max(1, proxy.balancers))
  }

  /// The balancer as it is now: of several the first.
  var present: any Balancer { copies[0].balancers.first ?? inner }

  var period: Duration? {
    [proxy.stale, health?.period, proxy.slowStart.map { _ in .seconds(1) }].compactMap { $0 }.min()
  }

  // MARK: Picking

  mutating func pick(
    for request: borrowing Request, from view: borrowing View, using random: inout RandomStream
  ) -> Int? {
    if isStale { refresh(view) }
    let copy = copy(of: request.id)
    let request = Request(request)
    for group in order(using: &random) where !groups[group].ids.isEmpty {
      let found =
        groups[group].isLoneBackup
        ? loneBackup(of: group, in: view)
        : withView(of: group, copy, view) { sub, balancer in
          balancer.pick(for: request, from: sub, using: &random).map { sub.id($0) }
        }
      guard let server = found else { continue }
      let place = view.place(of: server)
      // One that is full has not got it yet.
      if let place, view.active(place) < view.maxconn(place) { copies[copy].add(1, to: server) }
      return place
    }
    return nil
  }

  mutating func finished(
    _ request: borrowing Request, on server: ServerID, _ outcome: Outcome, after latency: Duration
  ) {
    let copy = copy(of: request.id)
    copies[copy].add(-1, to: server)
    for index in copies[copy].balancers.indices where groups[index].has(server) {
      copies[copy].balancers[index].finished(request, on: server, outcome, after: latency)
    }
    guard health != nil else { return }
    let now = request.time + latency
    let before = health?.isUp(server, at: now)
    health?.heard(outcome, from: server, at: now)
    if before != health?.isUp(server, at: now) { isStale = true }
  }

  mutating func assigned(_ request: borrowing Request, to server: ServerID) {
    let copy = copy(of: request.id)
    copies[copy].add(1, to: server)
    for index in copies[copy].balancers.indices where groups[index].has(server) {
      copies[copy].balancers[index].assigned(request, to: server)
    }
  }

  mutating func changed(_ changes: FleetChanges, in view: borrowing View) { refresh(view) }

  mutating func tick(_ view: borrowing View) {
    if proxy.stale != nil {
      board = (0..<view.servers).map { _ in 0 }
      for place in 0..<view.count {
        board[view.id(place).index] = Int32(clamping: view.active(place))
      }
    }
    health?.tend(view)
    refresh(view)
  }

  func explain(_ request: borrowing Request, from view: borrowing View, using random: RandomStream)
    -> Explanation
  {
    var asked = self
    if asked.isStale { asked.refresh(view) }
    var chance = random
    let copy = asked.copy(of: request.id)
    let order = asked.order(using: &chance)
    let drawn = Int(clamping: chance.counter &- random.counter)
    var last = Explanation(eligible: 0, search: "nobody", candidates: [], chosen: nil, draws: drawn)
    let request = Request(request)
    for group in order where !asked.groups[group].ids.isEmpty {
      if asked.groups[group].isLoneBackup {
        let server = asked.loneBackup(of: group, in: view)
        last = Explanation(
          eligible: view.count, search: "the first backup",
          candidates: server.map { [.init(server: $0)] } ?? [], chosen: server, draws: 0)
      } else {
        last = asked.withView(of: group, copy, view) { sub, balancer in
          balancer.explain(request, from: sub, using: chance)
        }
      }
      last.draws += Int(clamping: chance.counter &- random.counter)
      last.standing = asked.standing(of: group, copy, in: view)
      if last.chosen != nil { break }
      chance.counter &+= UInt64(max(0, last.draws)) &- (chance.counter &- random.counter)
    }
    return last
  }

  // MARK: What it lets be seen

  /// HAProxy's first backup, unless it was tried: it takes a request even when it is full, which then
  /// waits for it.
  private func loneBackup(of group: Int, in view: borrowing View) -> ServerID? {
    let server = groups[group].ids.first.map { ServerID(Int($0)) }
    guard let server, let place = view.place(of: server), !view.wasTried(place) else { return nil }
    return server
  }

  private func copy(of id: RequestID) -> Int {
    copies.count == 1 ? 0 : Int(Hash.mix(id.number) % UInt64(copies.count))
  }

  /// The groups to be asked, the first of them chosen by its load; one draw where there is a choice.
  private func order(using random: inout RandomStream) -> [Int] {
    guard groups.count > 1 else { return Array(groups.indices) }
    let draw = random.next()
    let chosen = levels.choose(draw) ?? (priority: 0, from: .healthy)
    var unit = RandomStream.unit(Hash.mix(draw))
    var first = 0
    for (index, group) in groups.enumerated() where group.isMeant(by: chosen) {
      first = index
      if unit < group.share { break }
      unit -= group.share
    }
    return [first] + groups.indices.filter { $0 != first }
  }

  private func standing(of group: Int, _ copy: Int, in view: borrowing View) -> String {
    var words = ["\(groups[group].ids.count) of \(view.count)"]
    if let health { words.append("health \(type(of: health).name)") }
    if groups[group].isPanicking { words.append("in panic all are used") }
    if groups[group].key.isDegraded { words.append("degraded: the others are not enough") }
    if Set(groups.map(\.level)).count > 1 { words.append("priority \(groups[group].level)") }
    if let zone = groups[group].zone { words.append("zone \(zone)") }
    if let stale = proxy.stale {
      words.append("loads as of up to \(Figure.plain(stale.seconds))s ago")
    }
    if copies.count > 1 {
      words.append("balancer \(copy + 1) of \(copies.count) sees its own requests")
    }
    return words.joined(separator: ", ")
  }

  /// Lends what one of the balancers sees of a group.
  private mutating func withView<Result>(
    of group: Int, _ copy: Int, _ view: borrowing View,
    _ body: (borrowing View, inout any Balancer) -> Result
  ) -> Result {
    let servers = view.rented
    while board.count < servers { board.append(0) }
    while shares.count < servers { shares.append(1) }
    copies[copy].grow(to: servers)
    groups[group].grow(to: servers)
    // Taken out meanwhile, so that it is changed in place and not as a copy.
    var balancer: any Balancer = Random()
    swap(&balancer, &copies[copy].balancers[group])
    defer { swap(&balancer, &copies[copy].balancers[group]) }
    let group = groups[group]
    let loads = proxy.stale != nil ? board : copies[copy].actives
    let usesOwn = proxy.stale != nil || copies.count > 1
    let usesShares = proxy.slowStart != nil
    let shares = shares
    return group.ids.withUnsafeBufferPointer { ids in
      group.places.withUnsafeBufferPointer { places in
        loads.withUnsafeBufferPointer { loads in
          shares.withUnsafeBufferPointer { shares in
            guard let ids = ids.baseAddress, let places = places.baseAddress else {
              return body(view, &balancer)
            }
            let seen = usesOwn ? loads.baseAddress : nil
            let sub = View(
              count: group.ids.count, now: view.now, isFiltered: view.isFiltered, ids: ids,
              actives: seen ?? view.actives, rows: view.rows, places: places, rented: servers,
              tried: view.tried, names: view.names,
              shares: usesShares ? shares.baseAddress : nil)
            return body(sub, &balancer)
          }
        }
      }
    }
  }

  /// Finds out anew who is healthy and who belongs together, and lets the balancers know.
  private mutating func refresh(_ view: borrowing View) {
    isStale = false
    noteReturns(view)
    let old = groups
    let levels = ProxyGroup.groups(of: view, zone: proxy.zone)
    let all = inner.standbys.map { ProxyGroup.onDuty(levels, $0) } ?? levels
    let knowsDegraded = inner.standbys == nil
    var counted: [PriorityLoad.Priority] = []
    var usable: [(healthy: [Int32], degraded: [Int32])] = []
    for group in all {
      let up = group.ids.filter { health?.isUp(ServerID(Int($0)), at: view.now) ?? true }
      let degraded = knowsDegraded ? up.filter { view.isDegraded($0) } : []
      let healthy = degraded.isEmpty ? up : up.filter { !view.isDegraded($0) }
      usable.append((healthy, degraded))
      while counted.count <= group.level {
        counted.append(PriorityLoad.Priority(hosts: 0, healthy: 0))
      }
      counted[group.level].hosts += group.ids.count
      counted[group.level].healthy += healthy.count
      counted[group.level].degraded += degraded.count
    }
    self.levels = PriorityLoad(counted, panicThreshold: proxy.panic ?? 50)
    groups = zip(all, usable).flatMap { group, usable in
      group.split(
        usable.healthy, usable.degraded,
        panics: self.levels.panics.indices.contains(group.level) && self.levels.panics[group.level])
    }
    for index in groups.indices { groups[index].index(view.rented) }
    let known = old.map(\.key)
    for copy in copies.indices {
      let before = copies[copy].balancers
      copies[copy].balancers = groups.map { group in
        known.firstIndex(of: group.key).flatMap { $0 < before.count ? before[$0] : nil } ?? inner
      }
      for group in groups.indices where groups[group].ids.count > 0 {
        withView(of: group, copy, view) { sub, balancer in
          balancer.changed(.everything, in: sub)
        }
      }
    }
  }

  /// Notes which servers have come back, for their slow start.
  private mutating func noteReturns(_ view: borrowing View) {
    guard let slowStart = proxy.slowStart else { return }
    while returned.count < view.rented {
      returned.append(nil)
      wasUp.append(nil)
      shares.append(1)
    }
    let isFirst = wasUp.allSatisfy { $0 == nil }
    for server in 0..<view.rented {
      let isThere = view.place(of: ServerID(server)) != nil
      let isUp = isThere && (health?.isUp(ServerID(server), at: view.now) ?? true)
      if isUp, wasUp[server] != true, !isFirst { returned[server] = view.now }
      if isThere || wasUp[server] != nil { wasUp[server] = isUp }
      shares[server] = returned[server].map { slowStart.factor(after: view.now - $0) } ?? 1
    }
  }
}
