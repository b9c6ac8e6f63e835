public import Notebook

/// The commands of lessons, in the order in which they are listed.
public enum LessonCommands {
  /// Every one of them; a session that has them is accompanied by a `Classroom`.
  public static let all: [any Command.Type] = [
    ListLessons.self, Learn.self, Next.self, AnswerQuestion.self, CheckGoal.self, TakeHint.self,
    ShowSolution.self, ListPages.self, GoToPage.self, KeepProgress.self,
  ]
}
