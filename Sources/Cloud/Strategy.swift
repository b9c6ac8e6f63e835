/// What a registry, `help` and Tab need to know about a policy.
///
/// A strategy is a value: copying it copies its state, so that a fork or a step back takes it along.
public protocol Strategy: Sendable {
  /// The name it is typed by, in kebab-case; products' rules carry the product before a dot.
  static var name: String { get }
  /// One sentence that says what it does.
  static var summary: String { get }
  /// What can be set, in the order it is shown; none by default.
  static var parameters: [Parameter<Self>] { get }
  /// What `help` says beyond the summary: the rule, its source, its known failure.
  static var details: StrategyDetails { get }

  /// A strategy with its default parameters and no history.
  init()
}

/// The longer description of a strategy, from its own file.
public struct StrategyDetails: Hashable, Sendable {
  /// The rule in words and as a formula.
  public var rule: String
  /// Where the rule comes from: a paper, a project, a file.
  public var source: String
  /// What decides between equals, and the number of random draws a decision takes.
  public var ties: String
  /// Where it goes wrong.
  public var failure: String
  /// The lesson that shows it, by number, if there is one.
  public var lesson: String?

  /// The description of a strategy.
  public init(rule: String, source: String, ties: String, failure: String, lesson: String? = nil) {
    self.rule = rule
    self.source = source
    self.ties = ties
    self.failure = failure
    self.lesson = lesson
  }
}

extension Strategy {
  /// Nothing can be set.
  public static var parameters: [Parameter<Self>] { [] }

  /// The parameter of that name.
  public static func parameter(named name: String) -> Parameter<Self>? {
    parameters.first { $0.name == name }
  }

  /// What can be set, without the type of the strategy.
  public static var settings: [Setting] {
    parameters.map { Setting(name: $0.name, summary: $0.summary, kind: $0.kind) }
  }

  /// Sets a parameter; false when there is none of that name or the value is outside its range.
  public mutating func set(_ name: String, to value: SettingValue) -> Bool {
    guard let parameter = Self.parameter(named: name), parameter.kind.accepts(value) else {
      return false
    }
    return parameter.write(&self, value)
  }

  /// The present value of a parameter, or nil when there is none of that name.
  public func value(of name: String) -> SettingValue? {
    Self.parameter(named: name)?.read(self)
  }
}
