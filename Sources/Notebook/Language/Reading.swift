/// One word on its way to being a value, with what a message about it needs.
struct Reading {
  let source: Source
  let word: Word

  /// The parameter as a message calls it: `count` or `--rate`.
  let label: String

  /// The words that exist; nil where any word will do.
  let names: (NameKind) -> [Candidate]?

  /// A value to suggest, whose unit is the one to add.
  var example: String?

  /// The word after it, for a unit that stands apart.
  var next: Word?

  /// A diagnostic about a part of the word, by default all of it.
  func mistake(
    _ message: String, at range: Range<Int>? = nil, try text: String? = nil, help: String? = nil
  )
    -> Diagnostic
  {
    Diagnostic(
      message, at: range ?? word.range,
      suggestion: text.map { source.replacing(word.range, with: $0) }, help: help)
  }

  /// The columns of `length` Characters from the given place in the word.
  func part(_ offset: Int, _ length: Int) -> Range<Int> {
    let low = min(word.range.lowerBound + offset, word.range.upperBound)
    return low..<max(low, min(low + length, word.range.upperBound))
  }
}
