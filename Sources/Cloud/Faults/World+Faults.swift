extension World {
  /// The faults that are to come or go on, in order.
  public var faults: [Fault] { engine.faults.compactMap { $0 } }

  /// Lets a fault befall servers: at once, at its time, or at random from then on.
  public mutating func add(_ fault: Fault) -> Fault.Outcome { engine.add(fault, seed: seed) }

  /// Ends a fault by its number, or all of them: what it did to servers is undone as at its end.
  public mutating func endFault(_ number: Int? = nil) {
    for place in engine.faults.indices where number == nil || number == place + 1 {
      engine.endFault(place)
    }
  }
}
