import Simulation

extension Observation {
  /// Requests per second that arrived since the last check; nil when no time has passed.
  var rate: Level? { elapsed > .zero ? Level(Double(arrivals) / elapsed.seconds) : nil }

  /// Share of the slots in service that was busy since the last check; nil when none is in service.
  var cpu: Level? {
    var busy = 0.0
    var slots = 0.0
    for server in servers where server.ready {
      busy += server.busy.value * Double(server.cpu)
      slots += Double(server.cpu)
    }
    return slots > 0 ? Level(busy / slots) : nil
  }

  /// Share of memory in use, the mean over servers in service; nil when none is in service.
  var memory: Level? {
    let ready = servers.filter(\.ready)
    guard !ready.isEmpty else { return nil }
    return Level(ready.reduce(0) { $0 + $1.memory.value } / Double(ready.count))
  }
}

extension Counter {
  /// How much it has grown since an earlier reading: what a counter is good for.
  func grown(since earlier: Counter) -> Int {
    let (growth, overflow) = total.subtractingReportingOverflow(earlier.total)
    return overflow ? 0 : max(0, growth)
  }

  /// The total as if it were a level: a mistake, for it never falls, and so to be asked for.
  var readAsLevel: Level { Level(Double(total)) }
}
