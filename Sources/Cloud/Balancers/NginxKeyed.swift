import Simulation

/// What nginx's hashes share: its view of health, and that a request without a key, with 21 vain
/// looks, or to a farm of one takes its turn.
protocol NginxKeyed: Keyed {
  /// What is known of the servers.
  var peers: NginxPeers { get set }
  /// Whether a server that is taken regains a part of its effective weight.
  var regains: Bool { get }
}

extension NginxKeyed {
  /// Outcomes are how it learns.
  public static var listens: Bool { true }

  /// It finds out by itself that a server is down.
  public static var ownsHealth: Bool { true }

  /// One marked `down` keeps its share of the keys, which others then serve.
  public static var seesAside: Bool { true }

  /// Failures after which a server is left out; 0 is never.
  public var maxFails: Int {
    get { peers.maxFails }
    set { peers.maxFails = newValue }
  }

  /// Seconds for which it is left out, rounded down.
  public var failTimeout: Double {
    get { peers.failTimeout }
    set { peers.failTimeout = newValue }
  }

  /// How it finds out that a server is down.
  static var healthParameters: [Parameter<Self>] {
    [
      Parameter("max-fails", \.maxFails, in: 0...1000, "Failures that put a server out; 0: never."),
      Parameter(
        "fail-timeout", \.failTimeout, .duration(0...86_400),
        "How long a server that failed is left out."),
    ]
  }

  func takes(_ place: Int, in view: borrowing View) -> Bool { peers.isUsable(place, in: view) }

  mutating func took(_ place: Int, in view: borrowing View) {
    peers.meet(view)
    if regains { peers.regain(place, in: view) }
    peers.take(place, in: view)
  }

  func terms(_ place: Int, in view: borrowing View) -> String { peers.terms(place, in: view) }

  mutating func pickOtherwise(
    for request: borrowing Request, from view: borrowing View, using random: inout RandomStream
  ) -> Int? { peers.pick(NoCost(), turnsAlone: true, in: view) }

  func explainOtherwise(
    _ request: borrowing Request, from view: borrowing View, using random: RandomStream
  ) -> Explanation { peers.explain(NoCost(), turnsAlone: true, in: view) }

  /// Counts failures.
  public mutating func finished(
    _ request: borrowing Request, on server: ServerID, _ outcome: Outcome, after latency: Duration
  ) {
    peers.finished(request, on: server, outcome, after: latency)
  }
}

/// How often nginx looks again for a server that is usable.
let nginxTries = 20
