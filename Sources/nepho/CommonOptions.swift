import ArgumentParser
import Display
import LineEditor

/// What every subcommand takes.
struct CommonOptions: ParsableArguments {
  @Option(help: "The seed that all chance derives from; it beats a notebook's own.")
  var seed: UInt64?

  @Option(help: "How answers are printed: text, plain or json.")
  var format = Format.text

  @Option(help: "Whether to use colour: auto, always or never.")
  var color = ColorMode.auto

  @Option(help: "Columns to print in; by default the terminal's, else 80.")
  var width: Int?

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case plain
    case json
  }

  enum ColorMode: String, ExpressibleByArgument, CaseIterable {
    case auto
    case always
    case never
  }

  /// What answers are drawn on.
  var surface: Surface {
    let isPlain = format == .plain
    let columns = width ?? (isPlain ? 80 : Environment.columns ?? 80)
    let hasColor =
      switch color {
      case .always: true
      case .never: false
      case .auto: !isPlain && Environment.wantsColor
      }
    return Surface(
      width: min(max(columns, 20), 400), unicode: isPlain || Environment.isUnicode, color: hasColor)
  }
}
