public import Simulation

/// Lets in by priority: the longer requests wait, the more of the least important are turned away.
public struct PriorityAdmission: Limit {
  /// The name it is typed by.
  public static let name = "priority"
  /// What it does, in a sentence.
  public static let summary = "The least important are turned away first when many wait."
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: """
      After each window: if the mean wait of what was served is above target, as many are let in \
      as decrease less than were, else increase more, at least one either way; in the order of \
      their load's --priority, then of 128 shares by key or number. A window ends after 2000 tries \
      at the latest.
      """,
    source: """
      DAGOR, Overload Control for Scaling WeChat Microservices (SoCC 2018), algorithm 1: 20ms, 1s \
      or 2000 requests, 5%, 1%. Our target is for requests of 100ms.
      """,
    ties: "A client keeps its share: a retry meets the same answer. No draws.",
    failure: "At a sudden wall it closes by a twentieth a second, while the queue grows.",
    lesson: "22")
  /// What can be set.
  public static var parameters: [Parameter<Self>] {
    [
      Parameter("target", \.target, .duration(0...86_400), "The mean wait that may be."),
      Parameter("window", \.window, .duration(1e-3...86_400), "Time between adjustments."),
      Parameter("decrease", \.decrease, .ratio(0...1), "How many fewer when it is longer."),
      Parameter("increase", \.increase, .ratio(0...1), "How many more when it is not."),
    ]
  }
  /// What it is about.
  public static var kind: LimitKind { .priority }
  /// Why a request is turned away.
  public static var refusal: Refusal { .unimportant }

  /// The mean wait that may be, in seconds.
  public var target = 0.1
  /// Seconds between adjustments.
  public var window = 1.0
  /// The share fewer when waits are longer.
  public var decrease = 0.05
  /// The share more when they are not.
  public var increase = 0.01
  private static let shares = 128
  private static let most = 2000
  /// By place, that is priority × 128 + share, the tries of this window.
  private var counts: [Int] = []
  /// The last place that is let in; nil for all.
  private var last: Int?
  private var arrived = 0
  private var admitted = 0
  private var waited: Int64 = 0
  private var served: Int64 = 0
  private var end = Instant.zero

  /// A tenth of a second may be waited.
  public init() {}

  /// The first window begins.
  public mutating func begin(open: Int, at now: Instant) { end = now + Duration(seconds: window) }

  /// The wait counts.
  public mutating func heard(wait: Duration, at now: Instant) {
    waited = waited.addingClamped(max(0, wait.nanoseconds))
    served += 1
  }

  /// Whether the place of the try is among those that are let in.
  public mutating func admits(_ applicant: Applicant, among crowd: Crowd) -> Bool {
    let request = applicant.request
    if request.time >= end || arrived >= Self.most { adjust(at: request.time) }
    let client =
      request.key == Request.noKey
      ? request.id.number : UInt64(bitPattern: Int64(request.key))
    let share = Int(Hash.mix(client) % UInt64(Self.shares))
    let place = min(max(0, applicant.priority), 1000) * Self.shares + share
    if counts.count <= place {
      counts.append(contentsOf: repeatElement(0, count: place + 1 - counts.count))
    }
    counts[place] += 1
    arrived += 1
    guard last.map({ place <= $0 }) ?? true else { return false }
    admitted += 1
    return true
  }

  private mutating func adjust(at now: Instant) {
    let isLate = served > 0 && Double(waited) / Double(served) > target * 1e9
    let before = Double(admitted)
    let wanted =
      isLate
      ? min(before - 1, before * (1 - decrease)) : max(before + 1, before * (1 + increase))
    var sum = 0
    last = counts.firstIndex { count in
      sum += count
      return Double(sum) > wanted
    }
    // The place that is too many is out; the first one is always let in.
    last = last.map { max(0, $0 - 1) }
    for place in counts.indices { counts[place] = 0 }
    (arrived, admitted, waited, served) = (0, 0, 0, 0)
    end = now + Duration(seconds: window)
  }
}
