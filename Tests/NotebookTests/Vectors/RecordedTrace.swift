/// What a real balancer did: its servers, the events it met, and its answers.
struct RecordedTrace: Decodable {
  var name: String
  var algorithm: String?
  var options: [String]?
  var balanceFactor: Int?
  var servers: [RecordedServer]
  var events: [RecordedEvent]
  /// One for each event, or one for each request.
  var expected: [RecordedAnswer]

  private enum CodingKeys: String, CodingKey {
    case name, algorithm, options, servers, events, expected
    case balanceFactor = "hash_balance_factor"
  }
}

/// Which server a real balancer gave each key.
struct RecordedKeys: Decodable {
  var name: String
  var method: String?
  var hashType: String?
  var servers: [RecordedServer]
  var expected: [String: String]

  private enum CodingKeys: String, CodingKey {
    case name, method, servers, expected
    case hashType = "hash_type"
  }
}

/// A server of a recording, and how one rents it.
struct RecordedServer: Decodable {
  var id: String
  var weight: Double?
  var loadfactor: Double?
  var maxconn: Int?
  var maxConns: Int?
  var maxFails: Int?
  var failTimeout: Int?
  var backup: Bool?
  var down: Bool?
  var name: String?

  private enum CodingKeys: String, CodingKey {
    case id, weight, loadfactor, maxconn, backup, down, name
    case maxConns = "max_conns"
    case maxFails = "max_fails"
    case failTimeout = "fail_timeout_s"
  }

  /// Slots enough for all that is held open.
  var spawn: String {
    var line = "spawn --cpu 1000 --weight \(Self.plain(weight ?? loadfactor ?? 1))"
    if let most = maxconn ?? maxConns { line += " --maxconn \(most)" }
    if backup == true { line += " --priority 1" }
    if let name { line += " --address \(name)" }
    return line
  }

  /// A number as one types it.
  static func plain(_ number: Double) -> String {
    number == number.rounded() ? String(Int(number)) : String(number)
  }
}

/// `{"pick": 12}`, `["pick"]`, `["open", "r1"]`, `["maint", "b"]`, `["weight", "b", 3]`.
struct RecordedEvent: Decodable {
  var kind = ""
  var name = ""
  var number: Double?

  init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if let counted = try? value.decode([String: Double].self) {
      kind = "pick"
      number = counted["pick"]
      return
    }
    for field in try value.decode([Field].self) {
      switch field {
      case .text(let text): if kind.isEmpty { kind = text } else { name = text }
      case .number(let value): number = value
      }
    }
  }

  private enum Field: Decodable {
    case text(String)
    case number(Double)

    init(from decoder: any Decoder) throws {
      let value = try decoder.singleValueContainer()
      if let text = try? value.decode(String.self) {
        self = .text(text)
      } else {
        self = .number(try value.decode(Double.self))
      }
    }
  }
}

/// What came of an event.
enum RecordedAnswer: Decodable, Hashable {
  /// Nothing, or nothing yet.
  case nothing
  /// The servers a request was taken to, the last of which answered it.
  case answered([String])
  /// The servers it was taken to in vain.
  case failed([String])
  /// Requests that waited and were given to servers: number, server.
  case given([[String]])

  private struct Details: Decodable {
    var attempts: [String]?
    var status: Int?
    var dequeued: [[String]]?
  }

  init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if value.decodeNil() {
      self = .nothing
    } else if let text = try? value.decode(String.self) {
      let isError = text.hasPrefix("error")
      self = isError ? .failed([]) : .answered(text.split(separator: ">").map(String.init))
    } else {
      let details = try value.decode(Details.self)
      let attempts = details.attempts ?? []
      if let dequeued = details.dequeued {
        self = .given(dequeued)
      } else if details.status == 200 {
        self = .answered(attempts)
      } else {
        self = .failed(attempts == ["alldead"] ? [] : attempts)
      }
    }
  }
}
