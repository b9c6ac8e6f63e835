import TestSupport
import Testing

/// What real balancers did, typed at the prompt line by line, when the recordings are at hand.
@Suite("Recordings at the prompt")
struct PromptVectorTests {
  /// A file of recordings, how many there are at least, and what one types for each.
  struct Part: Sendable, CustomTestStringConvertible {
    let file: String
    let least: Int
    /// Whether only the server that answered was recorded.
    var onlyAnswers = false
    let balance: @Sendable (RecordedTrace) -> String

    var testDescription: String { file }
  }

  /// A file of keys, how many cases there are at least, and what one types for each.
  struct KeyPart: Sendable, CustomTestStringConvertible {
    let file: String
    let least: Int
    let balance: @Sendable (RecordedKeys) -> String

    var testDescription: String { file }
  }

  static let parts = [
    Part(file: "nginx_wrr", least: 13) { _ in "balance nginx" },
    Part(file: "nginx_wrr_failures", least: 5) { "balance nginx" + failures($0) },
    Part(file: "nginx_max_conns", least: 1) { _ in "balance nginx" },
    Part(file: "nginx_least_conn", least: 6) { "balance nginx.least-conn" + failures($0) },
    Part(file: "haproxy_roundrobin", least: 13) { _ in "balance haproxy.roundrobin" },
    Part(file: "haproxy_static_rr", least: 13) { _ in "balance haproxy.static-rr" },
    Part(file: "haproxy_roundrobin_traces", least: 2) { _ in "balance haproxy.roundrobin" },
    Part(file: "haproxy_dynamic", least: 5, onlyAnswers: true, balance: dynamic),
    Part(file: "haproxy_leastconn", least: 5) { _ in "balance haproxy.leastconn" },
    Part(file: "haproxy_leastconn_queue_traces", least: 2) { _ in "balance haproxy.leastconn" },
    Part(file: "haproxy_maxconn_queue_first", least: 3) { trace in
      "balance haproxy.\(trace.name.split(separator: "_").first ?? "")"
    },
    Part(file: "haproxy_bounded_load", least: 3) { trace in
      "balance haproxy.consistent --balance-factor \(trace.balanceFactor ?? 0)"
    },
    Part(file: "apache_byrequests", least: 6) { _ in "balance apache.byrequests" },
    Part(file: "apache_bybusyness", least: 4) { _ in "balance apache.bybusyness" },
  ]

  static let keyParts = [
    KeyPart(file: "nginx_hash", least: 4) { keys in
      "balance nginx.hash --method "
        + (keys.method?.hasSuffix("consistent") == true ? "consistent" : "plain")
    },
    KeyPart(file: "nginx_ip_hash", least: 3) { _ in "balance nginx.ip-hash" },
    KeyPart(file: "haproxy_hash", least: 11) { keys in
      let words = (keys.hashType ?? "").split(separator: " ").map(String.init)
      let rule = words.contains("consistent") ? "consistent" : "hash"
      let function = words.dropFirst().first ?? ""
      let avalanche = words.contains("avalanche") ? "on" : "off"
      return "balance haproxy.\(rule) --hash \(function) --avalanche \(avalanche)"
    },
  ]

  private struct Recordings<Case: Decodable>: Decodable { var cases: [Case] }

  @Test(
    .enabled(if: Vectors.has("balancing/nginx_wrr.json"), "\(Vectors.missing)"),
    arguments: parts)
  func `event by event`(_ part: Part) throws {
    let path = "balancing/\(part.file).json"
    let recordings = try Vectors.decode(Recordings<RecordedTrace>.self, from: path)
    #expect(recordings.cases.count >= part.least)
    for trace in recordings.cases {
      var replay = try PromptReplay(trace.servers, part.balance(trace))
      var answers: [(kind: String, answer: RecordedAnswer)] = []
      for event in trace.events {
        for answer in try replay.answers(to: event, byKey: trace.balanceFactor != nil) {
          answers.append((event.kind, answer))
        }
      }
      if trace.expected.count < answers.count {
        answers.removeAll { $0.kind != "pick" && $0.kind != "open" }
      }
      if part.onlyAnswers { answers = answers.map { ($0.kind, $0.answer.last) } }
      #expect(answers.map(\.answer) == trace.expected, "\(trace.name)")
    }
  }

  @Test(
    .enabled(if: Vectors.has("balancing/nginx_wrr.json"), "\(Vectors.missing)"),
    arguments: keyParts)
  func `key by key`(_ part: KeyPart) throws {
    let path = "balancing/\(part.file).json"
    let recordings = try Vectors.decode(Recordings<RecordedKeys>.self, from: path)
    #expect(recordings.cases.count >= part.least)
    for keys in recordings.cases {
      var replay = try PromptReplay(keys.servers, part.balance(keys))
      var wrong: [String] = []
      for (key, server) in keys.expected.sorted(by: { $0.key < $1.key }) {
        let answer = try replay.server(for: key)
        if answer != server { wrong.append("\(key): \(answer ?? "nobody"), not \(server)") }
      }
      #expect(wrong == [], "\(keys.name)")
    }
  }

  /// nginx's parameters, which are those of the first server that has any.
  private static func failures(_ trace: RecordedTrace) -> String {
    let fails = trace.servers.lazy.compactMap(\.maxFails).first
    let timeout = trace.servers.lazy.compactMap(\.failTimeout).first
    return (fails.map { " --max-fails \($0)" } ?? "")
      + (timeout.map { " --fail-timeout \($0)s" } ?? "")
  }

  private static func dynamic(_ trace: RecordedTrace) -> String {
    let rule = trace.algorithm?.split(separator: " ").last ?? ""
    let options = trace.options ?? []
    return "balance haproxy.\(rule)"
      + (options.contains("option allbackups") ? " --backups all" : "")
      + (options.contains { $0.contains("redispatch") } ? " --tries 4" : "")
  }
}

extension RecordedAnswer {
  /// The server that answered, without those tried before it.
  fileprivate var last: RecordedAnswer {
    guard case .answered(let tries) = self else { return self }
    return .answered(tries.suffix(1))
  }
}
