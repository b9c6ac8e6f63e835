import Cloud
import Simulation
import TestSupport
import Testing

@Suite("Reading recordings")
struct TraceReaderTests {
  private func read(_ text: String, every: Duration? = nil) throws -> Trace {
    try TraceReader.read(Array(text.utf8), every: every)
  }

  private func problem(_ text: String, every: Duration? = nil) -> TraceProblem? {
    do throws(TraceProblem) {
      _ = try TraceReader.read(Array(text.utf8), every: every)
      return nil
    } catch {
      return error
    }
  }

  @Test(arguments: [
    ("minute,requests\n0,5\n1,0\n2,7\n", Duration.minutes(1), [5, 0, 7]),
    ("minute,requests\n10,5\n", .minutes(1), [5]),
    ("Minute,Requests\r\n0,5\r\n5,6\r\n10,7", .minutes(5), [5, 6, 7]),
    ("hour_utc,requests\n0,1\n1,2\n", .hours(1), [1, 2]),
    ("second,n\n0,1\n1,2\n4,3\n", .seconds(1), [1, 2, 0, 0, 3]),
    ("day,n\n0,1\n1,2\n", .hours(24), [1, 2]),
    (
      "timestamp,value\n2014-04-10 00:04:00,94.0\n2014-04-10 00:09:00,56.0\n", .minutes(5),
      [94, 56]
    ),
    ("\u{FEFF}\"timestamp\",\"value\"\n\"2014-04-10T00:04:00Z\",\"94\"\n\n", .seconds(1), [94]),
    (
      "2016-02-28 12:00:00,1\n2016-02-29 12:00:00,2\n2016-03-02 12:00:00,3\n", .hours(24),
      [1, 2, 0, 3]
    ),
    ("2016-02-28,1\n2016-02-29,2\n", .hours(24), [1, 2]),
  ])
  func `counts`(_ text: String, _ interval: Duration, _ counts: [Int]) throws {
    #expect(try read(text) == .counts(interval: interval, counts))
  }

  @Test(arguments: [
    ("requests\n5\n6\n", [5, 6]), ("5\n6\n", [5, 6]), ("0,5\n1,6\n", [5, 6]),
    ("minute,requests\n0,5\n9,6\n", [5, 6]), ("what,requests\nmonday,5\nmonday,6\n", [5, 6]),
  ])
  func `with an interval of one's own the rows follow one another`(_ text: String, _ counts: [Int])
    throws
  {
    #expect(try read(text, every: .seconds(10)) == .counts(interval: .seconds(10), counts))
  }

  @Test(arguments: [
    ("arrival_s,context_tokens\n0.0,4808\n0.052,3180\n0.098,110\n", [Int64(0), 52, 98]),
    ("arrival_s\n10\n12\n", [0, 2000]),
    ("time_s,x\n1.5,1\n1.25,2\n", [0, 250]),
    ("1.5,1\n1e1,2\n", [0, 8500]),
    ("7\n8\n", [0, 1000]),
    ("2000-10-10 13:55:36\n2000-10-10 13:55:37.25\n", [0, 1250]),
  ])
  func `arrival times`(_ text: String, _ milliseconds: [Int64]) throws {
    #expect(try read(text) == .instants(milliseconds.map { .milliseconds($0) }))
  }

  /// Source of the first line: Apache's documentation of the Common Log Format.
  @Test func `access logs, in order of time whatever the file's`() throws {
    let log = """
      127.0.0.1 - frank [10/Oct/2000:13:55:36 -0700] "GET /apache_pb.gif HTTP/1.0" 200 2326
      127.0.0.1 - - [10/Oct/2000:20:55:38 +0000] "GET / HTTP/1.0" 200 1 "http://a/" "Mozilla [en]"
      127.0.0.1 - - [10/Oct/2000:22:25:36 +0130] "GET / HTTP/1.0" 200 1

      ::1 - - [10/Oct/2000:13:55:37 -0700] "-" 408 -
      """
    #expect(try read(log) == .instants([.zero, .zero, .seconds(1), .seconds(2)]))
  }

  @Test func `a log over the turn of a year`() throws {
    let log = "a [31/Dec/1999:23:59:59 +0000] x\na [01/Jan/2000:00:00:01 +0000] x\n"
    #expect(try read(log) == .instants([.zero, .seconds(2)]))
  }

  @Test(arguments: [
    ("", 1, "the file is empty"),
    ("\n \r\n", 1, "the file is empty"),
    ("minute,requests\n", 2, "there are no rows"),
    ("minute,requests\n0,5\n1,x\n", 3, "\"1,x\" has no number of requests"),
    ("minute,requests\n0,5\n1\n", 3, "\"1\" has no number of requests"),
    ("minute,requests\n0,5\n1,-3\n", 3, "\"1,-3\" has no number of requests"),
    ("minute,requests\n0,5\n1,2.5\n", 3, "\"1,2.5\" has no number of requests"),
    ("minute,requests\n0,5\nx,3\n", 3, "\"x,3\" has no time"),
    ("minute,requests\n0,5\n\n0,3\n", 4, "\"0,3\" is not after the row before"),
    ("minute,requests\n0,5\n1,5\n1000000000,3\n", 4, "the recording is too long"),
    (
      "minute,requests\n0,99999999999999999999\n", 2,
      "\"0,99999999999999999999\" has no number of requests"
    ),
    (
      "timestamp,value\n2014-02-29 00:00:00,1\n", 1,
      "\"timestamp,value\" does not tell how long an interval is"
    ),
    (
      "timestamp,value\n2014-02-28 00:00:00,1\n2014-02-28 24:00:00,1\n", 3,
      "\"2014-02-28 24:00:00,1\" has no time"
    ),
    ("arrival_s\n0.5\nsoon\n", 3, "\"soon\" has no time"),
    ("arrival_s\n0.5\n-1\n", 3, "\"-1\" has no time"),
    ("arrival_s\n0.5\n1e99\n", 3, "\"1e99\" has no time"),
    ("0,5\n1,6\n", 1, "\"0,5\" does not tell how long an interval is"),
    ("a [10/Oct/2000:13:55:36 -0700] x\nb\n", 2, "\"b\" has no time"),
    (
      "a [10/Oct/2000:13:55:36 -0700] x\nb [31/Feb/2000:13:55:36 -0700]\n", 2,
      "\"b [31/Feb/2000:13:55:36 …\" has no time"
    ),
  ])
  func `problems name the line`(_ text: String, _ line: Int, _ message: String) throws {
    let found = problem(text)
    let problem = try #require(found)
    #expect(problem.line == line)
    #expect(problem.message == message)
    #expect(!problem.expected.isEmpty)
  }

  @Test func `an interval of no time is a problem`() {
    #expect(problem("5\n", every: .zero)?.expected == "more than 0s")
  }

  @Test func `counts that are too large stay the largest number`() throws {
    let most = "9223372036854775807"
    #expect(try read("second,n\n0,\(most)\n1,1\n") == .counts(interval: .seconds(1), [.max, 1]))
  }

  /// Whatever the bytes, the reader answers; seeded, so that a failure can be had again.
  @Test func `garbage does not trap`() {
    var random = RandomStream(seed: 1, purpose: "test", name: "garbage")
    let pieces = [
      "minute", ",", "\n", "0", "9", ".", "-", "e", "E9", "arrival_s", "2014-04-10 00:04:00", "\"",
      "[", "]", "[10/Oct/2000:13:55:36 -0700]", "\u{FEFF}", "\r", " ", "99999999999", ":", "é",
      "\0",
    ].map { Array($0.utf8) }
    var read = 0
    for _ in 0..<4000 {
      var bytes: [UInt8] = []
      for _ in 0..<random.index(below: 20) { bytes += pieces[random.index(below: pieces.count)] }
      if random.index(below: 4) == 0 { bytes.append(UInt8(random.index(below: 256))) }
      for every in [nil, Duration.seconds(1), .max] {
        if (try? TraceReader.read(bytes, every: every)) != nil { read += 1 }
      }
    }
    #expect(read > 100)
  }
}

@Suite("Real recordings")
struct RealTraceTests {
  private static let worldCup = "../traces/worldcup98_1998-06-30_per_minute.csv"
  private static let balancer = "../traces/nab_elb_request_count_5min.csv"
  private static let inference = "../traces/azure_llm2023_code.csv"

  @Test(.enabled(if: Vectors.has(worldCup), "\(Vectors.missing)"))
  func `a day of the World Cup, by the minute`() throws {
    guard case .counts(.minutes(1), let counts) = try TraceReader.read(Vectors.bytes(Self.worldCup))
    else {
      _ = Issue.record("not counts by the minute")
      return
    }
    #expect(counts.count == 1440)
    #expect(counts.prefix(3) == [17613, 17782, 19058])
  }

  @Test(.enabled(if: Vectors.has(balancer), "\(Vectors.missing)"))
  func `a load balancer, every five minutes, with its gaps`() throws {
    guard case .counts(.minutes(5), let counts) = try TraceReader.read(Vectors.bytes(Self.balancer))
    else {
      _ = Issue.record("not counts every five minutes")
      return
    }
    // 4032 rows; eight pairs of neighbours are ten minutes apart.
    #expect(counts.count == 4040)
    #expect(counts.prefix(3) == [94, 56, 187])
  }

  @Test(.enabled(if: Vectors.has(inference), "\(Vectors.missing)"))
  func `an hour of inference, request by request`() throws {
    guard case .instants(let times) = try TraceReader.read(Vectors.bytes(Self.inference))
    else {
      _ = Issue.record("not arrival times")
      return
    }
    #expect(times.count == 8819)
    #expect(times.prefix(3) == [.zero, .milliseconds(52), .milliseconds(98)])
    #expect(times == times.sorted())
  }
}
