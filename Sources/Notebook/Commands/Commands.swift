/// The commands, in the order in which they are listed.
public enum Commands {
  /// Every command that needs no lesson.
  public static let all: [any Command.Type] = [
    Spawn.self,
    Send.self,
    RunCommand.self, Step.self, Back.self, Undo.self, Redo.self, Fork.self, Switch.self,
    Save.self, Open.self, Quit.self,
  ]
}
