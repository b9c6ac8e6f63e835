/// A formula over names, with its units checked.
///
/// Loosest first: `or`, `and`, `not`, comparisons and `in a..b`, `+ -`, `* /`, a leading minus.
/// `if C then A else B` reaches as far as it can. Equally loose operators group to the left.
public struct Expression: Hashable, Sendable {
  /// The formula as it was typed.
  public let text: String

  /// The outermost operation.
  public let root: Node

  /// The names it uses, in order of first use.
  public let names: [Name]

  /// The unit of its value.
  public var unit: Unit { root.unit }

  /// Whether it is true or false.
  public var isBoolean: Bool { unit == .boolean }

  /// A name in a formula, and its place among the formula's names.
  public struct Name: Hashable, Sendable {
    /// The name.
    public let text: String

    /// The subscript in `Expression.names`.
    public let index: Int
  }

  /// An operation, its unit and where it stands.
  public struct Node: Hashable, Sendable {
    /// What is done.
    public let operation: Operation

    /// The unit of the result.
    public let unit: Unit

    /// Its columns in the source.
    public let range: Range<Int>

    /// How many operations are nested in it.
    let depth: Int
  }

  /// What a node does.
  public indirect enum Operation: Hashable, Sendable {
    /// A number.
    case literal(Double)
    /// The value of a name.
    case name(Name)
    /// Whether a name's word is the given one.
    case isWord(Name, String)
    /// A function of one value or more.
    case call(Function, [Node])
    /// Two values joined.
    case binary(Operator, Node, Node)
    /// The opposite of a truth value.
    case not(Node)
    /// A number with its sign turned.
    case negate(Node)
    /// Whether a value lies between two others, both included.
    case within(Node, low: Node, high: Node)
    /// One of two values.
    case choose(if: Node, then: Node, else: Node)
  }

  /// What joins two values.
  public enum Operator: String, Hashable, Sendable, CaseIterable {
    /// Either.
    case or
    /// Both.
    case and
    /// Equal.
    case equal = "=="
    /// Not equal.
    case unequal = "!="
    /// Not above.
    case atMost = "<="
    /// Not below.
    case atLeast = ">="
    /// Below.
    case less = "<"
    /// Above.
    case greater = ">"
    /// Sum.
    case plus = "+"
    /// Difference.
    case minus = "-"
    /// Product.
    case times = "*"
    /// Quotient.
    case over = "/"

    /// How tightly it binds.
    var binding: Int {
      switch self {
      case .or: 1
      case .and: 2
      case .equal, .unequal, .atMost, .atLeast, .less, .greater: 4
      case .plus, .minus: 5
      case .times, .over: 6
      }
    }
  }

  /// Reads one formula in part of a cell, by default all of it.
  ///
  /// - Throws: a diagnostic whose range lies within `source`.
  public init(_ source: String, in range: Range<Int>? = nil, scope: Scope) throws(Diagnostic) {
    var parser = try ExpressionParser(Source(source), range, scope)
    let root = try parser.expression()
    try parser.expectEnd()
    self.init(root, parser)
  }

  /// Reads formulas with commas between.
  ///
  /// - Throws: a diagnostic whose range lies within `source`.
  public static func list(_ source: String, in range: Range<Int>? = nil, scope: Scope)
    throws(Diagnostic) -> [Expression]
  {
    var parser = try ExpressionParser(Source(source), range, scope)
    var expressions: [Expression] = []
    repeat {
      expressions.append(Expression(try parser.expression(), parser))
      parser.names = []
    } while parser.skip(",")
    try parser.expectEnd()
    return expressions
  }

  private init(_ root: Node, _ parser: ExpressionParser) {
    self.root = root
    text = parser.source.text(root.range)
    names = parser.names
  }
}

/// The names a formula may use.
public struct Scope: Sendable {
  /// A name, its unit and what it is.
  public struct Entry: Hashable, Sendable {
    /// The name, such as `latency.p99`.
    public var name: String

    /// The unit of its value.
    public var unit: Unit

    /// One line about it.
    public var summary: String

    /// The words its value can be, if the unit is `name`; empty for any.
    public var words: [String]

    /// The name of the count that it is a part of, as `arrived` is of `completed`; nil for none.
    public var whole: String?

    /// Describes a name.
    public init(
      _ name: String, _ unit: Unit, _ summary: String = "", words: [String] = [],
      of whole: String? = nil
    ) {
      self.name = name
      self.unit = unit
      self.summary = summary
      self.words = words
      self.whole = whole
    }
  }

  /// The plain names.
  public var entries: [Entry]

  /// What may follow a server's name, as `active` in `s3.active`.
  public var serverFields: [Entry]

  /// The runs whose plain names may be asked for, as `rr` in `rr.latency.p99`.
  public var runs: [String]

  /// The functions that may be called.
  public var functions: [Function]

  /// Puts names together.
  public init(
    _ entries: [Entry], serverFields: [Entry] = [], runs: [String] = [],
    functions: [Function] = Function.common
  ) {
    self.entries = entries
    self.serverFields = serverFields
    self.runs = runs
    self.functions = functions
  }

  /// What a name stands for: a plain name, `sN.field`, or `RUN.name`; nil if nothing.
  public func entry(_ name: String) -> Entry? {
    if let entry = entries.first(where: { $0.name == name }) { return entry }
    guard let dot = name.firstIndex(of: ".") else { return nil }
    let owner = String(name[..<dot])
    let field = name[name.index(after: dot)...]
    if Item(owner)?.sort == .server { return serverFields.first { $0.name == field } }
    return runs.contains(owner) ? entries.first { $0.name == field } : nil
  }

  /// Whether a run could be asked for the name.
  func hasField(_ name: Substring) -> Bool { entries.contains { $0.name == name } }

  /// The name somebody meant.
  func nearest(to name: String) -> String? {
    if let dot = name.firstIndex(of: ".") {
      let owner = name[..<dot]
      let field = String(name[name.index(after: dot)...])
      let isServer = Item(String(owner))?.sort == .server
      if isServer || runs.contains(String(owner)) {
        return Suggestion.nearest(to: field, in: (isServer ? serverFields : entries).map(\.name))
          .map { "\(owner).\($0)" }
      }
    }
    return Suggestion.nearest(to: name, in: entries.map(\.name) + functions.map(\.rawValue))
  }
}
