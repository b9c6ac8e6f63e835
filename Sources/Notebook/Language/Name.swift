/// What a live name is the name of: a server, a run, a load.
public struct NameKind: Hashable, Sendable {
  /// The noun, as in “no run is called 'x'”.
  public var noun: String

  /// Makes a kind of name from its noun.
  public init(_ noun: String) { self.noun = noun }

  /// A server, `s1`.
  public static let server = NameKind("server")
  /// A request, `r1`.
  public static let request = NameKind("request")
  /// A run or fork.
  public static let run = NameKind("run")
  /// A world made by `fork`.
  public static let fork = NameKind("fork")
  /// A load.
  public static let load = NameKind("load")
  /// A scaler at work.
  public static let scaler = NameKind("scaler")
  /// A fault that goes on or is to come.
  public static let fault = NameKind("fault")
  /// A balancing algorithm.
  public static let balancer = NameKind("balancer")
  /// A scaling policy.
  public static let policy = NameKind("policy")
  /// What can be compared: a balancing or scaling policy, or a run.
  public static let contestant = NameKind("policy or run")
  /// A topic of `help`.
  public static let topic = NameKind("topic")
  /// What an expression may name.
  public static let measurement = NameKind("measurement")
  /// A lesson.
  public static let lesson = NameKind("lesson")
}

/// A word that could be typed, and one line about it.
public struct Candidate: Hashable, Sendable {
  /// The word.
  public var text: String

  /// What it stands for.
  public var summary: String

  /// Pairs a word with its summary.
  public init(_ text: String, _ summary: String = "") {
    self.text = text
    self.summary = summary
  }
}
