/// The language of a session at one moment: its commands and the names that exist.
public struct Grammar: Sendable {
  /// The commands, in the order they are listed.
  public var specs: [Spec]

  /// The names of a kind that exist now; nil where any name will do.
  public var names: @Sendable (NameKind) -> [Candidate]?

  /// Puts commands and live names together.
  public init(
    _ specs: [Spec], names: @escaping @Sendable (NameKind) -> [Candidate]? = { _ in nil }
  ) {
    self.specs = specs
    self.names = names
  }

  /// The command of a name.
  public func spec(_ name: String) -> Spec? { specs.first { $0.name == name } }

  /// Reads a cell of one command; nil if it is empty.
  ///
  /// Of several mistakes the first is told, but the line to try mends them all if it can.
  ///
  /// - Throws: a diagnostic whose range lies within the cell.
  public func parse(_ text: String) throws(Diagnostic) -> Call? {
    do throws(Diagnostic) {
      return try read(text)
    } catch {
      throw mended(error)
    }
  }

  private func read(_ text: String) throws(Diagnostic) -> Call? {
    guard var reader = try CommandReader(text, self) else { return nil }
    do throws(Diagnostic) {
      while !reader.isAtEnd { try reader.readNext() }
    } catch {
      // What does not close spoils the words after it, so it is the better explanation.
      let end = error.range?.upperBound ?? 0
      throw reader.problems.first { ($0.range?.lowerBound ?? end) <= end } ?? error
    }
    return try reader.finish()
  }

  /// The diagnostic with its line mended until it can be read; if that fails with its example, or as
  /// it is without one.
  private func mended(_ diagnostic: Diagnostic) -> Diagnostic {
    var line = diagnostic.suggestion
    for _ in 0..<4 {
      guard let text = line else { break }
      do throws(Diagnostic) {
        _ = try read(text)
        var mended = diagnostic
        mended.suggestion = text
        return mended
      } catch {
        line = error.suggestion
      }
    }
    var simple = diagnostic
    simple.suggestion = diagnostic.example ?? diagnostic.suggestion
    return simple
  }

  /// What is wrong with the table itself: examples and defaults that cannot be read, names given twice.
  public var flaws: [String] {
    var flaws: [String] = []
    for spec in specs {
      if specs.filter({ $0.name == spec.name }).count > 1 { flaws.append("\(spec.name) twice") }
      flaws += spec.form.flaws(in: spec.name)
      for example in spec.examples {
        do throws(Diagnostic) {
          _ = try Grammar(specs).parse(example.line)
        } catch {
          flaws.append("\(spec.name): \(example.line): \(error.message)")
        }
      }
    }
    return flaws
  }
}

extension Form {
  /// Defaults that cannot be read, and names given twice.
  fileprivate func flaws(in place: String) -> [String] {
    var flaws: [String] = []
    let parameters = positionals + options
    for parameter in parameters {
      let name = "\(place) \(parameter.name)"
      if parameters.filter({ $0.name == parameter.name }).count > 1 {
        flaws.append("\(name) twice")
      }
      if let text = parameter.defaultText, parameter.defaultArgument(at: 0..<0) == nil {
        flaws.append("\(name): default \(text)")
      }
      guard case .choice(let variants, _) = parameter.kind else { continue }
      for variant in variants { flaws += variant.form.flaws(in: "\(place) \(variant.name)") }
    }
    for name in alternatives.flatMap(\.names) where !parameters.contains(where: { $0.name == name })
    {
      flaws.append("\(place): alternative \(name)")
    }
    return flaws
  }
}

extension Parameter {
  /// The default as an argument; nil if there is none or it cannot be read.
  func defaultArgument(at range: Range<Int>) -> Argument? {
    guard let text = defaultText else { return nil }
    let word = Word(text: text, range: 0..<text.count, isQuoted: false)
    let reading = Reading(source: Source(text), word: word, label: name, names: { _ in nil })
    guard let value = try? kind.read(reading) else { return nil }
    return Argument(name, value, at: range, text: text, isDefault: true)
  }
}
