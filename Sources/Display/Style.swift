/// What a piece of text means; renderers decide how that looks.
public enum Style: Hashable, Sendable, CaseIterable {
  /// Ordinary text.
  case plain
  /// The heading of a picture or a page.
  case title
  /// The word that matters in its sentence.
  case strong
  /// What can be overlooked: headers, axes, asides.
  case dim
  /// Better, healthy, passed.
  case good
  /// Worth a look.
  case warning
  /// Worse, broken, failed.
  case bad
  /// A name or thing the eye should find.
  case accent
  /// Something to type; never broken across lines where it fits on one.
  case command
  /// A value somebody measured or typed.
  case value
  /// The sign under the place where an error is.
  case caret
  /// The first of several series in one picture.
  case firstSeries
  /// The second of several series in one picture.
  case secondSeries
  /// The third of several series in one picture.
  case thirdSeries
  /// The fourth of several series in one picture.
  case fourthSeries
}
