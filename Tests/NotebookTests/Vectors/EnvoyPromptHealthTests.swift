import Foundation
import Notebook
import Simulation
import TestSupport
import Testing

/// Loads of priorities and outliers that Envoy's own tests expect, typed at the prompt.
@Suite("Envoy's health at the prompt")
struct EnvoyPromptHealthTests {
  private struct Recordings<Case: Decodable>: Decodable { var cases: [Case] }

  private struct Priorities: Decodable {
    struct Level: Decodable {
      var hosts: Int
      var healthy: Int
      var degraded: Int
      var excluded: Int
    }
    struct Loads: Decodable {
      var healthyLoad: [Double]
      var degradedLoad: [Double]?
    }

    var name: String
    var priorities: [Level]?
    var overprovisioningFactor: Int?
    var panicThreshold: Int?
    var expected: Loads?
  }

  /// Unhealthy hosts are those that were killed and that checks have found out.
  @Test(.enabled(if: Vectors.has("balancing/envoy_priority_panic.json"), "\(Vectors.missing)"))
  func `priorities, panic and degraded hosts`() throws {
    let file = try Vectors.decodeSnakeCase(
      Recordings<Priorities>.self, from: "balancing/envoy_priority_panic.json")
    var compared = 0
    for item in file.cases {
      guard let levels = item.priorities, let loads = item.expected,
        item.overprovisioningFactor == 140, levels.allSatisfy({ $0.excluded == 0 })
      else { continue }
      var lines = [
        "balance random --panic \(item.panicThreshold ?? 50)", "health checks --inter 1s --fall 1",
      ]
      var places: [(level: Int, isDegraded: Bool)] = []
      var dead: [Int] = []
      for (level, hosts) in levels.enumerated() where hosts.hosts > 0 {
        lines.append("spawn \(hosts.hosts) --cpu 100 --priority \(level)")
        for host in 0..<hosts.hosts {
          let isDegraded = (hosts.healthy..<hosts.healthy + hosts.degraded).contains(host)
          places.append((level, isDegraded))
          if isDegraded { lines.append("health s\(places.count) degraded") }
          if host >= hosts.healthy + hosts.degraded { dead.append(places.count) }
        }
      }
      if !dead.isEmpty { lines.append("kill " + dead.map { "s\($0)" }.joined(separator: " ")) }
      var desk = EnvoyDesk(lines + ["run 2s"])
      let picks = try desk.picks(600)
      let degraded = loads.degradedLoad ?? levels.map { _ in 0 }
      // In panic the load of a level is for all of its hosts.
      let isTotal = degraded.allSatisfy { $0 == 0 }
      for level in levels.indices {
        let met = picks.filter { places[$0].level == level }
        let poor = isTotal ? 0 : met.count { places[$0].isDegraded }
        expectShare(
          met.count - poor, of: picks.count, percent: loads.healthyLoad[level], item.name)
        expectShare(poor, of: picks.count, percent: degraded[level], item.name)
      }
      compared += 1
    }
    #expect(compared >= 24)
  }

  private struct Outlier: Decodable {
    struct Expected: Decodable { var ejected: [Int] }
    var successRates: [Double]
    var expected: Expected
  }

  @Test(.enabled(if: Vectors.has("balancing/envoy_outlier.json"), "\(Vectors.missing)"))
  func `outliers by success rate`() throws {
    let file = try Vectors.decodeSnakeCase(
      Recordings<Outlier>.self, from: "balancing/envoy_outlier.json")
    for item in file.cases {
      var lines = [
        "spawn \(item.successRates.count) --cpu 100", "balance round-robin",
        "health outliers --consecutive 1000000",
      ]
      for (place, rate) in item.successRates.enumerated() where rate < 100 {
        lines.append("fault s\(place + 1) --errors \(RecordedServer.plain(100 - rate))%")
      }
      var desk = EnvoyDesk(lines + ["load constant 100/s --work 0s", "run 11s", "load off"])
      let picked = Set(try desk.picks(50))
      let ejected = Set(item.expected.ejected)
      #expect(picked == Set(item.successRates.indices).subtracting(ejected))
    }
    #expect(!file.cases.isEmpty)
  }
}
