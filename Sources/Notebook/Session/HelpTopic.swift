import Display

/// A topic of `help` that is neither a command nor an algorithm.
enum HelpTopic: String, CaseIterable {
  /// How numbers are written.
  case units
  /// What can be calculated.
  case expressions
  /// What expressions can name.
  case names
  /// What keys do.
  case keys

  /// One line about it.
  var summary: String {
    switch self {
    case .units: "how numbers are written"
    case .expressions: "what can be calculated and compared"
    case .names: "what expressions can name, with the values of now"
    case .keys: "what keys do at the prompt"
    }
  }

  /// What there is to say.
  func blocks(_ state: State) -> [Block] {
    switch self {
    case .units: [.lines(["a unit touches its number"]), .table(Self.pairs(Self.unitsPairs))]
    case .expressions: [.table(Self.pairs(Self.expressionsPairs)), .note(Self.expressionNote)]
    case .names: Self.names(state)
    case .keys: [.table(Self.pairs(Self.keysPairs))]
    }
  }

  private static func pairs(_ pairs: [(String, String)]) -> Table {
    Table(
      [Table.Column("", priority: 1), Table.Column("")],
      rows: pairs.map { [StyledText("  " + $0.0, .command), StyledText($0.1)] },
      wraps: true)
  }

  private static let unitsPairs: [(String, String)] = [
    ("200ms  1.5s  10m  1h  2d", "a time: ns us ms s m h d"),
    ("50/s  3000/m  100/h", "a rate"),
    ("512MiB  2GiB", "a size: B KiB MiB GiB TiB"),
    ("60%", "a share"),
    ("$0.04", "dollars"),
    ("100  1_000_000", "a count"),
    ("100ms", "work that is always the same"),
    ("exp(100ms)", "exponential, by its mean"),
    ("uniform(50ms, 150ms)", "evenly between two"),
    ("lognormal(100ms, 1.0)", "log-normal: mean, then spread"),
    ("pareto(100ms, 1.5)", "heavy tail: mean, then index above 1"),
    ("mix(99%: 10ms, 1%: 1s)", "one of several"),
    ("s2..s5   all", "servers"),
  ]

  private static let expressionsPairs: [(String, String)] = [
    ("latency.p99 < 300ms", "< <= > >= == !="),
    ("utilisation in 50%..80%", "between two, both included"),
    ("failed == 0 and servers <= 5", "and or not"),
    ("2 * servers + 1", "+ - * / with blanks around the minus"),
    ("max(servers, 3)", "min max ceil floor abs sqrt exp ln"),
    ("if queue > 10 then 2 else 1", "a choice"),
    ("balancer == two-choices", "a name and a word"),
    ("rr.latency.p99 / lc.latency.p99", "measurements of runs by name"),
    ("s3.active", "something about a server"),
  ]

  private static let expressionNote: StyledText = """
    Units are checked. expect, run --until and plot take expressions; messages take them in \
    braces. help names lists what can be named.
    """

  private static let keysPairs: [(String, String)] = [
    ("Tab", "completes; twice, lists what fits"),
    ("Up, Down", "earlier and later lines"),
    ("Ctrl-R", "searches earlier lines"),
    ("Ctrl-A, Ctrl-E", "to the start, to the end of the line"),
    ("Ctrl-W, Ctrl-U", "erases a word, the line"),
    ("Ctrl-C", "stops what runs and keeps what was reached; else drops the line"),
    ("Ctrl-D", "on an empty line: quits"),
    ("Enter", "on an empty line in a lesson: goes on"),
  ]

  private static func names(_ state: State) -> [Block] {
    let environment = state.environment
    func rows(_ entries: [Scope.Entry]) -> [[StyledText]] {
      entries.map { entry in
        let value = Reference(entry.name)?.value(in: environment)
        return [
          StyledText("  " + entry.name, .command), StyledText(value?.shown ?? "–", .value),
          StyledText(entry.summary),
        ]
      }
    }
    let columns = [Table.Column("", priority: 2), Table.Column("", .right), Table.Column("")]
    func table(_ rows: [[StyledText]]) -> Block { .table(Table(columns, rows: rows)) }
    let fields = Vocabulary.server.map { $0.entry }
    let servers = fields.map { entry -> [StyledText] in
      let value = Reference("s1.\(entry.name)")?.value(in: environment)
      return [
        StyledText("  s1.\(entry.name)", .command), StyledText(value?.shown ?? "–", .value),
        StyledText(entry.summary),
      ]
    }
    return [
      .lines(["\("now", .title)"]), table(rows(Vocabulary.present.map { $0.entry })),
      .lines([
        "", "\("of the last run or send", .title); \("NAME.latency.p99", .command) of another",
      ]),
      table(rows(Vocabulary.measured.map { $0.entry })),
      .lines(["", "\("of a server", .title)"]), table(servers),
    ]
  }
}
