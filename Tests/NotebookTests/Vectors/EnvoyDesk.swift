import Foundation
import Notebook
import Testing

/// A session and what its lines answer.
struct EnvoyDesk {
  var talk = Talk()

  private struct Reply: Decodable {
    struct Sent: Decodable { var server: String? }
    var requests: [Sent]?
  }

  init(_ lines: [String]) {
    for line in lines { say(line) }
  }

  mutating func say(_ line: String) {
    let answer = talk.result(of: line)
    #expect(answer.hasPrefix("{"), "\(line): \(answer)")
  }

  /// The places of the servers that a line's requests were taken to.
  mutating func servers(_ line: String) throws -> [Int] {
    let reply = try JSONDecoder().decode(Reply.self, from: Data(talk.result(of: line).utf8))
    return try #require(reply.requests, "\(line)").map {
      try #require(Int($0.server?.dropFirst() ?? ""), "\(line)") - 1
    }
  }

  mutating func picks(_ count: Int) throws -> [Int] { try servers("send \(count) --work 0s") }

  /// A server of a weight, with slots enough for all that is held open.
  static func spawn(_ weight: Double, address: String? = nil) -> String {
    "spawn --cpu 100 --weight \(RecordedServer.plain(weight))"
      + (address.map { " --address \($0)" } ?? "")
  }

  /// Another set of servers for a moment, which makes a schedule anew.
  mutating func changeFleet(_ count: inout Int) {
    count += 1
    say("spawn --cpu 100")
    // Two changes are one for the balancer unless it is told between them.
    say("health s\(count) up")
    say("stop s\(count)")
  }
}

/// Within four standard deviations; exactly where there is no chance.
func expectShare(_ count: Int, of all: Int, percent: Double, _ name: String) {
  let share = percent / 100
  let deviation = (Double(all) * share * (1 - share)).squareRoot()
  #expect(
    abs(Double(count) - Double(all) * share) <= 4 * deviation + 1e-9,
    "\(name): \(count) of \(all), not \(percent)%")
}
