import Cloud
import Simulation
import TestSupport
import Testing

@Suite("Outlier ejection")
struct OutlierEjectionTests {
  private let servers = (0..<10).map { ServerID($0) }

  private func second(_ seconds: Int64) -> Instant { .zero + .seconds(seconds) }

  @Test func `five errors in a row eject a server for longer each time`() {
    var ejection = OutlierEjection(servers: servers)
    let server = servers[2]
    var now = second(0)
    for length in [30, 60, 90, 120, 150, 180, 210, 240, 270, 300, 300, 300] as [Int64] {
      for _ in 0..<4 { ejection.heard(.failed, from: server, at: now) }
      ejection.heard(.answered, from: server, at: now)
      for _ in 0..<4 { ejection.heard(.failed, from: server, at: now) }
      #expect(!ejection.isEjected(server, at: now))
      ejection.heard(.failed, from: server, at: now)
      #expect(ejection.isEjected(server, at: now + .seconds(length) - .nanoseconds(1)))
      now += .seconds(length)
      #expect(!ejection.isEjected(server, at: now))
    }
  }

  @Test func `a good interval forgives one ejection`() {
    var ejection = OutlierEjection(servers: servers)
    for _ in 0..<5 { ejection.heard(.failed, from: servers[0], at: second(0)) }
    ejection.interval(at: second(30), servers: servers)
    ejection.interval(at: second(40), servers: servers)
    for _ in 0..<5 { ejection.heard(.failed, from: servers[0], at: second(41)) }
    #expect(!ejection.isEjected(servers[0], at: second(71)), "30 s again, not 60 s")
    for _ in 0..<5 { ejection.heard(.failed, from: servers[0], at: second(72)) }
    #expect(ejection.isEjected(servers[0], at: second(131)))
  }

  @Test func `a tenth of the servers at most, but a first one always`() {
    for (count, ejected) in [(3, 1), (10, 1), (19, 1), (20, 2), (29, 2), (30, 3)] {
      let servers = (0..<count).map { ServerID($0) }
      var ejection = OutlierEjection(servers: servers)
      for server in servers {
        for _ in 0..<5 { ejection.heard(.failed, from: server, at: .zero) }
      }
      #expect(servers.count { ejection.isEjected($0, at: .zero) } == ejected)
    }
  }

  private struct Outliers: Decodable {
    struct Case: Decodable {
      struct Expected: Decodable {
        var mean: Double
        var variance: Double
        var stdev: Double
        var threshold: Double
        var ejected: [Int]
      }
      var successRates: [Double]
      var stdevFactor: Double
      var expected: Expected
    }
    var cases: [Case]
  }

  @Test(.enabled(if: Vectors.has("balancing/envoy_outlier.json"), "\(Vectors.missing)"))
  func `success rates as Envoy compares them`() throws {
    let file = try Vectors.decodeSnakeCase(Outliers.self, from: "balancing/envoy_outlier.json")
    #expect(file.cases.count >= 1)
    for item in file.cases {
      let result = OutlierEjection.threshold(item.successRates, deviations: item.stdevFactor)
      #expect(result.mean == item.expected.mean)
      #expect(result.deviation == item.expected.stdev)
      #expect(result.deviation * result.deviation == item.expected.variance)
      #expect(result.threshold == item.expected.threshold)
      #expect(ejected(item.successRates) == item.expected.ejected)
    }
  }

  /// Who is ejected when each of some servers answered a percentage of 100 requests.
  private func ejected(_ rates: [Double], requests: Int = 100) -> [Int] {
    let servers = rates.indices.map { ServerID($0) }
    var ejection = OutlierEjection(servers: servers)
    for (server, rate) in zip(servers, rates) {
      // Spread evenly, so that few errors follow one another.
      for turn in 0..<requests {
        let before = (Double(turn) * rate / 100).rounded(.down)
        let isAnswered = (Double(turn + 1) * rate / 100).rounded(.down) > before
        ejection.heard(isAnswered ? .answered : .failed, from: server, at: second(1))
      }
    }
    ejection.interval(at: second(10), servers: servers)
    return rates.indices.filter { ejection.isEjected(servers[$0], at: second(10)) }
  }

  /// Source: Envoy, outlier_detection_impl_test.cc: mean 90, deviation 20, threshold 52.
  @Test func `an outlier needs five servers of a hundred requests`() {
    #expect(ejected([50, 100, 100, 100, 100]) == [0])
    #expect(ejected([50, 100, 100, 100]) == [])
    #expect(ejected([50, 100, 100, 100, 100], requests: 98) == [])
    #expect(ejected([80, 80, 80, 80, 80]) == [])
  }

  @Test func `errors of 85 percent eject, at a volume of 50`() {
    var ejection = OutlierEjection(servers: servers)
    ejection.consecutiveErrors = .max
    ejection.maxPercent = 100
    for server in servers.prefix(6) {
      for turn in 0..<60 {
        let isBad = server.index == 0 ? turn < 51 : server.index == 1 ? turn < 50 : false
        ejection.heard(isBad ? .failed : .answered, from: server, at: second(1))
      }
    }
    ejection.interval(at: second(10), servers: servers)
    #expect(servers.filter { ejection.isEjected($0, at: second(10)) } == [servers[0]])
    #expect(!ejection.isEjected(servers[0], at: second(40)))
  }
}
