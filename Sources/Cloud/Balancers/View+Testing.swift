import Simulation

extension View {
  /// Lends a view of made-up servers, so that rules can be tested without an engine.
  ///
  /// Servers are the places of the arrays; `eligible` says which of them are in the view. Weights
  /// and memory shorter than `active` are filled up with 1.
  package static func withServers<Result>(
    active: [Int], weights: [Double] = [], cpu: [Int] = [], memory: [Int] = [],
    eligible: [Int]? = nil, _ body: (borrowing View) throws -> Result
  ) rethrows -> Result {
    let rows = active.indices.map { index in
      var spec = ServerSpec()
      if index < weights.count { spec.weight = weights[index] }
      if index < cpu.count { spec.cpu = cpu[index] }
      if index < memory.count { spec.memory = memory[index] }
      return ServerRow(spec, state: .inService, now: 0)
    }
    let ids = (eligible ?? Array(active.indices)).map { Int32($0) }
    let actives = active.map { Int32($0) }
    return try ids.withUnsafeBufferPointer { ids in
      try actives.withUnsafeBufferPointer { actives in
        try rows.withUnsafeBufferPointer { rows in
          guard let ids = ids.baseAddress, let actives = actives.baseAddress,
            let rows = rows.baseAddress
          else { preconditionFailure("a view is never empty") }
          let view = View(
            count: eligible?.count ?? active.count, ids: ids, actives: actives, rows: rows)
          return try body(view)
        }
      }
    }
  }
}
