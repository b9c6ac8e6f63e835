import Cloud
import Foundation
import Simulation
import TestSupport
import Testing

/// What Envoy's own tests expect of its least request, when they are at hand.
@Suite("As Envoy's least request picks")
struct EnvoyVectorTests {
  private struct Recording: Decodable {
    var cases: [Case]
  }

  private struct Case: Decodable {
    struct Server: Decodable { var weight: Double }
    var name: String
    var servers: [Server]?
    var activeRequestBias: Double?
    var activeRequestBiasConfigured: Bool?
    var aggression: Double?
    var slowStartWindowS: Double?
    var minWeightPercent: Double?
    var choiceCount: Int?
    var selection: String?
    var active: [Int]?
    var picks: Int?
    var expectedShare: [String: Double]?
    var tolerance: Double?
    var events: [Event]?
  }

  private struct Event: Decodable {
    var active: [Int]?
    var activePlusPending: [Int]?
    var builtWithActive: [Int]?
    var secondsInSlowStart: [Double?]?
    var aggression: Double?
    var activeRequestBias: Double?
    var choiceCount: Int?
    var random: [Int]?
    var picks: Int?
    var expected: Picks?
    var expectedHost1About: Int?
    var tolerance: Int?
  }

  private struct Picks: Decodable {
    var servers: [Int]

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let one = try? container.decode(Int.self) {
        servers = [one]
      } else {
        servers = try container.decode([Int].self)
      }
    }
  }

  private func balancer(_ item: Case, _ event: Event) -> EnvoyLeastRequest {
    var balancer = EnvoyLeastRequest()
    if let bias = event.activeRequestBias ?? item.activeRequestBias, bias != 1 {
      balancer.activeRequestBias = bias
    }
    if item.activeRequestBiasConfigured == true { balancer.activeRequestBias = 1 }
    if let choices = event.choiceCount ?? item.choiceCount { balancer.choices = choices }
    if item.selection == "FULL_SCAN" { balancer.selection = .fullScan }
    return balancer
  }

  /// A stream whose next draws below the number of servers are these.
  private func stream(_ draws: [Int], below count: Int) throws -> RandomStream {
    for key in 0..<1_000_000 as Range<UInt64> {
      var stream = RandomStream(key: key)
      if draws.allSatisfy({ stream.index(below: count) == $0 % count }) {
        return RandomStream(key: key)
      }
    }
    throw StreamNotFound()
  }

  private struct StreamNotFound: Error {}

  /// The weight of a server that has been in slow start for so long.
  private func factor(_ item: Case, _ event: Event, _ seconds: Double?) -> Double {
    guard let seconds, let window = item.slowStartWindowS else { return 1 }
    let aggression = event.aggression ?? item.aggression ?? 1
    let share = Elementary.pow(max(seconds, 1e-3) / window, 1 / aggression)
    return min(1, max(share, (item.minWeightPercent ?? 10) / 100))
  }

  @Test(.enabled(if: Vectors.has("balancing/envoy_least_request.json"), "\(Vectors.missing)"))
  func `least request, pick by pick`() throws {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let bytes = try Vectors.bytes("balancing/envoy_least_request.json")
    let recording = try decoder.decode(Recording.self, from: Data(bytes))
    #expect(recording.cases.count >= 10)
    var compared = 0
    for item in recording.cases {
      if let shares = item.expectedShare {
        expectShares(item, shares)
        compared += 1
        continue
      }
      let events = item.events ?? []
      let weights = item.servers?.map(\.weight)
      var bench: Bench?
      for event in events {
        let built = event.builtWithActive
        let active = event.active ?? event.activePlusPending ?? built ?? []
        let factors = event.secondsInSlowStart?.map { factor(item, event, $0) }
        // A schedule carries on from event to event unless its hosts change.
        if bench == nil || factors != nil || event.random != nil {
          bench = Bench(
            balancer(item, event), active: built ?? active, weights: factors ?? weights ?? [])
        }
        guard var playing = bench else { continue }
        playing.active = active
        // The first number chooses the priority level.
        if let random = event.random {
          playing.random = try stream(Array(random.dropFirst()), below: active.count)
        }
        if let expected = event.expected?.servers {
          #expect(playing.picks(expected.count) == expected, "\(item.name)")
          if let random = event.random {
            let limit = event.choiceCount ?? item.choiceCount ?? 2
            #expect(Int(playing.random.counter) == limit && random.count > limit, "\(item.name)")
          }
          compared += 1
        }
        if let about = event.expectedHost1About, let picks = event.picks {
          let count = playing.picks(picks).count { $0 == 1 }
          #expect(abs(count - about) <= event.tolerance ?? 0)
          compared += 1
        }
        bench = playing
      }
    }
    #expect(compared >= 18)
  }

  /// A hundredth of the picks, so within four standard deviations.
  private func expectShares(_ item: Case, _ shares: [String: Double]) {
    var event = Event()
    event.active = item.active
    let picks = (item.picks ?? 0) / 100
    var bench = Bench(balancer(item, event), active: item.active ?? [])
    var counts: [String: Int] = [:]
    for server in bench.picks(picks) { counts["\(server)", default: 0] += 1 }
    #expect(Set(counts.keys) == Set(shares.keys))
    for (server, share) in shares {
      let deviation = (Double(picks) * share * (1 - share)).squareRoot()
      #expect(abs(Double(counts[server] ?? 0) - Double(picks) * share) < 4 * deviation)
    }
  }
}
