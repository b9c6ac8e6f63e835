/// How many servers an autoscaler has in each of its zones.
struct ZoneSpread {
  private let zones: [String]
  private var counts: [Int]
  /// The places of the zones that may be given servers.
  private let open: [Int]

  /// The spread of the servers that count; of those in warm pools as well, where one is filled up.
  init(_ zones: [String], withPooled: Bool = false, in engine: Engine) {
    self.zones = zones
    counts = zones.map { _ in 0 }
    let places = zones.indices.filter { !engine.isOut(zone: zones[$0]) }
    // With all of them out there is nothing to choose by but the counts.
    open = places.isEmpty ? Array(zones.indices) : places
    guard !zones.isEmpty else { return }
    for index in engine.fleet.present {
      let state = engine.fleet.rows[index].state
      if state.isCounted || withPooled && state == .pooled {
        change(engine.fleet.records[index].spec.zone, by: 1)
      }
    }
  }

  /// The zone of one more server, which counts from now on; nil when there are no zones.
  mutating func next() -> String? {
    guard let place = open.min(by: { (counts[$0], $0) < (counts[$1], $1) }) else { return nil }
    counts[place] += 1
    return zones[place]
  }

  /// Of these servers the first that stands where there are most, which counts no longer; one that
  /// stands in none of the zones comes first.
  mutating func leave(_ servers: [(id: ServerID, zone: String)]) -> Int? {
    func count(_ server: (id: ServerID, zone: String)) -> Int {
      zones.firstIndex(of: server.zone).map { counts[$0] } ?? .max
    }
    guard
      let place = servers.indices.min(by: {
        (-count(servers[$0]), $0) < (-count(servers[$1]), $1)
      })
    else { return nil }
    change(servers[place].zone, by: -1)
    return place
  }

  private mutating func change(_ zone: String, by difference: Int) {
    guard let place = zones.firstIndex(of: zone) else { return }
    counts[place] += difference
  }
}
