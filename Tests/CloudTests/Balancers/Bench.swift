import Cloud
import Simulation

/// A balancer on a bench: made-up servers, requests that stay until they are taken off.
struct Bench {
  var balancer: any Balancer
  var active: [Int]
  var weights: [Double] = []
  var cpu: [Int] = []
  var memory: [Int] = []
  var eligible: [Int]?
  var random = RandomStream(key: 1)
  private var count: UInt64 = 0

  init(
    _ balancer: any Balancer, active: [Int], weights: [Double] = [], cpu: [Int] = [],
    memory: [Int] = [], eligible: [Int]? = nil
  ) {
    self.balancer = balancer
    self.active = active
    self.weights = weights
    self.cpu = cpu
    self.memory = memory
    self.eligible = eligible
    change()
  }

  /// Tells the balancer that the fleet changed.
  mutating func change() {
    var told = balancer
    withView { told.changed($0) }
    balancer = told
  }

  func withView<Result>(_ body: (borrowing View) -> Result) -> Result {
    View.withServers(
      active: active, weights: weights, cpu: cpu, memory: memory, eligible: eligible, body)
  }

  private var request: Request {
    Request(id: RequestID(number: count + 1), time: .zero, work: .milliseconds(100))
  }

  /// The server of the next request, by its index; the request is not counted as active.
  mutating func pick() -> Int {
    var picking = balancer
    var chance = random
    let request = request
    let server = withView { view in
      view.id(picking.pick(for: request, from: view, using: &chance)).index
    }
    balancer = picking
    random = chance
    count += 1
    return server
  }

  mutating func picks(_ count: Int) -> [Int] { (0..<count).map { _ in pick() } }

  func explain() -> Explanation {
    let request = request
    return withView { balancer.explain(request, from: $0, using: random) }
  }
}
