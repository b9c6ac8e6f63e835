import Simulation

extension Engine {
  /// Puts limits to work; those that were and are not of the kind that is anew keep what they know.
  mutating func use(_ limits: [any Limit], anew: LimitKind?) {
    let old = guards.all
    guards = Guards(
      limits.map { limit in
        let kind = type(of: limit).kind
        if kind != anew, let known = old.first(where: { type(of: $0).kind == kind }) {
          return known
        }
        var new = limit
        new.begin(open: open, at: now)
        return new
      })
  }

  /// Why the limits turn the try at hand away; nil when they let it in.
  @inline(never)
  mutating func limit(_ slot: Int32, _ c: Columns) -> Refusal? {
    // What the balancer tries on another server is in already.
    guard tried.isEmpty else { return nil }
    let request = request(in: slot, c)
    if request.id.attempt == 1 { guards.budget?.deposit(at: request.time) }
    let priority = loads[Int(c.requests[Int(slot)].load)].load.priority
    let applicant = Applicant(request: request, priority: priority)
    let crowd = Crowd(
      open: requests.used, waiting: guards.countsWaiting ? waitingTries(c) : 0,
      servers: c.eligibleCount)
    for place in guards.door.indices where !guards.door[place].admits(applicant, among: crowd) {
      return type(of: guards.door[place]).refusal
    }
    return nil
  }

  /// Tries that wait, on servers or at the balancer; O(servers).
  private func waitingTries(_ c: Columns) -> Int {
    var count = waiting.count
    for server in 0..<c.rented {
      count += Int(c.actives[server]) - Int(c.rows[server].running)
    }
    return count
  }

  /// Lets the limits hear of a try that left its server.
  @inline(never)
  mutating func tellLimits(of row: RequestRow, isAnswered: Bool) {
    let now = now
    let wait = Duration(nanoseconds: row.start &- row.issued)
    for place in guards.door.indices { guards.door[place].heard(wait: wait, at: now) }
    if isAnswered { tellBudget(of: row, .answered) }
  }

  /// Lets the budget of retries hear how a try ended for its client.
  mutating func tellBudget(of row: RequestRow, _ outcome: Outcome) {
    let now = now
    guards.budget?.heard(outcome, isRetry: RequestID(bits: row.id).attempt > 1, at: now)
  }
}
