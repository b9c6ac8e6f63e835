#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// Reads cells line by line from a pipe, a file, or a terminal that cannot move its cursor.
///
/// Bytes that are not UTF-8 are read as U+FFFD, and the last line needs no newline. A prompt is
/// shown only where both ends are a terminal.
public struct PlainInput: LineSource {
  private let isComplete: (String) -> Bool
  private let output: Int32
  private let isTerminal: Bool
  private var reader: ByteReader

  /// A reader of the descriptor `input`; a cell ends with the line that makes it complete.
  public init(
    isComplete: @escaping (String) -> Bool = { _ in true }, input: Int32 = 0, output: Int32 = 1
  ) {
    Interrupts.watch()
    self.isComplete = isComplete
    self.output = output
    isTerminal = isatty(input) == 1 && isatty(output) == 1
    reader = ByteReader(descriptor: input)
  }

  /// The next cell, which at the end of the input may be incomplete.
  public mutating func next(prompt: Prompt) -> Line {
    var cell: [UInt8] = []
    var line: [UInt8] = []
    show(prompt.text)
    while true {
      switch reader.next() {
      case .byte(UInt8(ascii: "\n")):
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        cell += line
        let text = String(decoding: cell, as: UTF8.self)
        if isComplete(text) { return .cell(text) }
        cell.append(UInt8(ascii: "\n"))
        line = []
        show(String(repeating: ".", count: max(0, prompt.text.count - 2)) + "> ")
      case .byte(let byte): line.append(byte)
      case .signal(SIGINT):
        reader.discard()
        return .cancelled
      case .signal, .silence: continue
      case .end:
        let rest = cell + line
        return rest.isEmpty ? .end : .cell(String(decoding: rest, as: UTF8.self))
      case .failed(let number): return .failed(number)
      }
    }
  }

  private func show(_ text: String) {
    guard isTerminal else { return }
    fflush(nil)
    Terminal.send(text, to: output)
  }
}
