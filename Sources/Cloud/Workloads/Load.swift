public import Simulation

/// A named stream of requests.
public struct Load: Hashable, Sendable {
  /// Its name; loads of the same name replace one another.
  public var name: String
  /// When requests arrive.
  public var shape: Shape
  /// The work of a request, in nanoseconds on a slot of speed 1.
  public var work: Distribution
  /// The key of a request.
  public var key: KeyDistribution
  /// The memory a request holds while a server has it, in bytes.
  public var memory: Distribution
  /// How long a client waits before it gives up, or nil for ever.
  public var timeout: Duration?
  /// How often a client sends again what failed.
  public var retries: Int
  /// How long it waits before; nil for not at all.
  public var backoff: Backoff?
  /// How important its requests are: 0 is the most important.
  public var priority: Int

  /// A load of requests of 100 ms that neither give up nor try again.
  public init(
    name: String = "main", shape: Shape, work: Distribution = .constant(100e6),
    key: KeyDistribution = .none, memory: Distribution = .constant(0), timeout: Duration? = nil,
    retries: Int = 0, backoff: Backoff? = nil, priority: Int = 0
  ) {
    self.name = name
    self.shape = shape
    self.work = work
    self.key = key
    self.memory = memory
    self.timeout = timeout
    self.retries = retries
    self.backoff = backoff
    self.priority = priority
  }

  /// Whether requests carry more than work.
  var isDetailed: Bool {
    timeout != nil || key != .none || memory != .constant(0)
  }
}

/// When the requests of a load arrive.
public enum Shape: Hashable, Sendable {
  /// Evenly spaced, so many per second.
  case constant(perSecond: Double)
  /// At random, independent of one another, so many per second on average.
  case poisson(perSecond: Double)
  /// A flash sale: at random, with a rate that leaps up and decays.
  case sale(Sale)
  /// At random, with a rate that goes evenly from one to another.
  case ramp(Ramp)
  /// At random, with a rate that leaps to another and back.
  case spike(Spike)
  /// At random, with a rate that goes up and down.
  case wave(Wave)
  /// At random, with quiet times and bursts in turn.
  case bursts(Bursts)
  /// As recorded.
  case trace(RecordedTraffic)
  /// A number of requests, the first now, with a fixed gap between them; 0 is all at once.
  case send(count: Int, gap: Duration)
}

extension Load {
  /// A digest of everything that decides its requests; of a recording its name and size.
  var fingerprint: UInt64 {
    var plain = self
    if case .trace(let recorded) = shape {
      plain.shape = .constant(perSecond: recorded.factor)
      plain.name += "\u{0}\(recorded.source)\u{0}\(recorded.trace.rows)"
    }
    return RandomStream(seed: 0, purpose: "fingerprint", name: "\(plain)").key
  }
}
