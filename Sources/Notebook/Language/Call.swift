/// A command that was read: which one, and the value of each parameter.
///
/// The accessors throw where a parameter has neither a value nor a default, or one of another sort;
/// ask `has` first where it is optional.
public struct Call: Sendable {
  /// The command.
  public let spec: Spec

  /// The cell it was read from.
  public let source: String

  /// The columns of the command's name.
  public let nameRange: Range<Int>

  /// What was typed, in order, then the defaults.
  public internal(set) var arguments: [Argument] = []

  /// The arguments of a parameter; more than one if it repeats.
  public func all(_ name: String) -> [Argument] { arguments.filter { $0.name == name } }

  /// The argument of a parameter, typed or by default.
  public subscript(name: String) -> Argument? { arguments.first { $0.name == name } }

  /// Whether a parameter has a value, typed or by default.
  public func has(_ name: String) -> Bool { self[name] != nil }

  /// Whether a parameter was typed.
  public func isGiven(_ name: String) -> Bool {
    arguments.contains { $0.name == name && !$0.isDefault }
  }

  /// Whether a flag is there.
  public func flag(_ name: String) -> Bool { has(name) }

  /// A whole number.
  public func count(_ name: String) throws(Diagnostic) -> Int {
    guard case .count(let count) = try argument(name).value else {
      throw other(name, "a whole number")
    }
    return count
  }

  /// A plain number.
  public func number(_ name: String) throws(Diagnostic) -> Double { try quantity(name).value }

  /// Seconds.
  public func duration(_ name: String) throws(Diagnostic) -> Double {
    try measured(name, .duration)
  }

  /// Something per second.
  public func rate(_ name: String) throws(Diagnostic) -> Double { try measured(name, .rate) }

  /// Bytes.
  public func bytes(_ name: String) throws(Diagnostic) -> Double { try measured(name, .bytes) }

  /// A share, from 0 to 1.
  public func ratio(_ name: String) throws(Diagnostic) -> Double { try measured(name, .share) }

  /// Dollars.
  public func money(_ name: String) throws(Diagnostic) -> Double { try measured(name, .money) }

  /// A number with whatever unit it has; a whole number counts as one.
  public func quantity(_ name: String) throws(Diagnostic) -> Quantity {
    switch try argument(name).value {
    case .quantity(let quantity): return quantity
    case .count(let count): return Quantity(Double(count))
    default: throw other(name, "a number")
    }
  }

  /// A word: a choice, a name, a path or a text.
  public func word(_ name: String) throws(Diagnostic) -> String {
    guard case .word(let word) = try argument(name).value else { throw other(name, "a word") }
    return word
  }

  /// The words of a parameter that repeats; none if it is not given.
  public func words(_ name: String) -> [String] {
    all(name).compactMap { if case .word(let word) = $0.value { word } else { nil } }
  }

  /// The servers of a parameter that repeats; none if it is not given.
  public func servers(_ name: String) -> [ServerSelection] {
    all(name).compactMap { if case .servers(let some) = $0.value { some } else { nil } }
  }

  /// A numbered thing.
  public func item(_ name: String) throws(Diagnostic) -> Item {
    guard case .item(let item) = try argument(name).value else { throw other(name, "a number") }
    return item
  }

  /// How values are spread.
  public func distribution(_ name: String) throws(Diagnostic) -> DistributionForm {
    guard case .distribution(let form) = try argument(name).value else {
      throw other(name, "a distribution")
    }
    return form
  }

  /// How keys are spread.
  public func keys(_ name: String) throws(Diagnostic) -> KeyForm {
    guard case .keys(let form) = try argument(name).value else { throw other(name, "keys") }
    return form
  }

  /// The numbers of a list, row by row.
  public func rows(_ name: String) throws(Diagnostic) -> [[Double]] {
    guard case .rows(let rows) = try argument(name).value else { throw other(name, "a list") }
    return rows
  }

  /// Several names.
  public func names(_ name: String) throws(Diagnostic) -> [String] {
    guard case .words(let names) = try argument(name).value else { throw other(name, "names") }
    return names
  }

  /// Values to go through.
  public func series(_ name: String) throws(Diagnostic) -> [Quantity] {
    guard case .series(let values) = try argument(name).value else { throw other(name, "values") }
    return values
  }

  /// A mistake about one argument, marked where it was typed.
  public func mistake(
    _ message: String, about name: String? = nil, try text: String? = nil, help: String? = nil
  ) -> Diagnostic {
    let range = name.flatMap { self[$0] }.flatMap { $0.isDefault ? nil : $0.range } ?? nameRange
    let fixed = text.map { Source(source).replacing(range, with: $0) }
    return Diagnostic(message, at: range, suggestion: fixed, help: help)
  }

  func argument(_ name: String) throws(Diagnostic) -> Argument {
    if let argument = self[name] { return argument }
    throw Diagnostic("\(spec.name) needs \(name)", at: nameRange, help: "usage: \(spec.usage)")
  }

  private func measured(_ name: String, _ measure: Measure) throws(Diagnostic) -> Double {
    let quantity = try quantity(name)
    guard quantity.unit == measure.unit else { throw other(name, measure.noun) }
    return quantity.value
  }

  func other(_ name: String, _ wanted: String) -> Diagnostic {
    mistake("\(name) must be \(wanted)", about: name)
  }
}
