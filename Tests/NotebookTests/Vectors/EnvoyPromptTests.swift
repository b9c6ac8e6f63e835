import Foundation
import Notebook
import Simulation
import TestSupport
import Testing

/// What Envoy's own tests expect, typed at the prompt line by line, when the files are at hand.
///
/// Left out, since a prompt cannot tell it: single draws that a test chooses (two choices with given
/// numbers), requests in service that no pick brought there while a schedule goes on, raw hashes that
/// no key is known for (sweeps of a ring, retries), bounded loads over made-up rings, hosts that
/// were not checked yet, another overprovisioning factor, and the cost of one EWMA with a made-up
/// time.
@Suite("Envoy's turns at the prompt")
struct EnvoyPromptTests {
  private struct Recordings<Case: Decodable>: Decodable { var cases: [Case] }

  private struct Turns: Decodable {
    struct Server: Decodable {
      var weight = 1.0

      private enum CodingKeys: String, CodingKey { case weight }

      init(from decoder: any Decoder) throws {
        guard let values = try? decoder.container(keyedBy: CodingKeys.self) else { return }
        weight = try values.decodeIfPresent(Double.self, forKey: .weight) ?? 1
      }
    }

    struct Event: Decodable {
      var servers: [Server]?
      var setWeight: [String: Double]?
      var tInSlowStart: Int?
      var expected: [Int]
    }

    var name: String
    var seed: Int?
    var servers: [Server]?
    var hosts: Int?
    var healthy: Int?
    var events: [Event]?
    var expected: [Int]?
    var expectedCounts: [Int]?

    private enum CodingKeys: CodingKey {
      case name, seed, servers, hosts, healthy, events, expected, expectedCounts
    }

    init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: CodingKeys.self)
      name = try values.decode(String.self, forKey: .name)
      seed = try values.decodeIfPresent(Int.self, forKey: .seed)
      servers = try values.decodeIfPresent([Server].self, forKey: .servers)
      hosts = try values.decodeIfPresent(Int.self, forKey: .hosts)
      healthy = try values.decodeIfPresent(Int.self, forKey: .healthy)
      // One case says its events in words.
      events = try? values.decodeIfPresent([Event].self, forKey: .events)
      expected = try values.decodeIfPresent([Int].self, forKey: .expected)
      expectedCounts = try values.decodeIfPresent([Int].self, forKey: .expectedCounts)
    }
  }

  @Test(.enabled(if: Vectors.has("balancing/envoy_round_robin_edf.json"), "\(Vectors.missing)"))
  func `round robin`() throws {
    let file = try Vectors.decodeSnakeCase(
      Recordings<Turns>.self, from: "balancing/envoy_round_robin_edf.json")
    #expect(file.cases.count >= 6)
    var compared = 0
    for item in file.cases {
      let spawned = item.servers?.map { EnvoyDesk.spawn($0.weight) } ?? []
      if let counts = item.expectedCounts {
        var first = counts.map { _ in 0 }
        for seed in 0..<counts.reduce(0, +) {
          var desk = EnvoyDesk(spawned + ["balance envoy.round-robin --seed \(seed)"])
          first[try desk.picks(1)[0]] += 1
        }
        #expect(first == counts, "\(item.name)")
      } else if let hosts = item.hosts, let healthy = item.healthy, let expected = item.expected {
        var desk = EnvoyDesk([
          "spawn \(hosts) --cpu 100", "balance envoy.round-robin",
          "health checks --inter 1s --fall 1", "kill s\(healthy + 1)..s\(hosts)", "run 2s",
        ])
        #expect(try desk.picks(expected.count) == expected, "\(item.name)")
      } else if let expected = item.expected {
        var desk = EnvoyDesk(spawned + ["balance envoy.round-robin --seed \(item.seed ?? 0)"])
        #expect(try desk.picks(expected.count) == expected, "\(item.name)")
      } else if item.name == "SlowStartNoWait" {
        try expectSlowStart(item, spawned)
      } else {
        var desk = EnvoyDesk([])
        for event in item.events ?? [] {
          // Another set of servers is as good as a new beginning.
          if let servers = event.servers {
            desk = EnvoyDesk(
              servers.map { EnvoyDesk.spawn($0.weight) } + ["balance envoy.round-robin"])
          }
          for (server, weight) in (event.setWeight ?? [:]).sorted(by: { $0.key < $1.key }) {
            let place = try #require(Int(server))
            desk.say("resize s\(place + 1) --weight \(RecordedServer.plain(weight))")
          }
          #expect(try desk.picks(event.expected.count) == event.expected, "\(item.name)")
        }
      }
      compared += 1
    }
    #expect(compared == file.cases.count)
  }

  private func expectSlowStart(_ item: Turns, _ spawned: [String]) throws {
    var desk = EnvoyDesk(
      spawned + [
        "balance envoy.round-robin --slow-start 60s --aggression 1", "health s2 down",
        "health s2 up",
      ])
    var servers = spawned.count
    var passed = 0
    for event in item.events ?? [] {
      let time = event.tInSlowStart ?? 61
      desk.say("run \(time - passed)s")
      passed = time
      desk.changeFleet(&servers)
      #expect(try desk.picks(event.expected.count) == event.expected, "after \(time)s")
    }
    #expect(passed == 61)
  }

  private struct LeastRequest: Decodable {
    struct Server: Decodable { var weight: Double }
    struct Event: Decodable {
      var active: [Int]?
      var builtWithActive: [Int]?
      var secondsInSlowStart: [Int?]?
      var expected: Picks?
      var picks: Int?
      var expectedHost1About: Int?
      var tolerance: Int?
    }
    struct Picks: Decodable {
      var servers: [Int]

      init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        servers = try (try? value.decode([Int].self)) ?? [value.decode(Int.self)]
      }
    }

    var name: String
    var servers: [Server]?
    var activeRequestBias: Double?
    var activeRequestBiasConfigured: Bool?
    var selection: String?
    var active: [Int]?
    var expectedShare: [String: Double]?
    var events: [Event]?
  }

  /// Servers that have so many requests, brought there by `first`, and then the rule.
  private func desk(_ active: [Int], _ weights: [Double], _ balance: String) -> EnvoyDesk {
    var lines = zip(active, weights).map { active, weight in
      EnvoyDesk.spawn(weight) + " --maxconn \(max(1, active))"
    }
    lines.append("balance first")
    for (place, held) in active.enumerated() where held > 0 {
      let others = active.indices.filter { $0 != place }.map { "s\($0 + 1)" }
      lines.append("health \(others.joined(separator: " ")) down")
      lines.append("send \(held) --hold")
      lines.append("health all up")
    }
    lines += ["resize all --maxconn unbounded", balance]
    return EnvoyDesk(lines)
  }

  @Test(.enabled(if: Vectors.has("balancing/envoy_least_request.json"), "\(Vectors.missing)"))
  func `least request`() throws {
    let file = try Vectors.decodeSnakeCase(
      Recordings<LeastRequest>.self, from: "balancing/envoy_least_request.json")
    let cases = Dictionary(grouping: file.cases, by: \.name).compactMapValues(\.first)
    let rule = "balance envoy.least-request"

    let biased = try #require(cases["WeightImbalanceWithCustomActiveRequestBias"])
    let event = try #require(biased.events?.first)
    var desk = self.desk(
      event.active ?? [], biased.servers?.map(\.weight) ?? [],
      "\(rule) --active-request-bias \(biased.activeRequestBias ?? 1)")
    let expected = try #require(event.expected?.servers)
    #expect(try desk.picks(expected.count) == expected)

    let scan = try #require(cases["FullScanOneHostWithLeastRequests"]?.events?.first)
    let active = try #require(scan.active)
    desk = self.desk(active, active.map { _ in 1 }, "\(rule) --selection full-scan")
    #expect(try desk.picks(1) == scan.expected?.servers)

    let ties = try #require(cases["FullScanTies"])
    let tied = try #require(ties.active)
    desk = self.desk(tied, tied.map { _ in 1 }, "\(rule) --selection full-scan")
    let found = try desk.picks(1200)
    for (place, _) in tied.enumerated() {
      expectShare(
        found.count { $0 == place }, of: found.count,
        percent: 100 * (ties.expectedShare?["\(place)"] ?? 0), ties.name)
    }

    let equal = try #require(cases["EqualWeightsWithActiveRequestBias"])
    let turns = try #require(equal.events?.first)
    desk = self.desk(turns.active ?? [], [1, 1], "\(rule) --active-request-bias 1")
    let second = try desk.picks(turns.picks ?? 0).count { $0 == 1 }
    let about = try #require(turns.expectedHost1About)
    #expect(abs(second - about) <= turns.tolerance ?? 0)

    let slow = try #require(cases["SlowStartNoWait"]?.events?.last)
    #expect(slow.builtWithActive == nil)
    let seconds = try #require(slow.secondsInSlowStart?.last ?? nil)
    desk = self.desk(slow.active ?? [], [1, 1], "\(rule) --slow-start 60s --aggression 1")
    for line in ["health s2 down", "health s2 up", "run \(seconds)s"] { desk.say(line) }
    var servers = 2
    desk.changeFleet(&servers)
    let picked = try #require(slow.expected?.servers)
    #expect(try desk.picks(picked.count) == picked)
  }
}
