/// Tries that failed and are sent again at once, in order.
struct RetryQueue: Sendable {
  struct Retry: BitwiseCopyable, Sendable {
    var time: Int64
    var id: UInt64
    var arrival: Int64
    var work: Int64
    var load: UInt16
    var detail: RequestDetail
  }

  private var retries: [Retry] = []
  private var head = 0

  var first: Retry? { head < retries.count ? retries[head] : nil }

  mutating func append(_ retry: Retry) { retries.append(retry) }

  mutating func removeFirst() {
    head += 1
    if head == retries.count {
      retries.removeAll(keepingCapacity: true)
      head = 0
    }
  }
}
