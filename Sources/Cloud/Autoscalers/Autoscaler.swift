public import Simulation

/// Decides, at each check, how many servers there should be.
///
/// An autoscaler is a pipeline of slots: signal → window → desired → dead band → stabilization →
/// rate limit → bounds. It is a value, asked seldom, so an ordinary existential serves.
public protocol Autoscaler: Strategy {
  /// How often it checks unless told otherwise.
  static var period: Duration { get }
  /// The slots in its own order, which is part of its rule; `signal` is first and `bounds` last.
  static var slots: [String] { get }
  /// Whether it brings servers when there is none: requests then wait for them.
  static var scalesFromZero: Bool { get }
  /// Whether a request that finds no server makes it check at once.
  static var isPoked: Bool { get }
  /// Whether it ever asks for fewer servers; if not, a floor beside it sees to that.
  var givesBack: Bool { get }

  /// The count it wants now, with what each slot made of it.
  mutating func decide(_ observation: Observation, within bounds: ClosedRange<Int>) -> Decision
}

extension Autoscaler {
  /// Most policies go by what servers report and need one to begin with.
  public static var scalesFromZero: Bool { false }

  /// Most policies keep to their times.
  public static var isPoked: Bool { false }

  /// Most policies add and give back.
  public var givesBack: Bool { true }

  /// The usual order: that of Kubernetes, which steadies before it limits.
  public static var slots: [String] {
    ["signal", "window", "desired", "dead band", "stabilization", "rate limit", "bounds"]
  }
}

/// What an autoscaler decided at a check, and how.
public struct Decision: Hashable, Sendable {
  /// One slot of the pipeline: what went in, what came out.
  public struct Step: Hashable, Sendable {
    /// The slot's name: signal, window, desired, dead band, stabilization, rate limit, bounds.
    public var slot: String
    /// The rule with the numbers in it, such as "ceil(96/s ÷ 20/s)".
    public var rule: String
    /// What came out, such as "5".
    public var result: String

    /// A slot's part in a decision.
    public init(slot: String, rule: String, result: String) {
      self.slot = slot
      self.rule = rule
      self.result = result
    }
  }

  /// Servers booting or in service before.
  public var before: Int
  /// Servers it wants.
  public var after: Int
  /// The reason in a few words, with numbers, such as "96/s is 32/s a server, over 20/s".
  public var reason: String
  /// Every slot, in the pipeline's order.
  public var steps: [Step]
  /// What size servers should have; nil when the policy has no say in it.
  public var size: ServerSize?
  /// What it means beside the decisions of other scalers of the same fleet.
  public var say: Say

  /// What a decision to leave the fleet as it is means to others.
  public enum Say: Hashable, Sendable {
    /// That many are wanted: others may not give back more.
    case count
    /// That many are wanted by its kind: others of the same policy may not give back more.
    case agreement
    /// No fewer than so many are wanted, and others see to it.
    case atLeast(Int)
    /// Nothing: there was nothing to go by, or no rule applied.
    case none
  }

  /// How many servers it asks for beside others; nil when it has no opinion.
  ///
  /// A change is a wish whatever was said: the bounds may call for it.
  public var wish: Int? {
    guard after == before else { return after }
    switch say {
    case .count: return after
    case .atLeast(let floor): return floor
    case .agreement, .none: return nil
    }
  }

  /// The same for a scaler of the same policy.
  var wishAmongItsKind: Int? { say == .agreement ? after : wish }

  /// Whether its check may change the fleet: it wants a change, or holds its count against what
  /// others want.
  var acts: Bool { say == .count || after != before }

  /// A decision.
  public init(
    before: Int, after: Int, reason: String, steps: [Step], size: ServerSize? = nil,
    say: Say = .count
  ) {
    self.before = before
    self.after = after
    self.reason = reason
    self.steps = steps
    self.size = size
    self.say = say
  }
}
