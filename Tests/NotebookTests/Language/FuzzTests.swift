import Notebook
import Testing

/// Random lines made of pieces of the language, from a fixed seed.
struct FuzzTests {
  @Test(arguments: 0..<10)
  func `any line is read, or has its mistake inside it`(part: UInt64) throws {
    var chance = Fuzz(state: part)
    for _ in 0..<5000 {
      let line = chance.line(from: Self.pieces)
      let count = line.count
      do throws(Diagnostic) {
        if let call = try Specimen.grammar.parse(line) {
          for argument in call.arguments {
            #expect(argument.range.upperBound <= count, "\(line.debugDescription)")
          }
        }
      } catch {
        try check(error, line)
      }
      _ = Lexer.commands(in: line)
      for part in Specimen.grammar.highlights(line) {
        #expect(part.range.upperBound <= count, "\(line.debugDescription)")
      }
      let scalars = line.unicodeScalars.count
      let cursor = chance.below(scalars + 2)
      let completion = Specimen.grammar.complete(line, at: cursor)
      #expect((0...scalars).contains(completion.start), "\(line.debugDescription)")
      _ = Specimen.grammar.hint(line)
    }
  }

  @Test(arguments: 0..<10)
  func `any formula is read, or has its mistake inside it`(part: UInt64) throws {
    var chance = Fuzz(state: 1000 + part)
    for _ in 0..<5000 {
      let line = chance.line(from: Self.formulaPieces)
      let expression: Expression
      do throws(Diagnostic) {
        expression = try Expression(line, scope: Specimen.scope)
      } catch {
        try check(error, line)
        continue
      }
      do throws(Undefined) {
        let value = try expression.evaluate { name in
          if chance.below(9) == 0 { return nil }
          if name.text == "balancer" { return Quantity(name: "round-robin") }
          let unit = Specimen.scope.entry(name.text)?.unit
          return Quantity(Double(chance.below(3)), unit ?? .number)
        }
        #expect(value.value.isFinite)
      } catch {
        try check(error.diagnostic, line)
      }
      if let template = try? Template("a {" + line + "} b", scope: Specimen.scope) {
        _ = template.text { _ in nil }
      }
    }
  }

  @Test func `words of every Unicode plane do no harm`() throws {
    var chance = Fuzz(state: 7)
    for _ in 0..<5000 {
      var line = "spawn "
      for _ in 0..<chance.below(12) {
        let planes: [UInt32] = [0x20, 0x80, 0x300, 0x2000, 0xFE00, 0x1F300]
        let base = planes[chance.below(planes.count)]
        line.unicodeScalars.append(Unicode.Scalar(base + UInt32(chance.below(96))) ?? " ")
      }
      if let error = Specimen.diagnostic(line) { try check(error, line) }
    }
  }

  private func check(_ error: Diagnostic, _ line: String) throws {
    let range = try #require(error.range, "\(line.debugDescription): \(error.message)")
    #expect(
      0 <= range.lowerBound && range.upperBound <= line.count,
      "\(line.debugDescription): \(error.message)")
    #expect(!error.message.isEmpty)
    #expect(error.suggestion != line, "\(line.debugDescription): \(error.message)")
    #expect(error.lines(source: line, promptWidth: 7, width: 60).count <= 5)
  }

  private static let pieces =
    Specimen.specs.map(\.name) + [
      " ", " ", " ", " ", " ", " ", "  ", "\n", "\r\n", "\t", "\\\n", "\\", "#", "\"", "“", "(",
      ")",
      "[", "]", "--", "-", "–", "=", ",", "..", ":", "%", "$", "/s", "_", ".", "5", "-3", "0",
      "1e9",
      "99999999999999999999999", "20ms", "5m", "50/s", "2GiB", "2GB", "60%", "$0.04", "1_000", "s1",
      "s2..s5", "s0", "all", "r1.2", "--cpu", "--rate", "--work", "--until", "--as", "--sweep",
      "--boot=5s", "--by", "exp(100ms)", "uniform(1, 2)", "mix(99%: 10ms, 1%: 1s)", "zipf(9, 1)",
      "poisson", "closed", "weighted", "down", "json", "else", "if", "then", "by", "among",
      "balancer",
      "scaler", "mine", "least", "servers", ">", "latency.p99", "50%..90% by 10%", "1,2,3", "five",
      "é", "日本", "👩‍👩‍👧", "\u{301}", "\u{0}", "\u{7F}", "\u{FE0F}", "seconds",
    ]

  private static let formulaPieces =
    Function.allCases.map(\.rawValue) + Expression.Operator.allCases.map(\.rawValue) + [
      " ", " ", " ", " ", " ", "(", ")", ",", "..", "-", "not ", "if ", " then ", " else ", " in ",
      " and ", "true", "servers", "latency.p99", "utilisation", "rate", "balancer", "healthy",
      "round-robin", "s3.active", "rr.latency.p50", "x", "1", "0", "2.5", "300ms", "60%", "50/s",
      "2GiB", "$0.04", "$", "5mb", "1e5", "=", "!", "&&", "≤", "#", "\n", "\\", "é", "👩‍👩‍👧", "\u{301}",
      "9999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999",
    ]
}

/// A small generator of its own, so that a failing line fails everywhere.
private struct Fuzz {
  var state: UInt64

  mutating func below(_ bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ (mixed >> 31)) % UInt64(max(1, bound)))
  }

  mutating func line(from pieces: [String]) -> String {
    (0..<below(14)).map { _ in pieces[below(pieces.count)] }.joined()
  }
}
