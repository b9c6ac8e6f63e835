/// Who is up by probing: three failures in a row take a server down, two successes bring it up.
///
/// A counter per server from 0 to rise + fall - 1, up from `rise` on. A new server begins at `rise`:
/// up, but its first failure takes it down. Source: HAProxy, src/check.c; rise 2, fall 3, a check
/// every 2 s.
public struct ActiveChecks: Sendable {
  /// How many successes in a row bring a server up; at least 1.
  public let rise: Int
  /// How many failures in a row take a server down; at least 1.
  public let fall: Int
  /// By server, how far it is from being down; -1 for one that was never checked.
  private var health = PerServer(-1)

  /// Nobody was checked yet; counts below 1 are 1.
  public init(rise: Int = 2, fall: Int = 3) {
    self.rise = min(max(1, rise), 1_000_000)
    self.fall = min(max(1, fall), 1_000_000)
  }

  private func counter(_ server: ServerID) -> Int {
    let counter = health[server]
    return counter < 0 ? rise : counter
  }

  /// Takes in a check's result; O(1).
  public mutating func checked(_ server: ServerID, isAlive: Bool) {
    let counter = counter(server)
    if isAlive {
      health[server] = counter + 1 >= rise ? rise + fall - 1 : counter + 1
    } else {
      health[server] = counter > rise ? counter - 1 : 0
    }
  }

  /// Whether a server counts as up; O(1).
  public func isUp(_ server: ServerID) -> Bool { counter(server) >= rise }
}
