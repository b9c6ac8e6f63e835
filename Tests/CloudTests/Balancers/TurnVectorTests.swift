import Cloud
import Simulation
import TestSupport
import Testing

/// Picks of the real programs, or of their code, when the recordings are at hand.
@Suite("Turns as recorded")
struct TurnVectorTests {
  private func cases(_ file: String, count: Int) throws -> [Recording.Case] {
    let recording = try Vectors.decode(Recording.self, from: "balancing/\(file).json")
    #expect(recording.cases.count >= count)
    return recording.cases
  }

  /// What a bench answers to the events: a name for each pick.
  private func answers(_ item: Recording.Case, _ balancer: any Balancer) throws -> [String] {
    var bench = item.bench(balancer)
    var stopped: Set<Int> = []
    var answers: [String] = []
    for event in item.events ?? [] {
      if event.kind == "pick" {
        for _ in 0..<event.times {
          bench.tried = []
          while let server = bench.choose() {
            guard stopped.contains(server) else {
              answers.append(item.servers[server].id)
              break
            }
            bench.tried.append(server)
          }
        }
        continue
      }
      let server = try #require(item.server(event.name))
      switch event.kind {
      case "maint", "drain", "down": bench.servers[server].isEligible = false
      case "ready", "up": bench.servers[server].isEligible = true
      case "weight": bench.servers[server].spec.weight = event.number
      case "stop": stopped.insert(server)
      case "start": stopped.remove(server)
      default: Issue.record("unknown event \(event.kind)")
      }
      bench.change()
    }
    return answers
  }

  @Test(
    .enabled(if: Vectors.has("balancing/haproxy_roundrobin.json"), "\(Vectors.missing)"),
    arguments: [("haproxy_roundrobin", 13), ("haproxy_roundrobin_traces", 2)])
  func `roundrobin of HAProxy`(_ file: String, _ count: Int) throws {
    for item in try cases(file, count: count) {
      #expect(try answers(item, HAProxyRoundRobin()) == item.expected.compactMap(\.self))
    }
  }

  @Test(.enabled(if: Vectors.has("balancing/haproxy_static_rr.json"), "\(Vectors.missing)"))
  func `static-rr of HAProxy`() throws {
    for item in try cases("haproxy_static_rr", count: 13) {
      #expect(try answers(item, HAProxyStaticRoundRobin()) == item.expected.compactMap(\.self))
    }
  }

  @Test(.enabled(if: Vectors.has("balancing/haproxy_dynamic.json"), "\(Vectors.missing)"))
  func `HAProxy while servers change`() throws {
    for item in try cases("haproxy_dynamic", count: 5) {
      let isStatic = item.algorithm == "balance static-rr"
      let balancer: any Balancer = isStatic ? HAProxyStaticRoundRobin() : HAProxyRoundRobin()
      #expect(try answers(item, balancer) == item.expected.compactMap(\.self), "\(item.name)")
    }
  }

  @Test(
    .enabled(if: Vectors.has("balancing/grpc_edf_wrr.json"), "\(Vectors.missing)"))
  func `deadlines of gRPC`() throws {
    for item in try cases("grpc_edf_wrr", count: 12) {
      var balancer = GRPCWeighted()
      balancer.scheduler = .edf
      var bench = item.bench(balancer)
      let picks = bench.picks(item.expected.count)
      #expect(picks.map { item.servers[$0].id } == item.expected, "\(item.name)")
    }
  }

  @Test(.enabled(if: Vectors.has("balancing/traefik_wrr.json"), "\(Vectors.missing)"))
  func `wrr of Traefik`() throws {
    for item in try cases("traefik_wrr", count: 14) {
      if item.events == nil {
        var bench = item.bench(TraefikWeighted())
        let picks = bench.picks(item.expected.count)
        #expect(picks.map { item.servers[$0].id } == item.expected, "\(item.name)")
      } else {
        #expect(try answers(item, TraefikWeighted()) == item.expected, "\(item.name)")
      }
    }
  }

  @Test(.enabled(if: Vectors.has("balancing/apache_byrequests.json"), "\(Vectors.missing)"))
  func `byrequests of Apache`() throws {
    for item in try cases("apache_byrequests", count: 6) {
      #expect(try answers(item, ApacheByRequests()) == item.expected, "\(item.name)")
    }
  }

  @Test(.enabled(if: Vectors.has("balancing/apache_bybusyness.json"), "\(Vectors.missing)"))
  func `bybusyness of Apache`() throws {
    for item in try cases("apache_bybusyness", count: 4) {
      var bench = item.bench(ApacheByBusyness())
      var open: [String: Int] = [:]
      for (event, expected) in zip(item.events ?? [], item.expected) {
        if event.kind == "close" {
          bench.servers[try #require(open[event.name])].active -= 1
          continue
        }
        let server = bench.pick()
        #expect(item.servers[server].id == expected, "\(item.name) \(event.name)")
        if event.kind == "open" {
          open[event.name] = server
          bench.servers[server].active += 1
        }
      }
    }
  }
}
