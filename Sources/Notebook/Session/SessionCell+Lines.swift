import Display

extension SessionCell {
  /// What a notebook shows below the cell's input: the answer, or the mistake and its place.
  public var plainLines: [String] {
    if let output { return output.plainLines }
    guard let mistake else { return [] }
    return mistake.lines(
      source: input, promptWidth: Cell.prompt.count, width: Surface.notebook.width)
  }
}
