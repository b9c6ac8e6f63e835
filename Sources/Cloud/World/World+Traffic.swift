public import Simulation

extension World {
  /// The loads that send, in the order in which they were named.
  public var loads: [Load] {
    zip(engine.loads, engine.loadRows)
      .filter { $1.next < Engine.never && !$0.load.isSend }
      .map(\.0.load)
  }

  /// Begins a load now; one of the same name ends.
  public mutating func begin(_ load: Load) {
    place(load)
  }

  /// Ends a load, or all of them; what was sent goes on.
  public mutating func end(load name: String?) {
    for index in engine.loads.indices {
      let load = engine.loads[index].load
      if name.map({ load.name == $0 }) ?? !load.isSend { engine.loadRows[index].next = .max }
    }
    engine.findNextFirst()
    forgetOutlooks()
  }

  /// Sends a number of requests from now on, with a gap between them; their draws go on where the
  /// last ones ended.
  ///
  /// Returns the number of the first, when no load sends meanwhile.
  public mutating func send(
    _ count: Int, gap: Duration = .zero, work: Distribution = .constant(100e6),
    key: KeyDistribution = .none, memory: Distribution = .constant(0), hold: Bool = false
  ) {
    let load = Load(
      name: Load.sendName, shape: .send(count: count, gap: gap), work: work, key: key,
      memory: memory)
    let old = engine.loads.firstIndex { $0.load.isSend }
    let sent = old.map { engine.loadRows[$0].count } ?? 0
    place(load, count: sent, hold: hold)
  }

  /// Answers a held request now; false when none of that number is open.
  public mutating func finish(request number: UInt64) -> Bool { engine.finishHeld(number) }

  /// Requests that arrived so far.
  public var arrived: Int { Int(engine.numbered) }

  /// Requests that are over so far, whatever became of them.
  public var settled: Int { engine.settled }

  /// Most requests there may be at once; advancing returns ``Engine/Exit/full`` where one more
  /// would arrive.
  public var requestLimit: Int {
    get { engine.requests.limit }
    set { engine.requests.limit = min(max(1, newValue), 1 << 30) }
  }

  /// Whether anything is left that could happen by itself.
  public var isIdle: Bool {
    engine.nextArrival >= Engine.never && engine.alarms.isEmpty && engine.shedLine.head < 0
      && engine.fleet.finishes.nodes[0].time >= Engine.never
  }

  /// Whether the requests that are open would stay so for ever: none arrives, none is being served,
  /// and none waits for a server that may still come.
  public var isStuck: Bool {
    engine.nextArrival >= Engine.never && engine.waiting.head < 0 && engine.shedLine.head < 0
      && engine.fleet.finishes.nodes[0].time >= Engine.never
  }

  private mutating func place(_ load: Load, count: UInt64 = 0, hold: Bool = false) {
    var arrivals = Arrivals(load)
    var row = LoadRow(load, seed: seed, now: engine.clock, count: count)
    if let timeout = load.timeout { row.ring = Int32(ring(of: max(.zero, timeout))) }
    hedge(&row, of: load)
    if hold { row.flags.insert(.held) }
    if row.flags.contains(.detailed), !engine.requests.hasDetails {
      engine.requests.hasDetails = true
    }
    if !row.advance(from: engine.clock, Exponential.Sampler()) {
      arrivals.advance(&row, from: engine.clock)
    }
    if let index = engine.loads.firstIndex(where: { $0.load.name == load.name }) {
      engine.loads[index] = arrivals
      engine.loadRows[index] = row
    } else {
      engine.loads.append(arrivals)
      engine.loadRows.append(row)
    }
    engine.findNextFirst()
    forgetOutlooks()
  }

  mutating func ring(of delay: Duration) -> Int {
    if let ring = engine.rings.firstIndex(where: { $0.delay == delay.nanoseconds }) { return ring }
    engine.requests.addRing()
    engine.rings.append(TimerRing(delay: delay.nanoseconds))
    return engine.rings.count - 1
  }
}

extension Load {
  /// The name of the load that `send` uses; no other load can have it.
  static let sendName = "send"

  var isSend: Bool { name == Self.sendName }
}
