import Notebook
import Testing

/// Every kind of value, read from a line that uses it.
struct CallTests {
  private func call(_ line: String) throws -> Call {
    try #require(try Specimen.grammar.parse(line))
  }

  @Test(arguments: ["", "   ", "# nothing", "\\\n"])
  func `an empty cell is no command`(cell: String) throws {
    #expect(try Specimen.grammar.parse(cell) == nil)
  }

  @Test(arguments: [("spawn 3", 3), ("spawn 10_000", 10_000), ("spawn", 1), ("spawn 007", 7)])
  func `reads whole numbers`(line: String, count: Int) throws {
    #expect(try call(line).count("count") == count)
  }

  @Test(arguments: [
    ("0s", 0), ("1ns", 1e-9), ("20us", 20e-6), ("300ms", 0.3), ("1.5s", 1.5), ("2m", 120),
    ("1h", 3600), ("2d", 172_800), ("1_000ms", 1),
  ])
  func `reads durations in seconds`(text: String, seconds: Double) throws {
    #expect(try call("spawn --boot \(text)").duration("boot") == seconds)
  }

  @Test(arguments: [("50/s", 50), ("3000/m", 50), ("7200/h", 2), ("0.5/s", 0.5)])
  func `reads rates in events a second`(text: String, rate: Double) throws {
    #expect(try call("send 10 --rate \(text)").rate("rate") == rate)
    #expect(try call("load poisson \(text)").rate("rate") == rate)
  }

  @Test(arguments: [
    ("512B", 512), ("1KiB", 1024), ("1.5MiB", 1_572_864), ("2GiB", 2_147_483_648),
    ("1TiB", 1_099_511_627_776),
  ])
  func `reads sizes in bytes`(text: String, bytes: Double) throws {
    #expect(try call("spawn --memory \(text)").bytes("memory") == bytes)
  }

  @Test func `reads shares, money and factors`() throws {
    #expect(try call("scale resource --target 60%").ratio("target") == 0.6)
    #expect(try call("spawn --price $0.04").money("price") == 0.04)
    #expect(try call("slow s1 --factor 2.5").number("factor") == 2.5)
  }

  @Test func `reads servers one by one, in ranges, and all`() throws {
    #expect(
      try call("stop s1 s3..s5 --drain 5s all").servers("server")
        == [.range(1...1), .range(3...5), .all])
  }

  @Test(arguments: [
    ("100ms", DistributionForm.constant(0.1)),
    ("exp(100ms)", .exponential(mean: 0.1)),
    ("uniform(50ms, 150ms)", .uniform(low: 0.05, high: 0.15)),
    ("uniform(50ms,\n  150ms)", .uniform(low: 0.05, high: 0.15)),
    ("lognormal(100ms, 1.0)", .lognormal(mean: 0.1, sigma: 1)),
    ("pareto( 100ms , 1.5 )", .pareto(mean: 0.1, alpha: 1.5)),
    (
      "mix(99%: 10ms, 1%: exp(1s))",
      .mix([
        .init(share: 0.99, form: .constant(0.01)),
        .init(share: 0.01, form: .exponential(mean: 1)),
      ])
    ),
  ])
  func `reads distributions`(text: String, form: DistributionForm) throws {
    #expect(try call("send --work \(text)").distribution("work") == form)
  }

  @Test func `reads keys`() throws {
    #expect(try call("send --key uniform(1000)").keys("key") == .uniform(count: 1000))
    #expect(
      try call("send --key zipf(1_000, 1.1)").keys("key") == .zipf(count: 1000, exponent: 1.1))
  }

  @Test(arguments: [
    ("50%,80%", [Quantity(0.5, .ratio), Quantity(0.8, .ratio)]),
    ("1, 2 ,3", [Quantity(1), Quantity(2), Quantity(3)]),
    ("50%..60% by 5%", [Quantity(0.5, .ratio), Quantity(0.55, .ratio), Quantity(0.6, .ratio)]),
    ("1..6 by 2", [Quantity(1), Quantity(3), Quantity(5)]),
    ("$1,20ms", [Quantity(1, .dollars), Quantity(0.02, .seconds)]),
    ("cpu,memory", [Quantity(name: "cpu"), Quantity(name: "memory")]),
  ])
  func `reads values to go through`(text: String, values: [Quantity]) throws {
    let line = "compare a b --sweep p 7 --sweep offered \(text) --for 1s"
    let groups = try call(line).groups("sweep")
    #expect(groups.map { $0[0].value } == [.word("p"), .word("offered")])
    #expect(groups.map { $0[1].value } == [.series([Quantity(7)]), .series(values)])
  }

  @Test func `a range of values meets its last one`() throws {
    let groups = try call("compare a --sweep offered 50%..99% by 7%").groups("sweep")
    guard case .series(let values) = groups[0][1].value else { throw Mismatch() }
    #expect(values.count == 8)
    #expect(values.last == Quantity(0.99, .ratio))
  }

  @Test(arguments: [
    ("why r12", "r", 12, 1), ("why r12.3", "r", 12, 3), ("why s3", "s", 3, 1),
    ("why t4", "t", 4, 1),
  ])
  func `reads numbered things`(line: String, sort: Character, number: Int, attempt: Int) throws {
    let item = try call(line).item("what")
    #expect(item.sort.rawValue == sort)
    #expect(item.number == number)
    #expect(item.attempt == attempt)
  }

  @Test func `either kind keeps its own type`() throws {
    #expect(try call("why last").word("what") == "last")
    #expect(try call("step 5").count("amount") == 5)
    #expect(try call("step 5s").duration("amount") == 5)
  }

  @Test func `a choice brings its own values and flags`() throws {
    let load = try call("load closed 10 --think 2s --as users")
    #expect(try load.word("shape") == "closed")
    #expect(try load.count("users") == 10)
    #expect(try load.duration("think") == 2)
    #expect(try load.word("as") == "users")
    #expect(try call("balance mine").word("algorithm") == "mine")
    #expect(try call("balance two-choices").count("d") == 2)
  }

  @Test func `an optional value yields to what follows`() throws {
    #expect(try call("health down").word("state") == "down")
    #expect(try call("health s1 s2 down").servers("server").count == 2)
    #expect(try call("export out.md").word("file") == "out.md")
    #expect(try call("export out.md").word("format") == "text")
    #expect(try call("export json \"my file\"").word("file") == "my file")
  }

  @Test func `a flag may take its value after an equals sign`() throws {
    #expect(try call("spawn --boot=5s --cpu=2").duration("boot") == 5)
    #expect(try call("spawn --boot=5s --cpu=2")["boot"]?.range == 13..<15)
  }

  @Test func `defaults count as values but not as typed`() throws {
    let spawn = try call("spawn --cpu 2")
    #expect(spawn.has("memory") && !spawn.isGiven("memory"))
    #expect(spawn.isGiven("cpu"))
    #expect(!spawn.has("price"))
    #expect(try spawn.bytes("memory") == 1_073_741_824)
  }

  @Test func `keywords part formulas and texts`() throws {
    let expect = try call(
      "expect if healthy then servers > 1 else failed < 2 else it's (bad: {latency.p99} # why")
    #expect(expect["condition"]?.text == "if healthy then servers > 1 else failed < 2")
    #expect(try expect.word("message") == "it's (bad: {latency.p99}")
    let message = try expect.template("message", scope: Specimen.scope)
    #expect(message.text { _ in Quantity(1, .seconds) } == "it's (bad: 1s")
    let quoted = try call("expect healthy else \"more than {servers}\"  # why")
    #expect(try quoted.word("message") == "more than {servers}")
    #expect(
      try quoted.template("message", scope: Specimen.scope).text { _ in Quantity(3) }
        == "more than 3")
    let define = try call("define balancer me = least (servers + 1) / rate ties first among 2")
    #expect(define["cost"]?.text == "(servers + 1) / rate")
    #expect(try define.count("among") == 2)
    #expect(try define.word("ties") == "first")
    let states = try call("define balancer x = least rate with a on pick with b on finish")
    #expect(states.words("state") == ["a", "b"])
    #expect(states.words("on") == ["pick", "finish"])
    let run = try call("run --until servers >= 5 and latency.p99 > 1s --as x")
    #expect(run["until"]?.text == "servers >= 5 and latency.p99 > 1s")
    #expect(try run.condition("until", scope: Specimen.scope).isBoolean)
    let plot = try call("plot latency.p99, min(servers, 2) --histogram")
    #expect(try plot.expressions("values", scope: Specimen.scope).map(\.text).count == 2)
    #expect(plot.flag("histogram"))
  }

  @Test func `the accessors throw, with the place`() throws {
    let spawn = try call("spawn 5")
    #expect(throws: Diagnostic("spawn needs price", at: 0..<5, help: "usage: \(spawn.spec.usage)"))
    {
      try spawn.money("price")
    }
    #expect(throws: Diagnostic("count must be a duration", at: 6..<7)) {
      try spawn.duration("count")
    }
    #expect(
      spawn.mistake("too many", about: "count", try: "4")
        == Diagnostic("too many", at: 6..<7, suggestion: "spawn 4"))
    let run = try call("run --until latency.p99 --as x")
    #expect(
      throws: Diagnostic(
        "until needs a condition; 'latency.p99' is a duration", at: 12..<23,
        suggestion: "run --until latency.p99 > 0s --as x")
    ) {
      try run.condition("until", scope: Specimen.scope)
    }
  }

  @Test func `the table has no flaws, and flaws are found`() {
    #expect(Specimen.grammar.flaws == [])
    let bad = Spec(
      "bad", group: "", "",
      positionals: [
        Parameter("a", .count, "", default: "x"), Parameter("a", .count, ""),
        Parameter(
          "c", .choice([Variant("v", options: [Parameter("d", .rate, "", default: "1")])]), ""),
      ], alternatives: [Alternatives(["z"])], examples: [Example("bad --x", "")])
    #expect(
      Grammar([bad]).flaws
        == [
          "bad a twice", "bad a: default x", "bad a twice", "bad v d: default 1",
          "bad: alternative z", "bad: bad --x: bad takes no flags",
        ])
  }

  @Test(arguments: [
    Quantity(0.3, .seconds), Quantity(90, .seconds), Quantity(5400, .seconds),
    Quantity(0, .seconds),
    Quantity(50, .rate), Quantity(0.25, .rate), Quantity(0.6, .ratio), Quantity(1.2, .ratio),
    Quantity(2_147_483_648, .bytes), Quantity(1536, .bytes), Quantity(0.04, .dollars), Quantity(7),
    Quantity(1.25), Quantity(name: "round-robin"),
  ])
  func `what is typed back is the same`(quantity: Quantity) throws {
    let groups = try call("compare a --sweep p \(quantity.typed)").groups("sweep")
    #expect(groups[0][1].value == .series([quantity]))
  }

  @Test(arguments: [
    (Quantity(0.3, .seconds), "300ms"), (Quantity(90, .seconds), "90s"),
    (Quantity(120, .seconds), "2m"), (Quantity(1.5, .seconds), "1500ms"),
    (Quantity(50, .rate), "50/s"), (Quantity(0.6, .ratio), "60%"),
    (Quantity(2_147_483_648, .bytes), "2GiB"), (Quantity(0.04, .dollars), "$0.04"),
    (Quantity(true), "true"), (Quantity(1e6), "1000000"), (Quantity(1e-6), "0.000001"),
    (Quantity(-2.5e-7), "-0.00000025"),
  ])
  func `quantities are typed shortly`(quantity: Quantity, text: String) {
    #expect(quantity.typed == text)
  }
}

private struct Mismatch: Error {}
