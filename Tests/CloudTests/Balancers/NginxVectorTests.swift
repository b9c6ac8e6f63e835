import Cloud
import TestSupport
import Testing

/// Picks recorded from a running nginx 1.22.1, when the recordings are at hand.
@Suite("As nginx picks")
struct NginxVectorTests {
  private struct Recording: Decodable {
    var cases: [Case]
  }

  private struct Case: Decodable {
    struct Server: Decodable {
      var id: String
      var weight: Double
      var down: Bool?
    }
    var name: String
    var servers: [Server]
    var events: [Event]
    var expected: [String?]

    func bench(_ balancer: any Balancer) -> Bench {
      Bench(
        balancer, active: servers.map { _ in 0 }, weights: servers.map(\.weight),
        eligible: servers.indices.filter { servers[$0].down != true })
    }
  }

  /// `{"pick": 12}`, `["open", "r1"]`, `["close", "r1"]` or `["pick", …]`.
  private struct Event: Decodable {
    var kind: String
    var request: String
    var times: Int

    init(from decoder: any Decoder) throws {
      if let counted = try? decoder.singleValueContainer().decode([String: Int].self) {
        kind = "pick"
        request = ""
        times = counted["pick"] ?? 0
      } else {
        let words = try decoder.singleValueContainer().decode([String?].self)
        kind = (words.first ?? nil) ?? ""
        request = (words.dropFirst().first ?? nil) ?? ""
        times = 1
      }
    }
  }

  @Test(.enabled(if: Vectors.has("balancing/nginx_wrr.json"), "\(Vectors.missing)"))
  func `weighted, pick by pick`() throws {
    let recording = try Vectors.decode(Recording.self, from: "balancing/nginx_wrr.json")
    #expect(recording.cases.count >= 13)
    for item in recording.cases {
      var bench = item.bench(Weighted())
      let picks = bench.picks(item.events.reduce(0) { $0 + $1.times })
      #expect(picks.map { item.servers[$0].id } == item.expected, "\(item.name)")
    }
  }

  @Test(.enabled(if: Vectors.has("balancing/nginx_least_conn.json"), "\(Vectors.missing)"))
  func `least connections, event by event`() throws {
    let recording = try Vectors.decode(Recording.self, from: "balancing/nginx_least_conn.json")
    // Servers that stop are another rule's matter: nginx's own view of their health.
    let cases = recording.cases.filter { $0.events.allSatisfy { $0.kind != "stop" } }
    #expect(cases.count >= 5)
    for item in cases {
      var bench = item.bench(LeastConnections())
      var open: [String: Int] = [:]
      for (event, expected) in zip(item.events, item.expected) {
        if event.kind == "close" {
          let server = try #require(open[event.request])
          bench.finish(server)
          continue
        }
        let server = bench.pick()
        #expect(item.servers[server].id == expected, "\(item.name) \(event.request)")
        if event.kind == "open" {
          open[event.request] = server
          bench.active[server] += 1
        }
      }
    }
  }
}
