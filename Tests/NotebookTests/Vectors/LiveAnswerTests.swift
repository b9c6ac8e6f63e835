import Foundation
import Notebook
import Testing

/// Telling sessions, and what running products answered to the same events.
///
/// A request is the server that answered or has it, with those tried before it; `!` after what was
/// tried in vain; `-` when it waits. `r2:s1` is a request that waited and was given to a server.
@Suite("As running products answer")
struct LiveAnswerTests {
  /// Source: recorded from nginx 1.22.1 with proxy_next_upstream error timeout http_500.
  @Test(arguments: [
    (
      "balance nginx.hash; health s2 down; send --key key0; send --key key2; send --key key5;"
        + "send --key key9; send --key key11", "s1 s1 s1 s3 s3", [3, 1, 1]
    ),
    (
      "balance nginx.hash; fault s2 --errors 100%; send --key key1; send --key key3;"
        + "send --key key6; send 3", "s2>s3 s1 s1 s1 s3 s1", [1, 1, 1]
    ),
    (
      "balance nginx; fault s1 --errors 100%; fault s2 --errors 100%; send 3;"
        + "fault s2 --errors 0%; send 3", "s1>s2! s2! ! ! ! !", [1, 1]
    ),
    (
      "balance nginx --max-fails 2; fault s1 --errors 100%; fault s2 --errors 100%;"
        + "fault s3 --errors 100%; send 3; fault s1 --errors 0%; send 4",
      "s1>s2>s3! s3>s2>s1! s1>s3! ! ! ! !", [1, 1, 1]
    ),
    (
      "balance nginx.least-conn; fault s1 --errors 100%; send 3 --hold; fault s1 --errors 0%; send 2",
      "s1>s2 s2 s2 s2 s2", [1, 1]
    ),
  ])
  func `nginx's view of health`(_ lines: String, _ answers: String, weights: [Int]) throws {
    let servers = weights.map { "spawn --cpu 100 --weight \($0)" }
    #expect(try play(servers, lines) == answers)
  }

  /// Source: recorded from HAProxy 2.6.12; maint is `health down`.
  @Test(arguments: [
    (
      "balance haproxy.hash; send --hold --key key0; send --hold --key key0;"
        + "send --hold --key key1; send --hold --key key3; send 2 --hold; finish r1; finish r3;"
        + "finish r2", "s1 - s2 - s3 - r2:s1 r6:s2 r4:s1", 3, 0
    ),
    (
      "balance haproxy.consistent; send --hold --key key0; send --hold --key key0;"
        + "send --hold --key key1; send --hold --key key2; send --hold; finish r1; finish r4",
      "s2 - s1 s3 - r2:s2 r5:s3", 3, 0
    ),
    (
      "balance haproxy.leastconn; send 4 --hold; health s1 down; health s2 down; send 3 --hold;"
        + "health s1 up; finish r1; finish r5; finish r2", "s1 s2 - - s3 s3 s3 r3:s1", 2, 2
    ),
    (
      "balance haproxy.leastconn --backups all; health s1 down; health s2 down; send 4 --hold;"
        + "health s2 up; send 2 --hold", "s3 s4 s3 s4 s2 -", 2, 2
    ),
    (
      "balance haproxy.roundrobin; health s1 down; send 4 --hold; health s1 up; finish r1; finish r2",
      "s2 - - - r2:s1 r3:s2 r4:s1", 2, 0
    ),
    (
      "balance haproxy.roundrobin; health s1 drain; send 4 --hold; health s1 up; send --hold;"
        + "finish r1; finish r2", "s2 - - - - r2:s2 r3:s2", 2, 0
    ),
    (
      "balance haproxy.leastconn; health s1 drain; send 2 --hold; health s1 up; send --hold;"
        + "finish r1; finish r3", "s2 - s1 r2:s2", 2, 0
    ),
    (
      "balance haproxy.leastconn; send 5 --hold; resize s2 --maxconn 3; finish r1",
      "s1 s2 - - - r3:s2 r4:s2 r5:s1", 2, 0
    ),
  ])
  func `HAProxy's queues`(
    _ lines: String, _ answers: String, servers: Int, backups: Int
  ) throws {
    var spawned = ["spawn \(servers) --cpu 100 --weight 1 --maxconn 1"]
    if backups > 0 { spawned.append("spawn \(backups) --cpu 100 --weight 1 --priority 1") }
    #expect(try play(spawned, lines) == answers)
  }

  /// Source: recorded from HAProxy 2.6.12, connections over TCP: the request that is over still counts
  /// when its server takes from the queue.
  @Test(arguments: [
    (
      "balance haproxy.static-rr --fullconn 5;send --hold;finish r1;send --hold;"
        + "finish r2;send 5 --hold;finish r4;finish r5;finish r7;send 2 --hold;"
        + "finish r3;finish r9;finish r8;finish r6;send 2 --hold;finish r10;"
        + "send 5 --hold;finish r12",
      "s1 s1 s1 s1 s1 - - r6:s1 r7:s1 s1 - r9:s1 s1 s1 s1 s1 - - - r14:s1 r15:s1",
      [(3, 4)]
    ),
    (
      "balance haproxy.first --fullconn 7;send 6 --hold;finish r1;finish r4;"
        + "send 4 --hold;finish r3;finish r2;send 13 --hold;finish r10;send 2 --hold",
      "s1 s2 s2 - - - r4:s1 r5:s1 - - - - r6:s2 r7:s2 r8:s2 r9:s2 r10:s2 s1 - - "
        + "- - - - - - - - - - r12:s2 - -",
      [(1, 2), (1, 5)]
    ),
    (
      "balance haproxy.leastconn --fullconn 11;send --hold;finish r1;"
        + "send 7 --hold;finish r6;send 4 --hold;finish r12;finish r7;send 3 --hold;"
        + "finish r14;send 2 --hold;finish r4;finish r16;send --hold;finish r15;"
        + "send 2 --hold;finish r2",
      "s1 s2 s3 s1 s3 s1 s3 s1 s1 s2 s3 s1 s1 s3 s2 s3 s1 s3 s2 s1",
      [(2, 6), (1, 3), (3, 6)]
    ),
    (
      "balance haproxy.leastconn --fullconn 7;send 4 --hold;finish r1;finish r3;"
        + "send --hold;finish r4;send 3 --hold;finish r5;send 2 --hold;finish r6;"
        + "send 3 --hold;finish r7;send --hold;finish r12;finish r10;finish r8;"
        + "send 2 --hold;finish r13;finish r16;send --hold;finish r2;send --hold",
      "s1 s2 s1 s2 s1 s1 s2 s2 s1 - r10:s1 - s1 - r11:s2 - r13:s1 r14:s1 s2 - "
        + "r16:s1 - r17:s2 -",
      [(2, 3), (3, 3)]
    ),
  ])
  func `HAProxy's limits that grow`(
    _ lines: String, _ answers: String, limits: [(least: Int, most: Int)]
  ) throws {
    let servers = limits.map {
      "spawn --cpu 100 --weight 1 --minconn \($0.least) --maxconn \($0.most)"
    }
    #expect(try play(servers, lines) == answers)
  }

  /// Source: recorded from HAProxy 2.6.12 over TCP and HTTP: who takes what waits when a server becomes
  /// free, comes back, or has another limit or weight.
  @Test(arguments: [
    (
      "balance haproxy.roundrobin;send 2 --hold;resize s1 --maxconn unbounded;finish r1;"
        + "send --hold;resize s1 --maxconn 1", "s1 - - r2:s1", ["--maxconn 1"]
    ),
    (
      "balance haproxy.static-rr;send 4 --hold;resize s1 --maxconn unbounded;send --hold;"
        + "resize s1 --maxconn 6", "s1 s1 s1 - - r4:s1 r5:s1", ["--maxconn 3"]
    ),
    (
      "balance haproxy.first;resize s1 --weight 0;send 3 --hold;resize s1 --weight 2",
      "s2 s2 -", ["--maxconn 4", "--maxconn 2"]
    ),
    (
      "balance haproxy.roundrobin;send 2 --hold;health s1 drain;resize s2 --maxconn 3",
      "s1 - r2:s2", ["--maxconn 1", "--priority 1"]
    ),
    (
      "balance haproxy.leastconn;send 3 --hold;health s1 drain;send --hold;finish r4",
      "s1 - - s2 r2:s2 r3:s2", ["--maxconn 1", "--maxconn 4 --priority 1"]
    ),
    (
      "balance haproxy.leastconn;health s1 down;send 2 --hold;health s1 up", "s2 - r2:s1",
      ["", "--maxconn 1"]
    ),
    (
      "balance haproxy.first;send 2 --hold;health s2 drain;send --hold;health s2 up;"
        + "send --hold;finish r2", "s1 s2 - - r3:s2 r4:s2", ["--maxconn 1", "--maxconn 4"]
    ),
    (
      "balance haproxy.first;health s1 down;send 2 --hold;health s1 up", "s2 -",
      ["", "--maxconn 1 --priority 1"]
    ),
    (
      "balance haproxy.first;send 3 --hold;health s1 down;finish r2", "s1 s1 - r3:s1",
      ["--maxconn 2 --priority 1"]
    ),
    (
      "balance haproxy.leastconn;send 4 --hold;resize s2 --maxconn 4", "s1 s1 s1 -",
      ["--maxconn 3 --priority 1", "--priority 1"]
    ),
    (
      "balance haproxy.first --fullconn 10;send 2 --hold;resize s1 --maxconn 4;send 2 --hold",
      "s1 s1 s1 s1", ["--minconn 3 --maxconn 3"]
    ),
    (
      "balance haproxy.hash --hash sdbm --fullconn 6;send 4 --hold", "s1 - - -",
      ["--minconn 1 --maxconn 3"]
    ),
    (
      "balance haproxy.consistent --hash djb2;send --hold --key k40;send --hold", "s2 -",
      ["", "--maxconn 1"]
    ),
    (
      "balance haproxy.consistent --hash crc32;send 2 --hold;health s4 drain;send --hold",
      "s3 s4 s2", ["", "", "--weight 10 --maxconn 1", ""]
    ),
    (
      "balance haproxy.hash --hash wt6 --fullconn 4;send --hold --key k0;send --hold --key k1;"
        + "send 2 --hold", "s2 - s1 s1", ["--maxconn 4", "--weight 19 --minconn 1 --maxconn 3"]
    ),
  ])
  func `HAProxy's limits, weights and backups`(
    _ lines: String, _ answers: String, servers: [String]
  ) throws {
    #expect(try play(servers.map { spawn($0) }, lines) == answers)
  }

  /// Source: recorded from HAProxy 2.6.12: turns on the ring of requests without a key.
  @Test(arguments: [
    ("--hash wt6;send 2 --hold;health s2 drain;health s2 up;send --hold", "s1 s2 s1", [5, 9]),
    (";send --hold;resize s1 --weight 1;send --hold", "s1 s1", [3, 1]),
    (";send --hold;resize s2 --weight 6;send --hold", "s2 s1", [3, 4]),
    (";send --hold;resize s2 --weight 2;send --hold", "s2 s1", [1, 10]),
    (";send --hold;health s2 down;send --hold", "s2 s4", [1, 19, 6, 14]),
    (";send --hold;health s3 down;send --hold", "s3 s1", [1, 1, 1]),
    (";send 3 --hold;health s4 down;send 2 --hold", "s2 s3 s4 s3 s2", [1, 4, 2, 4]),
    (";send --hold;resize s2 --weight 5;send 2 --hold", "s2 s2 s2", [1, 4, 1]),
    (
      ";send 2 --hold;resize s1 --weight 3;send 5 --hold", "s2 s1 s1 s1 s1 s1 s1", [1, 1]
    ),
    (";send --hold;health s2 down;health s2 up;send --hold", "s2 s1", [1, 1]),
    (
      ";health s3 drain;send 2 --hold;health s2 drain;health s3 up;send --hold", "s1 s2 s1",
      [5, 9, 6]
    ),
  ])
  func `HAProxy's turns on the ring`(
    _ lines: String, _ answers: String, weights: [Int]
  ) throws {
    let servers = weights.map { spawn("--weight \($0)") }
    #expect(try play(servers, "balance haproxy.consistent \(lines)") == answers)
  }

  /// Source: recorded from HAProxy 2.6.12: servers in maintenance count among what is active, and the
  /// sums of weights are those of the first configuration.
  @Test(arguments: [
    (
      "balance haproxy.consistent --hash crc32 --balance-factor 125; send 2 --hold --key key0;"
        + "resize s1 --weight 1; send 6 --hold --key key0; health s2 down;"
        + "send 4 --hold --key key0; health s2 up; send 3 --hold --key key0",
      "s1 s2 s3 s2 s2 s3 s3 s3 s1 s3 s3 s3 s2 s2 s2", [5, 3, 5]
    ),
    (
      "balance haproxy.consistent --balance-factor 150; send 8 --hold --key key0; health s2 down;"
        + "send 6 --hold --key key0", "s2 s1 s3 s2 s1 s3 s2 s1 s3 s3 s3 s3 s3 s1", [1, 1, 1, 1]
    ),
  ])
  func `HAProxy's bounded loads`(_ lines: String, _ answers: String, weights: [Int]) throws {
    let servers = weights.map { "spawn --cpu 100 --weight \($0)" }
    #expect(try play(servers, lines) == answers)
  }

  /// Source: Envoy, load_balancer_impl.cc and edf_scheduler.h: a host is put in with a tenth of its
  /// weight when it comes back, at 1 ÷ 0.1, and is asked for its weight again only when it was picked:
  /// after 41s of 60s it is 0.68, and 10 + 1 ÷ 0.68 is 11.5.
  @Test func `Envoy's slow start`() throws {
    let lines =
      "balance envoy.round-robin --slow-start 60s --aggression 1; health s2 down; send 1;"
      + "health s2 up; run 40s; send 13"
    let answers = "s1 s1 s1 s1 s1 s1 s1 s1 s1 s1 s2 s1 s1 s2"
    #expect(try play(["spawn 2 --cpu 100 --weight 1"], lines) == answers)
  }

  private struct Reply: Decodable {
    struct Sent: Decodable {
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

  /// A server that is never busy, of weight 1 unless told.
  private func spawn(_ options: String) -> String {
    "spawn --cpu 100 \(options.contains("--weight") ? "" : "--weight 1") \(options)"
  }

  /// What comes of lines, which `;` separates.
  private func play(_ servers: [String], _ lines: String) throws -> String {
    var talk = Talk()
    var answers: [String] = []
    for line in servers + lines.split(separator: ";").map(String.init) {
      let isSent = line.contains("send") && !line.contains("--hold")
      let text = talk.result(of: isSent ? line + " --work 0s" : line)
      let reply = try JSONDecoder().decode(Reply.self, from: Data(text.utf8))
      for request in reply.requests ?? [] {
        let tries = (request.tries ?? request.server.map { [$0] } ?? []).joined(separator: ">")
        let isLost = request.status == "failed" || request.status == "refused"
        answers.append(isLost ? tries + "!" : tries.isEmpty ? "-" : tries)
      }
      for next in reply.given ?? [] { answers.append("\(next.id):\(next.server)") }
    }
    return answers.joined(separator: " ")
  }
}
