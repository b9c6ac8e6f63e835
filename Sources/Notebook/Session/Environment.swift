import Cloud

/// Where the names in an expression get their values.
struct Environment {
  /// What state names are about.
  var world: World
  /// What bare measurement names are about; nil before anything was measured.
  var measurement: Measurement?
  /// Runs that can be asked for by name, the latest last.
  var runs: [Run] = []

  /// The value of a name; nil while it has none.
  func value(of name: Expression.Name) -> Quantity? {
    Reference(name.text)?.value(in: self)
  }

  /// The value of a part of an expression; nil when it has none.
  func value(of node: Expression.Node) -> Quantity? {
    (try? node.value { value(of: $0) }).map { Quantity($0, node.unit) }
  }

  /// The value of an expression.
  ///
  /// - Throws: why it has none, in terms of what to do about it.
  func value(of expression: Expression) throws(Diagnostic) -> Quantity {
    do throws(Undefined) {
      return try expression.evaluate { value(of: $0) }
    } catch {
      throw missing(error)
    }
  }

  /// What to say about a value there is not.
  func missing(_ undefined: Undefined) -> Diagnostic {
    var diagnostic = undefined.diagnostic
    guard case .name(let name) = undefined.reason else { return diagnostic }
    switch Reference(name) {
    case .measured, .server(_, .measured):
      if measurement == nil {
        diagnostic.message = "\(name) has no value before something is measured"
        diagnostic.help = "run first: run 60s"
      } else {
        diagnostic.message = "\(name) has no value: nothing was measured for it"
      }
    case .server(let id, _): diagnostic.message = "there is no server \(id.name)"
    case .present, .run, nil: break
    }
    return diagnostic
  }
}

/// What a name in an expression stands for, found once and then asked often.
enum Reference: Sendable {
  /// Something that holds now.
  case present(Named<World>)
  /// Something that was measured.
  case measured(Named<Measurement>)
  /// Something that was measured in a named run.
  case run(String, Named<Measurement>)
  /// Something about a server.
  case server(ServerID, ServerReference)

  /// What is asked of a server.
  enum ServerReference: Sendable {
    /// What it is now.
    case present(Named<ServerView>)
    /// What it did while something was measured.
    case measured(Named<ServerView>)
  }

  /// Reads a name; nil when it stands for nothing.
  init?(_ text: String) {
    if let named = Vocabulary.present.first(where: { $0.entry.name == text }) {
      self = .present(named)
      return
    }
    if let named = Vocabulary.measured.first(where: { $0.entry.name == text }) {
      self = .measured(named)
      return
    }
    guard let dot = text.firstIndex(of: ".") else { return nil }
    let owner = String(text[..<dot])
    let field = String(text[text.index(after: dot)...])
    if let item = Item(owner), item.sort == .server {
      guard let named = Vocabulary.server.first(where: { $0.entry.name == field }) else {
        return nil
      }
      let id = ServerID(item.number - 1)
      let isMeasured = ["picked", "completed", "utilisation"].contains(field)
      self = .server(id, isMeasured ? .measured(named) : .present(named))
      return
    }
    guard let named = Vocabulary.measured.first(where: { $0.entry.name == field }) else {
      return nil
    }
    self = .run(owner, named)
  }

  /// Whether it asks for the bare measurement.
  var isMeasured: Bool {
    switch self {
    case .measured, .server(_, .measured): true
    case .present, .run, .server(_, .present): false
    }
  }

  /// Its value; nil while it has none.
  func value(in environment: Environment) -> Quantity? {
    switch self {
    case .present(let named): return named.value(environment.world)
    case .measured(let named): return environment.measurement.flatMap { named.value($0) }
    case .run(let name, let named):
      let runs = environment.runs
      let run = name == "last" ? runs.last : runs.last { $0.name == name }
      return run.flatMap { named.value($0.measurement) }
    case .server(let id, .present(let named)), .server(let id, .measured(let named)):
      guard let server = environment.world.server(id) else { return nil }
      let share = environment.measurement?.servers.first { $0.server.id == id }
      return named.value(ServerView(server: server, share: share))
    }
  }
}

extension State {
  /// The names that expressions may use now.
  var scope: Scope {
    Scope(
      Vocabulary.present.map(\.entry) + Vocabulary.measured.map(\.entry),
      serverFields: Vocabulary.server.map(\.entry), runs: ["last"] + runs.map(\.name))
  }

  /// The values of names now: bare measurements are of the latest run.
  var environment: Environment {
    Environment(world: world, measurement: runs.last?.measurement, runs: runs)
  }

  /// The names that can be typed in an expression, each with what it is.
  var measurementNames: [Candidate] {
    let plain = scope.entries.map { Candidate($0.name, $0.summary) }
    let ofServers = world.servers.filter { $0.state != .gone }.prefix(100).flatMap { server in
      Vocabulary.server.map { Candidate("\(server.id.name).\($0.entry.name)", $0.entry.summary) }
    }
    let ofRuns = (["last"] + runs.map(\.name)).flatMap { run in
      Vocabulary.measured.map { Candidate("\(run).\($0.entry.name)", $0.entry.summary) }
    }
    return plain + ofServers + ofRuns
  }
}

extension Quantity {
  /// The value as it is shown: rounded to what matters, and so that it can be typed back.
  var shown: String {
    switch unit {
    case .seconds: Text.seconds(value)
    case .rate: Text.rate(value)
    case .bytes: Text.bytes(value)
    case .dollars: Text.dollars(value)
    case .ratio: Text.percent(value)
    case .number:
      value == value.rounded() && abs(value) < 1e15
        ? Text.count(Int(value)) : Text.number(value)
    default: unit.isNumeric ? Text.number(value) : typed
    }
  }

  /// The value for the machine interface.
  var json: JSON {
    if let name { return .string(name) }
    return unit == .boolean ? .bool(value != 0) : .number(value)
  }
}
