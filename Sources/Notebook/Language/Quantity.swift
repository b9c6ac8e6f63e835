/// What a number counts: powers of time, bytes and money, or none of them.
public struct Unit: Hashable, Sendable {
  /// The power of seconds.
  public var time = 0

  /// The power of bytes.
  public var bytes = 0

  /// The power of dollars.
  public var money = 0

  /// What a value without powers is.
  public var form = Form.plain

  /// The ways a value without powers is meant.
  public enum Form: Hashable, Sendable {
    /// A count or a factor.
    case plain
    /// A share of a whole, written with `%`.
    case ratio
    /// True or false.
    case boolean
    /// A word, such as an algorithm's name.
    case name
  }

  /// A count or a factor.
  public static let number = Unit()
  /// A share of a whole.
  public static let ratio = Unit(form: .ratio)
  /// True or false.
  public static let boolean = Unit(form: .boolean)
  /// A word.
  public static let name = Unit(form: .name)
  /// Seconds.
  public static let seconds = Unit(time: 1)
  /// Something per second.
  public static let rate = Unit(time: -1)
  /// Bytes.
  public static let bytes = Unit(bytes: 1)
  /// Dollars.
  public static let dollars = Unit(money: 1)

  /// Whether it is a count, factor or share.
  public var isNumber: Bool { time == 0 && bytes == 0 && money == 0 && isNumeric }

  /// Whether one can calculate with it.
  public var isNumeric: Bool { form == .plain || form == .ratio }

  /// Whether two values can be added and compared.
  public func isCompatible(with other: Unit) -> Bool {
    isNumeric && other.isNumeric
      ? time == other.time && bytes == other.bytes && money == other.money : self == other
  }

  static func * (a: Unit, b: Unit) -> Unit {
    Unit(
      time: a.time + b.time, bytes: a.bytes + b.bytes, money: a.money + b.money,
      form: a == .ratio && b == .ratio ? .ratio : .plain)
  }

  static func / (a: Unit, b: Unit) -> Unit {
    Unit(time: a.time - b.time, bytes: a.bytes - b.bytes, money: a.money - b.money)
  }
}

/// A value and its unit, in seconds, bytes, dollars, shares of one, and powers of them.
public struct Quantity: Hashable, Sendable {
  /// The number; 1 and 0 for true and false.
  public var value: Double

  /// What it counts.
  public var unit: Unit

  /// The word, if the unit is `name`.
  public var name: String?

  /// Makes a number with a unit.
  public init(_ value: Double, _ unit: Unit = .number) {
    self.value = value
    self.unit = unit
  }

  /// Makes a word.
  public init(name: String) {
    self.init(0, .name)
    self.name = name
  }

  /// Makes a truth value.
  public init(_ truth: Bool) { self.init(truth ? 1 : 0, .boolean) }

  /// Whether it is true.
  public var isTrue: Bool { unit == .boolean && value != 0 }
}
