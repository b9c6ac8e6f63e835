/// What size servers should have, and which of them to change now.
public struct ServerSize: Hashable, Sendable {
  /// What a server is made of.
  public struct Amount: Hashable, Sendable {
    /// Requests served at once; 0 when there is nothing to say of it.
    public var cpu: Int
    /// Memory in bytes; 0 when there is nothing to say of it.
    public var memory: Int

    /// So many slots and bytes.
    public init(cpu: Int, memory: Int) {
      self.cpu = cpu
      self.memory = memory
    }

    /// The amounts in words: 3 cpus and 400MiB.
    public var words: String {
      let parts = [cpu > 0 ? Figure.cpus(cpu) : "", memory > 0 ? Figure.bytes(memory) : ""]
      return parts.filter { !$0.isEmpty }.joined(separator: " and ")
    }
  }

  /// How a server gets its new size.
  public enum Mode: String, CaseIterable, Sendable {
    /// Not at all: the size is only recommended.
    case off
    /// Only new servers get it.
    case initial
    /// By another server, which boots and comes in its place.
    case recreate
    /// While it runs.
    case inPlace = "in-place"
  }

  /// What a server should have.
  public var target: Amount
  /// Less than this is too little.
  public var lower: Amount
  /// More than this is too much.
  public var upper: Amount
  /// How servers get their new size.
  public var mode: Mode
  /// The servers to change now, the most urgent first.
  public var servers: [ServerID]

  /// A size, and the servers that should be given it.
  public init(
    target: Amount, lower: Amount, upper: Amount, mode: Mode = .inPlace, servers: [ServerID] = []
  ) {
    self.target = target
    self.lower = lower
    self.upper = upper
    self.mode = mode
    self.servers = servers
  }
}
