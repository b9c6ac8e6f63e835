/// Which servers changed since a balancer was last told: they came or went, were set aside or taken
/// back, or have another weight, size or speed.
///
/// A few servers are named; more than ``most`` at once count as everything, which costs O(n) and no
/// more than naming them. A balancer that looks at the servers of ``servers(in:)`` and at no other
/// ends in the same state either way.
public struct FleetChanges: Sendable {
  /// Any server may have changed: the balancer is new, or many servers changed.
  public static let everything = FleetChanges(isEverything: true)
  /// Nothing changed.
  public static let none = FleetChanges(isEverything: false)
  /// The most servers that are named.
  public static let most = 64

  /// Whether any server may have changed.
  public private(set) var isEverything: Bool
  /// In declared order; empty when any server may have changed.
  private(set) var named: [ServerID] = []

  private init(isEverything: Bool) { self.isEverything = isEverything }

  /// These servers changed, in any order.
  public init(_ servers: [ServerID]) {
    self = .none
    for server in servers { note(server) }
  }

  /// Notes that a server changed.
  mutating func note(_ server: ServerID) {
    guard !isEverything else { return }
    let place = named.lastIndex { $0 <= server } ?? -1
    if place >= 0, named[place] == server { return }
    if named.count == Self.most { self = .everything } else { named.insert(server, at: place + 1) }
  }

  /// The servers to look at, in declared order, also such as are not in the view.
  public func servers(in view: borrowing View) -> [ServerID] { servers(of: view.rented) }

  /// The same of as many servers as were ever rented.
  func servers(of rented: Int) -> [ServerID] {
    isEverything ? (0..<rented).map { ServerID($0) } : named
  }
}
