/// Each server's next finish, and the earliest of them: a winner tree with a leaf per server.
///
/// Finishes at the same instant are ordered by the request's number, so what is inside may change
/// without changing any result. An update costs O(log n).
struct FinishQueue: Sendable {
  /// When each server finishes its next request, in nanoseconds; `.max` when idle. One entry a leaf.
  var times: [Int64] = [.max]
  /// The number of that request.
  var numbers: [UInt64] = [.max]
  /// The winner below each node, from node 1; leaves are implied.
  var winners: [Int32] = [0, 0]
  /// Leaves: a power of two.
  var leaves = 1

  /// Makes room for a number of servers; O(n) when it doubles, else nothing.
  mutating func grow(to count: Int) {
    guard count > leaves else { return }
    var size = leaves
    while size < count { size *= 2 }
    times.append(contentsOf: repeatElement(.max, count: size - leaves))
    numbers.append(contentsOf: repeatElement(.max, count: size - leaves))
    leaves = size
    winners = [Int32](repeating: 0, count: max(2, size))
    rebuild()
  }

  private mutating func rebuild() {
    var node = leaves - 1
    while node >= 1 {
      let left = winner(at: 2 * node)
      let right = winner(at: 2 * node + 1)
      winners[node] = precedes(Int(right), Int(left)) ? right : left
      node -= 1
    }
  }

  private func winner(at node: Int) -> Int32 {
    node >= leaves ? Int32(node - leaves) : winners[node]
  }

  private func precedes(_ a: Int, _ b: Int) -> Bool {
    (times[a], numbers[a]) < (times[b], numbers[b])
  }

  /// Sets a server's next finish.
  mutating func set(_ server: Int, time: Int64, number: UInt64) {
    times.withUnsafeMutableBufferPointer { times in
      numbers.withUnsafeMutableBufferPointer { numbers in
        winners.withUnsafeMutableBufferPointer { winners in
          guard let times = times.baseAddress, let numbers = numbers.baseAddress,
            let winners = winners.baseAddress
          else { return }
          Columns.setFinish(
            server, time, number, times: times, numbers: numbers, winners: winners, leaves: leaves)
        }
      }
    }
  }
}
