/// What a parameter was given.
public enum Value: Hashable, Sendable {
  /// The flag is there.
  case flag
  /// A whole number.
  case count(Int)
  /// A number with its unit, or a plain number.
  case quantity(Quantity)
  /// A word: a choice, a name, a path, a text.
  case word(String)
  /// Servers.
  case servers(ServerSelection)
  /// A numbered thing.
  case item(Item)
  /// How values are spread.
  case distribution(DistributionForm)
  /// How keys are spread.
  case keys(KeyForm)
  /// Values to go through.
  case series([Quantity])
  /// The numbers of a list, row by row.
  case rows([[Double]])
  /// Several names.
  case words([String])
  /// Where a formula, or several, stand in the source.
  case expression(Range<Int>)
  /// Several values.
  case group([Argument])
}

/// One parameter's value, and where it was typed.
public struct Argument: Hashable, Sendable {
  /// The parameter's name.
  public var name: String

  /// What it was given.
  public var value: Value

  /// The columns of the value; of the flag, if that is all.
  public var range: Range<Int>

  /// Whether it is the default and was not typed.
  public var isDefault: Bool

  /// The value as it was typed.
  public var text: String

  /// Whether it is free text, in which brackets and quotation marks mean nothing.
  var isFreeText = false

  init(_ name: String, _ value: Value, at range: Range<Int>, text: String, isDefault: Bool = false)
  {
    self.name = name
    self.value = value
    self.range = range
    self.text = text
    self.isDefault = isDefault
  }
}

/// Some of the servers.
public enum ServerSelection: Hashable, Sendable {
  /// Every server.
  case all
  /// The servers from one number to another; a single one is a range of one.
  case range(ClosedRange<Int>)
}

/// A numbered thing: `s3`, `r12`, `t4`; a later try of a request is `r12.2`.
public struct Item: Hashable, Sendable {
  /// What is numbered.
  public enum Sort: Character, Hashable, Sendable {
    /// A server.
    case server = "s"
    /// A request.
    case request = "r"
    /// A tick of a scaler.
    case tick = "t"

    var noun: String {
      switch self {
      case .server: "server"
      case .request: "request"
      case .tick: "tick"
      }
    }

    var article: String { "a" }
  }

  /// What it is.
  public var sort: Sort

  /// Its number, from 1.
  public var number: Int

  /// Which try of a request, from 1.
  public var attempt: Int

  /// Reads `s3`, `r12`, `r12.2` or `t4`; nil if it is none of them.
  public init?(_ text: String) {
    guard let first = text.first, let sort = Sort(rawValue: first) else { return nil }
    let parts = text.dropFirst().split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 1 || sort == .request && parts.count == 2 else { return nil }
    let numbers = parts.compactMap { $0.allSatisfy(\.isDigit) ? Int($0) : nil }
    guard numbers.count == parts.count, let number = numbers.first, numbers.min() ?? 0 > 0 else {
      return nil
    }
    self.sort = sort
    self.number = number
    attempt = numbers.count > 1 ? numbers[1] : 1
  }
}

/// How values are spread, as typed; in seconds or bytes.
public indirect enum DistributionForm: Hashable, Sendable {
  /// Always the same: `100ms`.
  case constant(Double)
  /// Exponential with a mean: `exp(100ms)`.
  case exponential(mean: Double)
  /// Evenly between two bounds: `uniform(50ms, 150ms)`.
  case uniform(low: Double, high: Double)
  /// Log-normal with a mean and the spread of the logarithm: `lognormal(100ms, 1.0)`.
  case lognormal(mean: Double, sigma: Double)
  /// Pareto with a mean and a tail index above one: `pareto(100ms, 1.5)`.
  case pareto(mean: Double, alpha: Double)
  /// One of several, each with its share: `mix(99%: 10ms, 1%: 1s)`.
  case mix([Share])

  /// One part of a mixture.
  public struct Share: Hashable, Sendable {
    /// How often, from 0 to 1.
    public var share: Double

    /// How its values are spread.
    public var form: DistributionForm

    /// Pairs a share with how its values are spread.
    public init(share: Double, form: DistributionForm) {
      self.share = share
      self.form = form
    }
  }
}

/// How keys are spread, as typed.
public enum KeyForm: Hashable, Sendable {
  /// All keys alike: `uniform(1000)`.
  case uniform(count: Int)
  /// The k-th key as often as 1 / k to the power `exponent`: `zipf(1000, 1.1)`.
  case zipf(count: Int, exponent: Double)
}
