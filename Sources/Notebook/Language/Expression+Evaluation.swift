/// Why a formula has no value at the moment.
public struct Undefined: Error, Hashable, Sendable {
  /// The ways of having no value.
  public enum Reason: Hashable, Sendable {
    /// The name has no value yet.
    case name(String)
    /// Something is divided by zero.
    case division
    /// The result is no number, or none that is small enough.
    case notANumber
    /// Only a balancer can tell.
    case balancerOnly
  }

  /// Why.
  public var reason: Reason

  /// Where, in the source of the formula.
  public var range: Range<Int>

  /// Pairs a reason with its place.
  public init(reason: Reason, range: Range<Int>) {
    self.reason = reason
    self.range = range
  }

  /// The sentence about it.
  public var diagnostic: Diagnostic {
    let message =
      switch reason {
      case .name(let name): "\(name) has no value yet"
      case .division: "this divides by zero"
      case .notANumber: "this has no value"
      case .balancerOnly: "only a balancer knows this"
      }
    return Diagnostic(message, at: range)
  }
}

extension Expression {
  /// The value, given the values of its names.
  ///
  /// A condition is decided by the least that decides it: `false and x` asks for no `x`.
  ///
  /// - Throws: why it has none: a name without a value, a division by zero, …
  public func evaluate(in values: (Name) -> Quantity?) throws(Undefined) -> Quantity {
    if case .name(let name) = root.operation, unit == .name {
      guard let value = values(name) else {
        throw Undefined(reason: .name(name.text), range: root.range)
      }
      return value
    }
    return Quantity(try root.value(values), unit)
  }

  /// Whether a condition holds; false while it has no value.
  public func holds(in values: (Name) -> Quantity?) -> Bool {
    guard let value = try? root.value(values) else { return false }
    return isBoolean && value != 0
  }
}

extension Expression.Node {
  /// The number it comes to; 1 and 0 for true and false.
  func value(_ values: (Expression.Name) -> Quantity?) throws(Undefined) -> Double {
    switch operation {
    case .literal(let value): return value
    case .name(let name): return try lookup(name, values).value
    case .isWord(let name, let word): return try lookup(name, values).name == word ? 1 : 0
    case .not(let operand): return try operand.value(values) == 0 ? 1 : 0
    case .negate(let operand): return try -operand.value(values)
    case .binary(let joining, let left, let right):
      return try join(joining, left, right, values)
    case .within(let value, let low, let high):
      let value = try value.value(values)
      let least = try low.value(values)
      let most = try high.value(values)
      return least <= value && value <= most ? 1 : 0
    case .choose(let condition, let first, let second):
      return try condition.value(values) != 0 ? first.value(values) : second.value(values)
    case .call(let function, let arguments):
      var results: [Double] = []
      for argument in arguments { results.append(try argument.value(values)) }
      guard let result = function.apply(results) else {
        throw Undefined(reason: .balancerOnly, range: range)
      }
      return try finite(result)
    }
  }

  private func lookup(_ name: Expression.Name, _ values: (Expression.Name) -> Quantity?)
    throws(Undefined) -> Quantity
  {
    guard let value = values(name) else {
      throw Undefined(reason: .name(name.text), range: range)
    }
    return value
  }

  private func join(
    _ joining: Expression.Operator, _ left: Expression.Node, _ right: Expression.Node,
    _ values: (Expression.Name) -> Quantity?
  ) throws(Undefined) -> Double {
    let first = try left.value(values)
    if joining == .and && first == 0 || joining == .or && first != 0 { return first == 0 ? 0 : 1 }
    let second = try right.value(values)
    switch joining {
    case .and, .or: return second == 0 ? 0 : 1
    case .equal: return first == second ? 1 : 0
    case .unequal: return first != second ? 1 : 0
    case .less: return first < second ? 1 : 0
    case .greater: return first > second ? 1 : 0
    case .atMost: return first <= second ? 1 : 0
    case .atLeast: return first >= second ? 1 : 0
    case .plus: return try finite(first + second)
    case .minus: return try finite(first - second)
    case .times: return try finite(first * second)
    case .over:
      guard second != 0 else { throw Undefined(reason: .division, range: range) }
      return try finite(first / second)
    }
  }

  private func finite(_ value: Double) throws(Undefined) -> Double {
    guard value.isFinite else { throw Undefined(reason: .notANumber, range: range) }
    return value
  }
}
