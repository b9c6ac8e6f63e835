/// Processor sharing by virtual time: the work that each present request has received.
extension Columns {
  /// Brings slot-time and virtual time up to date.
  func settleShared(_ row: UnsafeMutablePointer<ServerRow>, now: Int64) {
    if row.pointee.running > 0 {
      row.pointee.virtual += Double(now - row.pointee.since) * sharedSpeed(row)
    }
    row.pointee.settle(now)
  }

  /// Work that each present request receives per nanosecond.
  private func sharedSpeed(_ row: UnsafeMutablePointer<ServerRow>) -> Double {
    row.pointee.speed * min(1, Double(row.pointee.cpu) / Double(row.pointee.running))
  }

  /// Adds a request to those that share the slots.
  @inline(never)
  func share(_ request: Int32, on server: Int, _ row: UnsafeMutablePointer<ServerRow>, now: Int64) {
    settleShared(row, now: now)
    row.pointee.running += 1
    let q = requests + Int(request)
    q.pointee.start = now
    let finish =
      q.pointee.flags.contains(.held) ? .infinity : row.pointee.virtual + Double(q.pointee.work)
    q.pointee.finish = Int64(bitPattern: finish.bitPattern)
    insert(request, into: row)
    announceShared(server, row, now: now)
  }

  /// Takes off the request that has received all its work.
  @inline(never)
  func finishShared(_ server: Int, _ row: UnsafeMutablePointer<ServerRow>, now: Int64) {
    settleShared(row, now: now)
    let finish = requests[Int(row.pointee.root)].finish
    removeRoot(row.pointee.root, of: row)
    row.pointee.running -= 1
    row.pointee.virtual =
      row.pointee.running == 0
      ? 0 : max(row.pointee.virtual, Double(bitPattern: UInt64(bitPattern: finish)))
    announceShared(server, row, now: now)
  }

  /// Announces when the request with the least work left will have received it, rounded up.
  func announceShared(_ server: Int, _ row: UnsafeMutablePointer<ServerRow>, now: Int64) {
    guard row.pointee.root >= 0 else { return setIdle(server) }
    let finish = requests[Int(row.pointee.root)].finish
    let target = Double(bitPattern: UInt64(bitPattern: finish))
    let wait = max(0, target - row.pointee.virtual) / sharedSpeed(row)
    guard wait < 4e18 else { return setIdle(server) }
    setFinish(server, now &+ Int64(wait.rounded(.up)), of: row.pointee.root)
  }
}
