import Cloud
import Simulation
import Testing

extension World {
  /// A world of so many equal servers.
  init(
    seed: UInt64 = 1, servers: Int, cpu: Int = 1, discipline: Discipline = .fifo,
    balancer: any Balancer = RoundRobin()
  ) {
    self.init(seed: seed)
    use(balancer)
    var spec = ServerSpec()
    spec.cpu = cpu
    spec.discipline = discipline
    _ = spawn(servers, spec)
  }

  /// Advances by a duration.
  mutating func run(_ duration: Duration) {
    advance(until: Stop(time: now + duration))
  }

  /// Advances event by event until an instant and tells what happened, in milliseconds.
  mutating func story(until milliseconds: Int64) -> [String] {
    let end = Instant.zero + .milliseconds(milliseconds)
    var told: [String] = []
    while true {
      let before = position
      advance(until: Stop(time: end, position: before + 1))
      guard position > before, let event = lastEvent else { return told }
      told.append("\(event.time.milliseconds) \(event.what.words)")
    }
  }

  /// The sum of all servers' slot-time in use, in nanoseconds.
  var busyNanoseconds: Double { servers.reduce(0) { $0 + ($1.busy * 1e9).rounded() } }
}

extension Instant {
  /// Whole milliseconds, or with their fraction.
  var milliseconds: String {
    nanoseconds % 1_000_000 == 0
      ? "\(nanoseconds / 1_000_000)" : "\(Double(nanoseconds) / 1e6)"
  }
}

extension Event.What {
  var words: String {
    switch self {
    case .arrived(let id, let server, let behind): "\(id.name) to \(server.name) behind \(behind)"
    case .refused(let id, let why, let server, let again):
      "\(id.name) refused by \(server?.name ?? "nobody"): \(why)\(again ? ", again" : "")"
    case .hedged(let id, let server, let behind):
      "\(id.name) copied to \(server.name) behind \(behind)"
    case .outlived(let id, let server): "\(id.name) outlived on \(server?.name ?? "nobody")"
    case .finished(let answer, let next):
      "\(answer.id.name) done\(next.map { ", then \($0.name)" } ?? "")"
        + (answer.superseded.map {
          "; \($0.id.name) \($0.waits ? "out" : "in vain") on \($0.server.name)"
        } ?? "")
    case .wasted(let id, _, let next): "\(id.name) wasted\(next.map { ", then \($0.name)" } ?? "")"
    case .dropped(let id, let server): "\(id.name) dropped by \(server.name)"
    case .timedOut(let id, _, let again): "\(id.name) timed out\(again ? ", again" : "")"
    case .waits(let id): "\(id.name) waits"
    case .given(let id, let server, let behind):
      "\(id.name) given to \(server.name) behind \(behind)"
    case .failed(let id, let server, let next, let again):
      "\(id.name) failed on \(server.name)\(again ? ", again" : "")"
        + (next.map { ", then \($0.name)" } ?? "")
    case .tended: "tended"
    case .booted(let server): "\(server.name) booted"
    case .warmed(let server): "\(server.name) warm"
    case .noticed(let server, let active): "\(server.name) noticed with \(active)"
    case .crashed(let server, let lost): "\(server.name) crashed, \(lost) lost"
    case .repaired(let server): "\(server.name) repaired"
    case .prepared(let server): "\(server.name) prepared"
    case .faultBegan(let number, _, let servers, let lost):
      "f\(number) on \(servers.map(\.name).joined(separator: " ")), \(lost) lost"
    case .faultEnded(let number): "f\(number) over"
    case .left(let server, let cut): "\(server.name) left, \(cut) cut"
    case .checked(_, let change): "checked \(change)"
    }
  }
}

extension Load {
  /// So many requests, the first now, with a gap between them.
  static func requests(
    _ count: Int, gap: Duration = .zero, work: Duration, timeout: Duration? = nil, retries: Int = 0,
    name: String = "main"
  ) -> Load {
    Load(
      name: name, shape: .send(count: count, gap: gap),
      work: .constant(Double(work.nanoseconds)), timeout: timeout, retries: retries)
  }

  /// Exponential works of 100 ms at random.
  static func random(_ rate: Double, name: String = "main", timeout: Duration? = nil) -> Load {
    Load(
      name: name, shape: .poisson(perSecond: rate), work: .exponential(mean: 100e6),
      timeout: timeout)
  }
}

/// A mean of batches and its standard error.
struct Estimate {
  var mean: Double
  var error: Double

  init(_ values: [Double]) {
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    self.mean = mean
    error = (squares / (count * (count - 1))).squareRoot()
  }

  /// Whether a value is within four standard errors, which must be small enough to mean something.
  func agrees(with value: Double) -> Bool {
    abs(mean - value) < 4 * error && error < 0.02 * value
  }
}

/// Expects what changing a world gives back, which `#expect` cannot look into.
func expect<Value: Equatable>(
  _ found: Value, _ wanted: Value, sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(found == wanted, sourceLocation: sourceLocation)
}
