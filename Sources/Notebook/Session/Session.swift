public import Cloud
import Simulation

/// A notebook being talked to: a pure function of the lines, chunks of work and interrupts it is
/// given, and of the files its host reads.
public struct Session: Sendable {
  /// What a line or a chunk of work led to.
  public enum Turn: Sendable {
    /// The cell is done; these are to be performed in order.
    case done([Effect])
    /// There is more to do: `resume` or `interrupt`.
    case working(Progress)
  }

  /// What the caller is to do.
  public enum Effect: Hashable, Sendable {
    /// Show an answer.
    case show(Output)
    /// Show a mistake in a source.
    case fail(Diagnostic, source: String)
    /// End.
    case quit
  }

  /// The commands it knows, in the order they are listed.
  public let commands: [any Command.Type]
  /// Everything that `undo` brings back.
  public var state: State
  /// What accompanies it, such as a lesson.
  public var guide: (any Guide)?
  /// The cells that led here, without those that were undone.
  public internal(set) var cells: [SessionCell] = []
  /// Everything that was typed, mistakes too.
  public internal(set) var history: [String] = []
  /// The states before each cell that changed something, the latest last.
  var past: [Moment] = []
  /// The states that were undone, the latest undone last.
  var future: [Moment] = []
  /// The cell that is being worked on.
  var pending: Pending?
  /// Whether `quit` was typed.
  public var hasQuit = false

  /// A state, the cells that led to it, and the cell that led away from it.
  struct Moment: Sendable {
    var state: State
    var cells: [SessionCell]
    var input: String
  }

  /// A cell whose work is not done.
  struct Pending: Sendable {
    var work: any Work
    var input: String
    var before: State
    var effect: CommandEffect
    var host: any Host
  }

  /// A session with an empty world.
  public init(commands: [any Command.Type], seed: UInt64 = 1) {
    self.commands = commands
    state = State(seed: seed)
  }

  /// Simulated seconds since the world's start.
  public var time: Double { world.now.seconds }

  /// The seed it began with.
  public var firstSeed: UInt64 { state.firstSeed }

  /// The seed that all chance derives from.
  public var seed: UInt64 { world.seed }

  /// The world one stands in.
  public var world: World {
    get { state.world }
    set { state.world = newValue }
  }
}

/// A cell that was run: what was typed and what came of it.
public struct SessionCell: Hashable, Sendable {
  /// What was typed; of work that was stopped, what leads to the same state.
  public var input: String
  /// The answer, or nil when it was a mistake.
  public var output: Output?
  /// The mistake.
  public var mistake: Diagnostic?
  /// Simulated seconds since the world's start, after it.
  public var time: Double
  /// The seed.
  public var seed: UInt64
  /// Whether it is to be run again when the notebook is opened.
  public var replays: Bool
  /// What its command does to a session.
  public var effect = CommandEffect.looks
}

/// What accompanies a session, such as a lesson: it reads lines that would mean nothing, looks on
/// after each cell, and has names of its own.
public protocol Guide: Sendable {
  /// The command that a line stands for, such as `next` for an empty one; nil to take it as it is.
  ///
  /// It may first bring the session to where that command belongs.
  mutating func reading(of line: String, in session: inout Session) -> String?
  /// Looks on after a cell; what it says is shown after the cell's answer.
  mutating func cellEnded(_ cell: SessionCell, in session: inout Session, on host: any Host)
    -> [Output]
  /// Names of a kind that only it knows.
  func names(of kind: NameKind) -> [Candidate]?
}
