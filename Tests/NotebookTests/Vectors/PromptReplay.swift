import Foundation
import Notebook
import Testing

/// Plays a recording at the prompt: each event is a line that is typed, each answer is read from the
/// data that the line gives.
struct PromptReplay {
  private var talk = Talk()
  private var names: [String: String] = [:]
  private var ids: [String: String] = [:]
  private var numbers: [String: String] = [:]
  private var requests: [String: String] = [:]
  private var sent = 0

  /// The servers of a recording, and the line that chooses the balancer.
  init(_ servers: [RecordedServer], _ balance: String) throws {
    for (place, server) in servers.enumerated() {
      names[server.id] = "s\(place + 1)"
      ids["s\(place + 1)"] = server.id
      _ = try say(server.spawn)
    }
    _ = try say(balance)
    for server in servers where server.down == true { try set(server.id, "down") }
  }

  /// What a line answers, in data.
  private struct Reply: Decodable {
    struct Sent: Decodable {
      var id: String
      var server: String?
      var status: String
      var tries: [String]?
    }
    struct Given: Decodable {
      var id: String
      var server: String
    }
    var requests: [Sent]?
    var given: [Given]?
  }

  private mutating func say(_ line: String) throws -> Reply {
    let text = talk.result(of: line)
    return try #require(
      try? JSONDecoder().decode(Reply.self, from: Data(text.utf8)), "\(line): \(text)")
  }

  private func server(_ id: String) throws -> String {
    try #require(names[id], "there is no server \(id)")
  }

  private mutating func set(_ id: String, _ standing: String) throws {
    _ = try say("health \(try server(id)) \(standing)")
  }

  /// Types what an event stands for; what came of it, of several requests one after another.
  ///
  /// A request that is opened has the event's name, or that as its key.
  mutating func answers(to event: RecordedEvent, byKey: Bool = false) throws -> [RecordedAnswer] {
    switch event.kind {
    case "pick":
      return try send("send \(Int(event.number ?? 1)) --work 0s")
    case "open":
      let answer = try send("send --hold" + (byKey ? " --key \(event.name)" : ""))
      numbers[event.name] = "r\(sent)"
      requests["r\(sent)"] = event.name
      return answer
    case "close":
      let number = try #require(numbers[event.name])
      let given = try say("finish \(number)").given ?? []
      let known = try given.map { next in
        [try #require(requests[next.id]), try #require(ids[next.server])]
      }
      return [known.isEmpty ? .nothing : .given(known)]
    case "maint": try set(event.name, "down")
    case "ready": try set(event.name, "up")
    case "drain": try set(event.name, "drain")
    case "weight":
      let weight = RecordedServer.plain(try #require(event.number))
      _ = try say("resize \(try server(event.name)) --weight \(weight)")
    case "stop" where requests.isEmpty: _ = try say("kill \(try server(event.name))")
    case "start": _ = try say("restart \(try server(event.name))")
    case "sleep": _ = try say("run \(try #require(event.number))s")
    default:
      // A listener that closes keeps the connections it has, which `kill` would not.
      _ = try say("fault \(try server(event.name)) --errors 100%")
    }
    return [.nothing]
  }

  /// Sends a request of a key; the server that answers.
  mutating func server(for key: String) throws -> String? {
    guard case .answered(let tried)? = try send("send --key \(key) --work 0s").first else {
      return nil
    }
    return tried.last
  }

  private mutating func send(_ line: String) throws -> [RecordedAnswer] {
    let answers = try #require(try say(line).requests)
    sent += answers.count
    return try answers.map { answer in
      let tries = answer.tries ?? answer.server.map { [$0] } ?? []
      let known = try tries.map { try #require(ids[$0]) }
      let isLost = answer.status == "failed" || answer.status == "refused"
      return isLost ? .failed(known) : known.isEmpty ? .nothing : .answered(known)
    }
  }
}
