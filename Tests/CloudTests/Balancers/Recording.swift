import Cloud

/// What a real balancer did: its servers, the events it met, and its answers.
struct Recording: Decodable {
  var cases: [Case]

  struct Case: Decodable {
    var name: String
    var algorithm: String?
    var servers: [RecordedServer]
    var events: [RecordedEvent]?
    var expected: [String?]

    /// A bench with the servers as they were configured.
    func bench(_ balancer: any Balancer) -> Bench { Bench(balancer, servers: servers.map(\.made)) }

    func server(_ id: String) -> Int? { servers.firstIndex { $0.id == id } }
  }
}

/// A server of a recording; numbers stand for names in some.
struct RecordedServer: Decodable {
  var id: String
  var made = ViewServer(weight: 1)
  var maxFails: Int?
  var failTimeout: Double?

  private enum CodingKeys: String, CodingKey {
    case id, weight, loadfactor, down, backup
    case maxFails = "max_fails"
    case failTimeout = "fail_timeout_s"
    case maxConns = "max_conns"
  }

  init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    id = (try? values.decode(String.self, forKey: .id)) ?? ""
    if id.isEmpty { id = String(try values.decode(Int.self, forKey: .id)) }
    let factor = try values.decodeIfPresent(Double.self, forKey: .loadfactor)
    made.spec.weight = try values.decodeIfPresent(Double.self, forKey: .weight) ?? factor ?? 1
    made.spec.maxconn = try values.decodeIfPresent(Int.self, forKey: .maxConns)
    if try values.decodeIfPresent(Bool.self, forKey: .backup) == true { made.spec.priority = 1 }
    if try values.decodeIfPresent(Bool.self, forKey: .down) == true { made.isEligible = false }
    maxFails = try values.decodeIfPresent(Int.self, forKey: .maxFails)
    failTimeout = try values.decodeIfPresent(Double.self, forKey: .failTimeout)
  }
}

/// `{"pick": 12}`, `["pick", 12]`, `["maint", "b"]`, `["weight", "b", 3]`, `["sleep", 3.6]`.
struct RecordedEvent: Decodable {
  var kind = ""
  var name = ""
  var number: Double?

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

  init(from decoder: any Decoder) throws {
    if let counted = try? decoder.singleValueContainer().decode([String: Double].self) {
      kind = "pick"
      number = counted["pick"]
      return
    }
    for field in try decoder.singleValueContainer().decode([Field].self) {
      switch field {
      case .text(let text): if kind.isEmpty { kind = text } else { name = text }
      case .number(let value): number = value
      }
    }
  }

  /// How many requests a "pick" stands for.
  var times: Int { Int(number ?? 1) }
}
