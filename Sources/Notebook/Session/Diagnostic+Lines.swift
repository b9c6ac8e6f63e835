import Display

extension Diagnostic {
  /// What a notebook shows below a cell that failed: the place, what is wrong, a line to try.
  public func plainLines(source: String) -> [String] {
    lines(source: source, promptWidth: Cell.prompt.count, width: Surface.notebook.width) {
      String($0).cells
    }
  }
}
