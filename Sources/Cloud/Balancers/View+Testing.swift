extension View {
  /// Lends a view of made-up servers, so that rules can be tested without an engine.
  ///
  /// Servers are the places of the arrays; `eligible` says which of them are in the view. What is
  /// missing in the shorter arrays is the default server's.
  package static func withServers<Result>(
    active: [Int], weights: [Double] = [], cpu: [Int] = [], memory: [Int] = [],
    eligible: [Int]? = nil, _ body: (borrowing View) throws -> Result
  ) rethrows -> Result {
    let ids = UnsafeMutablePointer<Int32>.allocate(capacity: max(1, active.count))
    let actives = UnsafeMutablePointer<Int32>.allocate(capacity: max(1, active.count))
    let rows = UnsafeMutablePointer<ServerRow>.allocate(capacity: max(1, active.count))
    defer {
      ids.deallocate()
      actives.deallocate()
      rows.deallocate()
    }
    for index in active.indices {
      var spec = ServerSpec()
      if index < weights.count { spec.weight = weights[index] }
      if index < cpu.count { spec.cpu = cpu[index] }
      if index < memory.count { spec.memory = memory[index] }
      rows[index] = ServerRow(spec, state: .inService, now: 0)
      actives[index] = Int32(clamping: active[index])
    }
    let places = (eligible ?? Array(active.indices)).filter(active.indices.contains)
    for (place, index) in places.enumerated() { ids[place] = Int32(index) }
    return try body(View(count: places.count, ids: ids, actives: actives, rows: rows))
  }
}
