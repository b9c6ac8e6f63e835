/// The value of a parameter of a strategy: a number in its base unit, or a choice.
public enum SettingValue: Hashable, Sendable {
  /// Seconds, requests per second, a ratio, dollars, or a plain number, as the kind says.
  case number(Double)
  /// One of the names that the kind lists.
  case choice(String)
  /// The numbers of a list, row by row.
  case rows([[Double]])
}

/// What values a parameter takes.
public enum SettingKind: Hashable, Sendable {
  /// A whole number.
  case count(ClosedRange<Int>)
  /// A plain number.
  case number(ClosedRange<Double>)
  /// A time, in seconds.
  case duration(ClosedRange<Double>)
  /// A rate, per second.
  case rate(ClosedRange<Double>)
  /// A share, as a ratio: 0.6 is 60 %.
  case ratio(ClosedRange<Double>)
  /// One of these names.
  case choice([String])
  /// A list of rows.
  case rows(RowKind)

  /// Whether a value is of this kind and inside its range.
  public func accepts(_ value: SettingValue) -> Bool {
    switch (self, value) {
    case (.count(let range), .number(let number)):
      number == number.rounded() && number >= Double(range.lowerBound)
        && number <= Double(range.upperBound)
    case (.number(let range), .number(let number)), (.duration(let range), .number(let number)),
      (.rate(let range), .number(let number)), (.ratio(let range), .number(let number)):
      range.contains(number)
    case (.choice(let names), .choice(let name)): names.contains(name)
    case (.rows(let kind), .rows(let rows)): kind.accepts(rows)
    default: false
    }
  }
}

/// A parameter as the language and `help` see it.
public struct Setting: Hashable, Sendable {
  /// Its name, as typed after `--`.
  public let name: String
  /// One sentence.
  public let summary: String
  /// What values it takes.
  public let kind: SettingKind

  /// Something that can be set.
  public init(name: String, summary: String, kind: SettingKind) {
    self.name = name
    self.summary = summary
    self.kind = kind
  }
}

/// A parameter of a strategy: its name, its range, and where it is kept.
public struct Parameter<Root>: Sendable {
  /// Its name, as typed after `--`.
  public let name: String
  /// One sentence.
  public let summary: String
  /// What values it takes.
  public let kind: SettingKind
  let read: @Sendable (Root) -> SettingValue
  let write: @Sendable (inout Root, SettingValue) -> Bool

  /// A parameter kept as a number in its base unit.
  public init(
    _ name: String, _ path: any WritableKeyPath<Root, Double> & Sendable, _ kind: SettingKind,
    _ summary: String
  ) {
    self.name = name
    self.summary = summary
    self.kind = kind
    read = { .number($0[keyPath: path]) }
    write = { root, value in
      guard case .number(let number) = value else { return false }
      root[keyPath: path] = number
      return true
    }
  }

  /// A parameter kept as a whole number.
  public init(
    _ name: String, _ path: any WritableKeyPath<Root, Int> & Sendable, in range: ClosedRange<Int>,
    _ summary: String
  ) {
    self.name = name
    self.summary = summary
    kind = .count(range)
    read = { .number(Double($0[keyPath: path])) }
    write = { root, value in
      guard case .number(let number) = value, let whole = Int(exactly: number) else { return false }
      root[keyPath: path] = whole
      return true
    }
  }

  /// A parameter kept as a list of rows.
  public init<Row: SettingRow>(
    _ name: String, _ path: any WritableKeyPath<Root, [Row]> & Sendable, _ summary: String
  ) {
    self.name = name
    self.summary = summary
    kind = .rows(Row.kind)
    read = { .rows($0[keyPath: path].map(\.numbers)) }
    write = { root, value in
      guard case .rows(let rows) = value else { return false }
      let known = rows.compactMap(Row.init)
      guard known.count == rows.count else { return false }
      root[keyPath: path] = known
      return true
    }
  }

  /// A parameter kept as one of an enum's cases.
  public init<Choice: RawRepresentable<String> & CaseIterable & Sendable>(
    _ name: String, _ path: any WritableKeyPath<Root, Choice> & Sendable, _ summary: String
  ) {
    self.name = name
    self.summary = summary
    kind = .choice(Choice.allCases.map(\.rawValue))
    read = { .choice($0[keyPath: path].rawValue) }
    write = { root, value in
      guard case .choice(let name) = value, let choice = Choice(rawValue: name) else {
        return false
      }
      root[keyPath: path] = choice
      return true
    }
  }
}
