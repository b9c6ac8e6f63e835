import LineEditor
import Testing

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

extension ReadingTests {
  private func cells(_ bytes: [UInt8]) -> [Line] {
    var ends: [Int32] = [-1, -1]
    pipe(&ends)
    _ = write(ends[1], bytes, bytes.count)
    close(ends[1])
    defer { close(ends[0]) }
    var input = PlainInput(isComplete: Language.test.isComplete, input: ends[0], output: -1)
    var lines: [Line] = []
    repeat { lines.append(input.next(prompt: Prompt("cloud> "))) } while lines.last != .end
    return lines
  }

  @Test(arguments: [
    ("", []),
    ("\n", [""]),
    ("spawn 5\n\nrun\n", ["spawn 5", "", "run"]),
    ("spawn 5\r\nrun", ["spawn 5", "run"]),
    ("(\r\n  a\n)\nb\n", ["(\n  a\n)", "b"]),
    ("(\na", ["(\na"]),
    ("(\n", ["(\n"]),
    ("日本\n", ["日本"]),
  ])
  func linesBecomeCells(text: String, cells expected: [String]) {
    #expect(cells(Array(text.utf8)) == expected.map { .cell($0) } + [.end])
  }

  @Test func whatIsNotUTF8IsReplaced() {
    #expect(
      cells([0x61, 0xFF, 0x0A, 0xE6, 0x97]) == [.cell("a\u{FFFD}"), .cell("\u{FFFD}"), .end])
  }

  @Test func controlCGivesUpTheCellUnlessItWasTaken() {
    var ends: [Int32] = [-1, -1]
    pipe(&ends)
    _ = write(ends[1], "a\nb\n(\n", 6)
    var input = PlainInput(isComplete: Language.test.isComplete, input: ends[0], output: -1)
    #expect(input.next(prompt: Prompt("")) == .cell("a"))
    kill(getpid(), SIGINT)
    while !Interrupts.taken() {}
    #expect(input.next(prompt: Prompt("")) == .cell("b"))
    kill(getpid(), SIGINT)
    #expect(input.next(prompt: Prompt("")) == .cancelled)
    close(ends[1])
    #expect(input.next(prompt: Prompt("")) == .end)
    close(ends[0])
  }

  @Test func whatCannotBeReadFails() {
    var input = PlainInput(input: 9999, output: -1)
    #expect(input.next(prompt: Prompt("")) == .failed(EBADF))
  }
}
