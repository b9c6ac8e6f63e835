/// Servers that a proxy offers together: those of a priority level, or of a level and zone, that are
/// well, or those that are degraded.
struct ProxyGroup: Sendable {
  /// What tells it from the others.
  struct Key: Hashable, Sendable {
    var level: Int
    var isLocal: Bool?
    var isDegraded = false
  }

  var key: Key
  var ids: [Int32] = []
  /// By server, its place or -1.
  var places: [Int32] = []
  /// Share of its level's requests.
  var share = 1.0
  /// Whether sick servers are among them, since too few are healthy.
  var isPanicking = false
  /// Whether it is HAProxy's first backup, which serves alone.
  var isLoneBackup = false
  /// The zone, where zones matter.
  var zone: String?

  var level: Int { key.level }

  func has(_ server: ServerID) -> Bool {
    server.index < places.count && places[server.index] >= 0
  }

  /// Whether it is among those that a choice leaves; in panic all of a level are one.
  func isMeant(by choice: (priority: Int, from: PriorityLoad.Condition)) -> Bool {
    level == choice.priority && (isPanicking || key.isDegraded == (choice.from == .degraded))
  }

  /// Those of its servers that are well, then those that are degraded, if there are any; all in panic,
  /// or when none of them can be used.
  func split(_ healthy: [Int32], _ degraded: [Int32], panics: Bool) -> [ProxyGroup] {
    var all = self
    all.isPanicking = panics || healthy.isEmpty && degraded.isEmpty
    guard !all.isPanicking else { return [all] }
    all.ids = healthy
    guard !degraded.isEmpty else { return [all] }
    var rest = self
    rest.key.isDegraded = true
    rest.ids = degraded
    return [all, rest]
  }

  mutating func grow(to servers: Int) {
    while places.count < servers { places.append(-1) }
  }

  /// Finds the places of its servers.
  mutating func index(_ servers: Int) {
    places = Array(repeating: -1, count: servers)
    for (place, id) in ids.enumerated() where Int(id) < servers {
      places[Int(id)] = Int32(truncatingIfNeeded: place)
    }
  }

  /// Those of the first level there is, in the place of level 0; of another than that the first server
  /// alone, or all.
  static func onDuty(_ groups: [ProxyGroup], _ standbys: HAProxyBackups) -> [ProxyGroup] {
    guard let level = groups.first?.level else { return [] }
    var onDuty = groups.filter { $0.level == level }
    if level > 0, standbys == .first {
      onDuty = Array(onDuty.prefix(1))
      onDuty[0].ids = Array(onDuty[0].ids.prefix(1))
      onDuty[0].isLoneBackup = true
    }
    for index in onDuty.indices { onDuty[index].key.level = 0 }
    return onDuty
  }

  /// The servers of a view by level, and by near and far where a zone is given.
  ///
  /// As much stays in the zone as it has of the servers, measured against an even share of the
  /// requests: all of it when the zone has its share or more. Source: Envoy, zone aware routing, with
  /// the same number of proxies in each zone.
  static func groups(of view: borrowing View, zone: String?) -> [ProxyGroup] {
    var groups: [ProxyGroup] = []
    var zones: [[UInt8]] = []
    let own = zone.map { Array($0.utf8) }
    for place in 0..<view.count {
      let at = view.zone(place)
      if !zones.contains(at) { zones.append(at) }
      let key = Key(level: max(0, view.priority(place)), isLocal: own.map { $0 == at })
      if let index = groups.firstIndex(where: { $0.key == key }) {
        groups[index].ids.append(Int32(truncatingIfNeeded: view.id(place).index))
      } else {
        let isLocal = key.isLocal ?? false
        groups.append(
          ProxyGroup(
            key: key, ids: [Int32(truncatingIfNeeded: view.id(place).index)],
            zone: zone.map { isLocal ? $0 : "other than \($0)" }))
      }
    }
    groups.sort {
      ($0.key.level, $0.key.isLocal == true ? 0 : 1) < (
        $1.key.level, $1.key.isLocal == true ? 0 : 1
      )
    }
    if zone != nil {
      for index in groups.indices {
        let level = groups.filter { $0.level == groups[index].level }
        let all = level.reduce(0) { $0 + $1.ids.count }
        let near = level.first { $0.key.isLocal == true }?.ids.count ?? 0
        let stays = min(1, Double(near) / Double(max(1, all)) * Double(max(1, zones.count)))
        groups[index].share =
          level.count < 2 ? 1 : groups[index].key.isLocal == true ? stays : 1 - stays
      }
    }
    return groups
  }
}

/// One of several proxies: its balancers, and the requests it knows of.
struct ProxyCopy: Sendable {
  /// Beside the groups.
  var balancers: [any Balancer] = []
  /// By server, the requests that this proxy has there.
  private(set) var actives: [Int32] = []

  mutating func grow(to servers: Int) {
    while actives.count < servers { actives.append(0) }
  }

  mutating func add(_ change: Int32, to server: ServerID) {
    grow(to: server.index + 1)
    actives[server.index] = max(0, actives[server.index] &+ change)
  }
}
