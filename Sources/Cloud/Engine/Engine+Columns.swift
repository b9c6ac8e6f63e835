extension Engine {
  /// Lends the columns to a body as raw pointers, without copying them.
  ///
  /// The arrays are moved out of the engine meanwhile, so the body may change everything else.
  @inline(__always)
  mutating func withColumns<Result>(
    _ body: (inout Engine, Columns) -> Result
  ) -> Result {
    if requests.free < 0 { requests.grow() }
    var fleet = LentFleet()
    var table = LentTable()
    fleet.exchange(with: &self)
    table.exchange(with: &self)
    defer {
      fleet.exchange(with: &self)
      table.exchange(with: &self)
    }
    return fleet.lend { rows, actives, eligible, times, numbers, winners in
      table.lend { requests, details, loads in
        body(
          &self,
          Columns(
            rows: rows.start, actives: actives.start, eligible: UnsafePointer(eligible.start),
            eligibleCount: eligible.count, times: times.start, numbers: numbers.start,
            winners: winners.start, leaves: self.fleet.finishes.leaves, requests: requests.start,
            details: details.start, loads: loads.start, loadCount: loads.count))
      }
    }
  }
}

/// The fleet's arrays while they are lent.
private struct LentFleet {
  var rows: [ServerRow] = []
  var actives: [Int32] = []
  var eligible: [Int32] = []
  var times: [Int64] = []
  var numbers: [UInt64] = []
  var winners: [Int32] = []

  @inline(__always)
  mutating func exchange(with engine: inout Engine) {
    swap(&rows, &engine.fleet.rows)
    swap(&actives, &engine.fleet.actives)
    swap(&eligible, &engine.fleet.eligible)
    swap(&times, &engine.fleet.finishes.times)
    swap(&numbers, &engine.fleet.finishes.numbers)
    swap(&winners, &engine.fleet.finishes.winners)
  }

  @inline(__always)
  mutating func lend<Result>(
    _ body: (
      UnsafeMutableBufferPointer<ServerRow>, UnsafeMutableBufferPointer<Int32>,
      UnsafeMutableBufferPointer<Int32>, UnsafeMutableBufferPointer<Int64>,
      UnsafeMutableBufferPointer<UInt64>, UnsafeMutableBufferPointer<Int32>
    ) -> Result
  ) -> Result {
    rows.withUnsafeMutableBufferPointer { rows in
      actives.withUnsafeMutableBufferPointer { actives in
        eligible.withUnsafeMutableBufferPointer { eligible in
          times.withUnsafeMutableBufferPointer { times in
            numbers.withUnsafeMutableBufferPointer { numbers in
              winners.withUnsafeMutableBufferPointer { winners in
                body(rows, actives, eligible, times, numbers, winners)
              }
            }
          }
        }
      }
    }
  }
}

/// The requests' and the loads' arrays while they are lent.
private struct LentTable {
  var requests: [RequestRow] = []
  var details: [RequestDetail] = []
  var loads: [Arrivals] = []

  @inline(__always)
  mutating func exchange(with engine: inout Engine) {
    swap(&requests, &engine.requests.rows)
    swap(&details, &engine.requests.details)
    swap(&loads, &engine.loads)
  }

  @inline(__always)
  mutating func lend<Result>(
    _ body: (
      UnsafeMutableBufferPointer<RequestRow>, UnsafeMutableBufferPointer<RequestDetail>,
      UnsafeMutableBufferPointer<Arrivals>
    ) -> Result
  ) -> Result {
    requests.withUnsafeMutableBufferPointer { requests in
      details.withUnsafeMutableBufferPointer { details in
        loads.withUnsafeMutableBufferPointer { loads in body(requests, details, loads) }
      }
    }
  }
}

extension UnsafeMutableBufferPointer {
  /// The first element's address; of an empty buffer one that is never followed.
  @inline(__always)
  fileprivate var start: UnsafeMutablePointer<Element> {
    baseAddress ?? UnsafeMutablePointer(bitPattern: MemoryLayout<Element>.alignment).unsafelyUnwrapped
  }
}
