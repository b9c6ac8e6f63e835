import Notebook

/// A grammar with a command of every shape, and a few names that exist.
enum Specimen {
  static let grammar = Grammar(specs) { kind in
    switch kind {
    case .server: [Candidate("s1", "in service"), Candidate("s2", "booting")]
    case .run: [Candidate("rr", "1h"), Candidate("lc", "1h"), Candidate("last", "the last run")]
    case .balancer: [Candidate("mine", "least active")]
    case .measurement: scope.entries.map { Candidate($0.name, $0.summary) }
    case .lesson: []
    default: nil
    }
  }

  static let scope = Scope(
    [
      Scope.Entry("servers", .number, "servers in service"),
      Scope.Entry("latency.p99", .seconds, "99 of 100 requests take no longer"),
      Scope.Entry("latency.p50", .seconds, "half the requests take no longer"),
      Scope.Entry("utilisation", .ratio, "share of the slots at work"),
      Scope.Entry("rate", .rate, "arrivals per second"),
      Scope.Entry("failed", .number, "failed requests"),
      Scope.Entry("completed", .number, "completed requests"),
      Scope.Entry("memory", .bytes, "memory in use"),
      Scope.Entry("cost.total", .dollars, "dollars so far"),
      Scope.Entry("balancer", .name, "the algorithm", words: ["round-robin", "two-choices"]),
      Scope.Entry("healthy", .boolean, "no server is down"),
      Scope.Entry("time", .seconds, "seconds since the start"),
    ],
    serverFields: [Scope.Entry("active", .number), Scope.Entry("utilisation", .ratio)],
    runs: ["rr", "last"])

  static let workOptions = [
    Parameter("work", .distribution(.duration), "how long requests take", default: "100ms"),
    Parameter("key", .keys, "how keys are spread"),
  ]

  static let specs: [Spec] = [
    Spec(
      "spawn", group: "fleet", "Start servers.",
      positionals: [Parameter("count", .count(1...10_000), "how many", default: "1")],
      options: [
        Parameter("cpu", .count(1...1024), "slots", default: "1"),
        Parameter("speed", .number(.leastNonzeroMagnitude...1000), "work per second", default: "1"),
        Parameter("memory", .bytes, "memory", default: "1GiB"),
        Parameter("price", .money, "dollars an hour"),
        Parameter("boot", .duration, "time to boot", default: "0s"),
        Parameter("zone", .newName, "zone"),
      ],
      examples: [Example("spawn 3 --cpu 2", "three servers with two slots")]),
    Spec(
      "stop", group: "fleet", "Drain servers and give them back.",
      positionals: [Parameter("server", .servers, "which", required: true, repeats: true)],
      options: [Parameter("drain", .duration, "at most this long")]),
    Spec(
      "slow", group: "fleet", "Slow servers down.",
      positionals: [Parameter("server", .servers, "which", required: true, repeats: true)],
      options: [Parameter("factor", .factor, "how many times slower", required: true)]),
    Spec(
      "send", group: "traffic", "Send requests.",
      positionals: [Parameter("count", .count, "how many", default: "1")],
      options: [
        Parameter("rate", .rate, "how many a second"), Parameter("together", .flag, "at once"),
      ] + workOptions, alternatives: [Alternatives(["rate", "together"])]),
    Spec(
      "load", group: "traffic", "Send requests until switched off.",
      positionals: [
        Parameter(
          "shape",
          .choice([
            Variant("constant", "evenly", positionals: [rate]),
            Variant("poisson", "at random", positionals: [rate], synonyms: ["random"]),
            Variant(
              "closed", "users with think time",
              positionals: [Parameter("users", .count, "how many", required: true)],
              options: [Parameter("think", .duration, "pause")]),
            Variant(
              "trace", "a file", positionals: [Parameter("file", .file, "path", required: true)],
              options: [Parameter("every", .duration, "row length")]),
            Variant("off", "stop", positionals: [Parameter("name", .name(.load), "which")]),
          ]), "how requests come", required: true)
      ], options: workOptions + [Parameter("as", .newName, "a name")]),
    Spec(
      "balance", group: "policy", "Choose who gets the next request.",
      positionals: [
        Parameter(
          "algorithm",
          .choice(
            [
              Variant("round-robin", "in turn"),
              Variant(
                "two-choices", "the better of two",
                options: [Parameter("d", .count(2...16), "how many", default: "2")],
                synonyms: ["p2c"]),
              Variant(
                "weighted", "by weight",
                options: [Parameter("by", .words("weight", "cpu", "memory"), "by what")]),
            ], orName: .balancer), "which")
      ], options: [Parameter("stale", .duration, "age of the news")]),
    Spec(
      "scale", group: "policy", "Let the fleet grow.",
      positionals: [
        Parameter(
          "policy",
          .choice([
            Variant(
              "resource",
              options: [
                Parameter(
                  "target", .measure(.share, 0.01...1), "share to keep", required: true)
              ]),
            Variant("off"),
          ]), "which")
      ], options: [Parameter("min", .count(0...100), "at least")]),
    Spec(
      "run", group: "time", "Let time pass.",
      positionals: [Parameter("duration", .positive(.duration), "how long", example: "1m")],
      options: [
        Parameter("requests", .count, "until so many have finished"),
        Parameter("until", .expression(.measurement), "until it holds"),
        Parameter("warmup", .duration, "not measured"),
        Parameter("as", .newName, "a name"),
      ], alternatives: [Alternatives(["duration", "requests", "until"], required: true)]),
    Spec(
      "step", group: "time", "Let a little happen.",
      positionals: [Parameter("amount", .either([.count, .duration]), "how much", default: "1")]),
    Spec(
      "health", group: "policy", "Say which servers are well.",
      positionals: [
        Parameter("server", .servers, "which", repeats: true),
        Parameter("state", .words("up", "down", "drain"), "state"),
      ]),
    Spec(
      "why", group: "seeing", "Explain a decision.",
      positionals: [
        Parameter(
          "what", .either([.words("last"), .item([.request, .server, .tick])]), "what",
          required: true)
      ]),
    Spec(
      "plot", group: "seeing", "Draw values over time.",
      positionals: [Parameter("values", .expressions(.measurement), "what", required: true)],
      options: [Parameter("histogram", .flag, "as a histogram")]),
    Spec(
      "compare", group: "experiment", "Race algorithms.",
      positionals: [Parameter("name", .word, "which", required: true, repeats: true)],
      options: [
        Parameter("for", .duration, "how long"),
        Parameter(
          "sweep",
          .group([Parameter("parameter", .word, ""), Parameter("values", .series, "")]),
          "go through values", repeats: true, example: "offered 50%,80%,90%"),
      ]),
    Spec(
      "define", group: "experiment", "Make an algorithm.",
      positionals: [
        Parameter(
          "sort",
          .choice([
            Variant(
              "balancer",
              positionals: [
                Parameter("name", .newName, "its name", required: true),
                Parameter(
                  "rule",
                  .choice([
                    Variant(
                      "least",
                      positionals: [
                        Parameter("cost", .expression(.measurement), "cost", required: true),
                        Parameter("among", .count, "draw", keyword: "among"),
                        Parameter("where", .expression(.measurement), "filter", keyword: "where"),
                        Parameter(
                          "state", .newName, "a number to keep", repeats: true, keyword: "with"),
                        Parameter(
                          "on", .words("pick", "finish"), "when it changes", repeats: true,
                          keyword: "on"),
                        Parameter(
                          "ties", .words("random", "first", "rotate"), "ties", keyword: "ties"),
                      ])
                  ]), "its rule", required: true, keyword: "="),
              ]),
            Variant(
              "scaler",
              positionals: [
                Parameter("name", .newName, "its name", required: true),
                Parameter(
                  "desired", .expression(.measurement), "count", required: true, keyword: "="),
              ]),
          ]), "what", required: true)
      ]),
    Spec(
      "expect", group: "experiment", "Check a condition.",
      positionals: [
        Parameter("condition", .expression(.measurement), "what must hold", required: true),
        Parameter("message", .text, "what to say if not", keyword: "else"),
      ]),
    Spec(
      "export", group: "notebook", "Write the notebook.",
      positionals: [
        Parameter("format", .words("text", "json", "html"), "format", default: "text"),
        Parameter("file", .file, "path", required: true),
      ]),
    Spec(
      "learn", group: "learning", "Begin a lesson.",
      positionals: [Parameter("lesson", .name(.lesson), "which")]),
    Spec(
      "switch", group: "time", "Change worlds.",
      positionals: [
        Parameter("name", .name(.run), "which", required: true)
      ]),
    Spec("quit", group: "notebook", "Leave.", synonyms: ["exit", "bye"]),
  ]

  private static let rate = Parameter("rate", .rate, "how many a second", required: true)

  /// The lines shown for a formula: none if it is read.
  static func formulaErrors(_ source: String) -> [String] {
    do throws(Diagnostic) {
      _ = try Expression(source, scope: scope)
      return []
    } catch {
      return error.lines(source: source)
    }
  }

  /// The mistake in a cell: none if it is read.
  static func diagnostic(_ source: String) -> Diagnostic? {
    do throws(Diagnostic) {
      _ = try grammar.parse(source)
      return nil
    } catch {
      return error
    }
  }

  /// The lines shown for a cell: none if it is read.
  static func errors(_ source: String) -> [String] {
    diagnostic(source)?.lines(source: source) ?? []
  }
}
