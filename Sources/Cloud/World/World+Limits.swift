extension World {
  /// Puts a limit to work; one of the same kind ends, the others go on as they are.
  public mutating func limit(_ limit: any Limit) {
    let kind = type(of: limit).kind
    limits.removeAll { type(of: $0).kind == kind }
    limits.append(limit)
    let order = Limits.all.map { $0.name }
    func place(_ limit: any Limit) -> Int { order.firstIndex(of: type(of: limit).name) ?? 0 }
    limits.sort { place($0) < place($1) }
    engine.use(limits, anew: kind)
  }

  /// Ends a limit, or all of them; false when none of that name was at work.
  @discardableResult
  public mutating func endLimit(_ name: String?) -> Bool {
    let count = limits.count
    limits.removeAll { name == nil || type(of: $0).name == name }
    engine.use(limits, anew: nil)
    return limits.count < count
  }

  /// Puts these limits to work in place of all others; they begin anew.
  mutating func use(_ limits: [any Limit]) {
    self.limits = limits
    engine.guards = Guards()
    engine.use(limits, anew: nil)
  }
}
