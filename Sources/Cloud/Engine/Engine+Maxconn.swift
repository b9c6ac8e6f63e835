/// Limits of servers that grow with the load, from `minconn` to `maxconn`.
extension Engine {
  /// Lets limits grow until so many requests are open; 0 lets everybody have its `maxconn`.
  mutating func grow(to fullconn: Int) {
    self.fullconn = max(0, fullconn)
    for server in fleet.growing {
      fleet.rows[Int(server)].maxconn = fleet.records[Int(server)].spec.mostAtOnce
    }
  }

  /// Settles the limits for so many open requests; the balancer hears of servers that have room again.
  @inline(never)
  mutating func settleLimits<B: Balancer>(_ balancer: inout B, open: Int, _ c: Columns) {
    var hasGrown = false
    for server in fleet.growing {
      let row = c.rows + Int(server)
      let active = c.actives[Int(server)]
      let most = fleet.records[Int(server)].spec.mostAtOnce(open: open, fullconn: fullconn)
      hasGrown = hasGrown || active >= row.pointee.maxconn && active < most
      row.pointee.maxconn = most
    }
    guard hasGrown, c.eligibleCount > 0 else { return }
    balancer.changed(FleetChanges(fleet.growing.map { ServerID(Int($0)) }), in: c.view(at: clock))
  }

  /// Closes servers for which requests wait, although their limits have grown: nobody passes these.
  ///
  /// Until limits are settled again. Source: HAProxy 2.6, backend.c, assign_server_and_queue.
  @inline(never)
  mutating func closeAwaited(_ c: Columns) {
    var slot = waiting.head
    while slot >= 0 {
      let q = c.requests + Int(slot)
      let server = Int(q.pointee.child)
      slot = q.pointee.next
      guard server >= 0, !q.pointee.flags.contains(.abandoned),
        fleet.records[server].spec.grows
      else { continue }
      c.rows[server].maxconn = min(c.rows[server].maxconn, c.actives[server])
    }
  }
}
