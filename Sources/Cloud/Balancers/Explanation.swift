/// Why a balancer chose what it chose: eligibility × cost × candidates × ties, with the numbers.
public struct Explanation: Hashable, Sendable {
  /// A server that was looked at.
  public struct Candidate: Hashable, Sendable {
    /// The server.
    public var server: ServerID
    /// What it cost by the rule, in the rule's own unit; nil when the rule has no cost.
    public var cost: Double?
    /// The numbers that make up the cost, such as "3 active ÷ weight 2"; empty when there are none.
    public var terms: String

    /// A server that was looked at, and its cost.
    public init(server: ServerID, cost: Double? = nil, terms: String = "") {
      self.server = server
      self.cost = cost
      self.terms = terms
    }
  }

  /// How many servers were eligible.
  public var eligible: Int
  /// What made them eligible, where more than being in service counts; nil else.
  public var standing: String?
  /// The cost's name, such as "active ÷ weight"; nil when the rule has none.
  public var cost: String?
  /// How candidates were found, such as "2 of 5 at random" or "all, in declared order".
  public var search: String
  /// Those that were looked at, in that order.
  public var candidates: [Candidate]
  /// Which tie rule decided, or nil when there was no tie.
  public var tie: String?
  /// The server chosen, or nil when none accepted the request.
  public var chosen: ServerID?
  /// How many numbers were drawn.
  public var draws: Int

  /// Why a server was chosen.
  public init(
    eligible: Int, cost: String? = nil, search: String, candidates: [Candidate],
    tie: String? = nil, chosen: ServerID?, draws: Int
  ) {
    self.eligible = eligible
    self.cost = cost
    self.search = search
    self.candidates = candidates
    self.tie = tie
    self.chosen = chosen
    self.draws = draws
  }
}
