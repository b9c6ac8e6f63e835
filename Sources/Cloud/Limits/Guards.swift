/// The limits at work, as the engine asks them.
struct Guards: Sendable {
  /// Whether there are any: the only thing that a request asks when there are none.
  private(set) var isOn = false
  /// Those that a try meets before a balancer sees it, in the order of the registry.
  var door: [any Limit] = []
  /// What servers do with those that waited too long.
  var shed: Shed?
  /// Whether there is such a thing.
  private(set) var sheds = false
  /// What decides about retries.
  var budget: (any RetryBudget)?
  /// Whether one of them asks how many tries wait.
  private(set) var countsWaiting = false

  /// All of them.
  var all: [any Limit] { door + (shed.map { [$0] } ?? []) + (budget.map { [$0] } ?? []) }

  /// Guards that are these limits, with what they know.
  init(_ limits: [any Limit] = []) {
    for limit in limits {
      if let budget = limit as? any RetryBudget {
        self.budget = budget
      } else if let shed = limit as? Shed {
        self.shed = shed
        sheds = true
      } else {
        door.append(limit)
      }
    }
    isOn = !limits.isEmpty
    countsWaiting = limits.contains { $0 is Breaker }
  }
}
