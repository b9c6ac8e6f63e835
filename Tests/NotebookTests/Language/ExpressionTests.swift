import Notebook
import Testing

struct ExpressionTests {
  private static let values: [String: Quantity] = [
    "servers": Quantity(4), "latency.p99": Quantity(0.4, .seconds),
    "latency.p50": Quantity(0.1, .seconds), "utilisation": Quantity(0.7, .ratio),
    "rate": Quantity(50, .rate), "failed": Quantity(0), "completed": Quantity(0),
    "memory": Quantity(1024, .bytes), "cost.total": Quantity(2, .dollars),
    "balancer": Quantity(name: "two-choices"), "healthy": Quantity(true),
    "rr.latency.p99": Quantity(0.8, .seconds), "s3.active": Quantity(9),
  ]

  private func value(_ source: String) throws -> Quantity {
    try Expression(source, scope: Specimen.scope).evaluate { Self.values[$0.text] }
  }

  @Test(arguments: [
    ("1 + 2 * 3", Quantity(7)), ("(1 + 2) * 3", Quantity(9)), ("10 - 4 - 3", Quantity(3)),
    ("24 / 4 / 2", Quantity(3)), ("-2 + 5", Quantity(3)), ("2 - -3", Quantity(5)),
    ("3-1", Quantity(2)), ("-(2 + 3) * 2", Quantity(-10)), ("1_000 * 2", Quantity(2000)),
    ("servers * 2", Quantity(8)), ("300ms", Quantity(0.3, .seconds)),
    ("1m + 1s", Quantity(61, .seconds)),
    ("latency.p99 - latency.p50", Quantity(0.4 - 0.1, .seconds)),
    ("rate * latency.p99", Quantity(20)), ("servers / rate", Quantity(0.08, .seconds)),
    ("servers / 2s", Quantity(2, .rate)), ("rate / 20/s", Quantity(2.5)),
    ("10/servers", Quantity(2.5)), ("10/s", Quantity(10, .rate)), ("60/m", Quantity(1, .rate)),
    ("latency.p99 / latency.p50", Quantity(0.4 / 0.1)), ("60%", Quantity(0.6, .ratio)),
    ("1 - utilisation", Quantity(1 - 0.7, .ratio)), ("50% * 4s", Quantity(2, .seconds)),
    ("50% * 50%", Quantity(0.25, .ratio)), ("$3 / 2", Quantity(1.5, .dollars)),
    ("2KiB", Quantity(2048, .bytes)), ("sqrt(latency.p99 * latency.p99)", Quantity(0.4, .seconds)),
    ("min(servers, 2, 3)", Quantity(2)), ("max(1s, latency.p99)", Quantity(1, .seconds)),
    ("ceil(2.1) + floor(2.9)", Quantity(5)), ("abs(0s - 2s)", Quantity(2, .seconds)),
    ("ceil(rate / 20/s)", Quantity(3)), ("exp(0)", Quantity(1)), ("ln(1)", Quantity(0)),
    ("if servers > 3 then 1s else 2s", Quantity(1, .seconds)),
    ("if servers > 5 then 1 else if healthy then 2 else 3", Quantity(2)),
    ("1 + if healthy then 1 else 2 + 3", Quantity(2)),
    ("rr.latency.p99", Quantity(0.8, .seconds)), ("s3.active", Quantity(9)),
    ("balancer", Quantity(name: "two-choices")), ("(1 # one\n + 2)", Quantity(3)),
  ])
  func `has the value and the unit`(source: String, value: Quantity) throws {
    #expect(try self.value(source) == value)
  }

  @Test(arguments: [
    ("latency.p99 < 500ms", true), ("latency.p99 <= 400ms", true), ("latency.p99 >= 401ms", false),
    ("latency.p99 == 400ms", true), ("latency.p99 != 400ms", false), ("utilisation > 60%", true),
    ("utilisation > 0.6", true), ("servers in 2..4", true), ("servers in 5..9", false),
    ("latency.p99 in 0.4 * rr.latency.p99..0.6 * rr.latency.p99", true),
    ("balancer == two-choices", true), ("balancer != two-choices", false),
    ("balancer == round-robin or healthy", true), ("not healthy", false),
    ("not healthy or balancer == round-robin", false),
    ("not healthy and balancer == two-choices", false),
    ("balancer == round-robin or balancer == two-choices", true),
    ("balancer == two-choices and balancer != two-choices", false),
    ("false == (balancer == round-robin)", true),
    ("not servers > 5 and healthy", true), ("not (healthy and servers > 5)", true),
    ("false and true or true", true), ("true or true and false", true), ("true == healthy", true),
    ("servers in 2..4 and servers > 3", true), ("cost.total < $2.01", true),
    ("memory == 1KiB", true), ("rate > 2000/m", true), ("true or failed / completed > 1", true),
    ("false and failed / completed > 1", false),
  ])
  func `decides`(source: String, truth: Bool) throws {
    #expect(try value(source) == Quantity(truth))
    #expect(
      try Expression(source, scope: Specimen.scope).holds { Self.values[$0.text] } == truth)
  }

  @Test(arguments: [
    ("1 / (servers - 4)", Undefined(reason: .division, range: 0..<17)),
    ("2 + failed / completed", Undefined(reason: .division, range: 4..<22)),
    ("sqrt(0 - 1)", Undefined(reason: .notANumber, range: 0..<11)),
    ("ln(failed)", Undefined(reason: .notANumber, range: 0..<10)),
    ("exp(1000)", Undefined(reason: .notANumber, range: 0..<9)),
    ("exp(700) * exp(700)", Undefined(reason: .notANumber, range: 0..<19)),
    ("time > 1s", Undefined(reason: .name("time"), range: 0..<4)),
    ("last.latency.p99", Undefined(reason: .name("last.latency.p99"), range: 0..<16)),
  ])
  func `may have no value`(source: String, reason: Undefined) throws {
    #expect(throws: reason) { try value(source) }
    #expect(try Expression(source, scope: Specimen.scope).holds { Self.values[$0.text] } == false)
  }

  @Test func `a condition without a value does not hold`() throws {
    let condition = try Expression("failed / completed < 1", scope: Specimen.scope)
    #expect(condition.holds { Self.values[$0.text] } == false)
    #expect(Undefined(reason: .division, range: 0..<3).diagnostic.message == "this divides by zero")
  }

  @Test func `knows its names, its unit and its text`() throws {
    let source = "expect servers > 2 and rr.latency.p99 < 2 * latency.p99 or servers > 9 else x"
    let expression = try Expression(source, in: 7..<71, scope: Specimen.scope)
    #expect(expression.names.map(\.text) == ["servers", "rr.latency.p99", "latency.p99"])
    #expect(expression.names.map(\.index) == [0, 1, 2])
    #expect(expression.isBoolean)
    #expect(try Expression(" (1 + 2) * (3) ", scope: Specimen.scope).text == "(1 + 2) * (3)")
    #expect(expression.text == "servers > 2 and rr.latency.p99 < 2 * latency.p99 or servers > 9")
  }

  @Test(arguments: [
    0.001, 0.1, 0.5, 0.7071, 1, 1.5, 2, 2.718281828, 3, 10, 123.456, 1e6, 1e-6, 700, -700, -3.3,
    -0.2,
  ])
  func `exp and ln invert each other`(x: Double) throws {
    let scope = Scope([Scope.Entry("x", .number)])
    let there = try Expression("ln(exp(x))", scope: scope)
    let value = x > 705 ? 1 : x
    let result = try there.evaluate { _ in Quantity(value) }.value
    #expect(abs(result - value) <= 4e-16 * max(1, abs(value)))
    let squared = try Expression("exp(x) * exp(0 - x)", scope: scope)
    #expect(abs(try squared.evaluate { _ in Quantity(value) }.value - 1) < 1e-15)
  }

  @Test(arguments: [
    ("exp(1)", 2.718281828459045), ("ln(2)", 0.6931471805599453), ("ln(10)", 2.302585092994046),
    ("exp(10)", 22026.465794806718), ("ln(0.5)", -0.6931471805599453),
  ])
  func `exp and ln agree with the tables`(source: String, value: Double) throws {
    #expect(abs(try self.value(source).value / value - 1) < 4e-16)
  }

  @Test func `functions of balancers are known only where they may be called`() throws {
    let scope = Scope(
      [Scope.Entry("key", .number), Scope.Entry("id", .number), Scope.Entry("picked", .seconds)],
      functions: Function.common + [.hash, .since])
    let expression = try Expression("hash(key, id) + since(picked) / 1s", scope: scope)
    #expect(expression.unit == .number)
    #expect(throws: Undefined(reason: .balancerOnly, range: 0..<13)) {
      try expression.evaluate { _ in Quantity(1) }
    }
  }

  @Test(arguments: [5000, 100_000])
  func `a very long formula is refused, not run into the ground`(length: Int) {
    for piece in ["(", "1 + ", "- ", "not ", "if true then ", "min("] {
      let source = String(repeating: piece, count: length / piece.count) + "1"
      #expect(throws: Diagnostic.self) { try Expression(source, scope: Specimen.scope) }
    }
  }

  @Test func `a template shows values where braces are`() throws {
    let template = try Template(
      "p99 is {latency.p99}, {time} {servers + 1}!", scope: Specimen.scope)
    #expect(template.text(in: { Self.values[$0.text] }) == "p99 is 400ms, – 5!")
    #expect(throws: Diagnostic("this brace is never closed", at: 2..<3)) {
      try Template("a {servers", scope: Specimen.scope)
    }
    #expect(
      throws: Diagnostic(
        "nothing is called 'servrs'", at: 3..<9, suggestion: "a {servers}")
    ) {
      try Template("a {servrs}", scope: Specimen.scope)
    }
  }
}
