extension Call {
  /// What was typed, without a comment after it.
  var typed: String {
    let ends = arguments.filter { !$0.isDefault }.map(\.range.upperBound)
    return String(source.prefix(max(nameRange.upperBound, ends.max() ?? 0)))
  }

  /// What was typed on one line, to be read in a comment.
  var typedOnOneLine: String {
    typed.split(whereSeparator: \.isNewline).map { line in
      String(line.last == "\\" ? line.dropLast() : line)
        .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }.joined(separator: " ")
  }
}
