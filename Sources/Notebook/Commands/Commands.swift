/// The commands, in the order in which they are listed.
public enum Commands {
  /// Every command that needs no lesson.
  public static let all: [any Command.Type] = [
    Spawn.self, StopCommand.self, Kill.self, Restart.self, Slow.self, FaultCommand.self,
    Resize.self, Seed.self, Reset.self,
    Send.self, Finish.self, LoadCommand.self, LimitCommand.self,
    Balance.self, Scale.self, HealthCommand.self, BillCommand.self,
    RunCommand.self, Step.self, Back.self, Undo.self, Redo.self, Fork.self, Switch.self,
    Show.self, PlotCommand.self, Why.self,
    Compare.self, Expect.self,
    Save.self, Open.self, HistoryCommand.self, Help.self, Quit.self,
  ]
}
