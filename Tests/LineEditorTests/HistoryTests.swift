import LineEditor
import Synchronization
import Testing

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

@Suite struct HistoryTests {
  private let folder: TemporaryFolder
  private var path: String { folder.path("history") }

  init() throws { folder = try TemporaryFolder() }

  @Test(arguments: [
    "spawn 5", "a\nb", #"a\nb"#, #"\"#, #"\\n"#, "\r", "日本 🙂", " ", "", "\0", "a\n",
  ])
  func aCellComesBackFromItsLine(entry: String) {
    let line = HistoryRecord.encode(entry)
    #expect(line.last == UInt8(ascii: "\n"))
    #expect(line.dropLast().allSatisfy { $0 != UInt8(ascii: "\n") })
    #expect(HistoryRecord.decode(line.dropLast()) == (entry.isEmpty ? nil : entry))
  }

  @Test func anyHarmedLineIsSkipped() {
    let line = HistoryRecord.encode("run 60s\n# done").dropLast()
    for index in line.indices {
      #expect(HistoryRecord.decode(line[..<index]) == nil)
      for bit in 0..<8 {
        var harmed = line
        harmed[index] ^= 1 << bit
        #expect(HistoryRecord.decode(harmed) == nil)
      }
    }
  }

  @Test func cellsAreKept() throws {
    var history = History(path: path)
    for entry in ["a", "a", "  ", "", "b\nc", "a"] { history.append(entry) }
    #expect(history.entries == ["a", "b\nc", "a"])
    // The first history still lives: what is read was written at once.
    #expect(History(path: path).entries == ["a", "b\nc", "a"])
    #expect(try folder.read("history").count == 11 + 14 + 11)
  }

  @Test func withoutAFileTheyAreInMemory() {
    var history = History()
    history.append("a")
    #expect(history.entries == ["a"])
  }

  @Test func aTornLineHarmsNoOther() throws {
    try folder.write(
      String(
        decoding: HistoryRecord.encode("a") + [0xFF, 0x0A] + HistoryRecord.encode("b"),
        as: UTF8.self)
        + "0123", to: "history")
    var history = History(path: path)
    #expect(history.entries == ["a", "b"])
    history.append("c")
    #expect(History(path: path).entries == ["a", "b", "c"])
  }

  @Test func missingFoldersAreMade() throws {
    let path = folder.path("x/y/history")
    var history = History(path: path) { Issue.record("\($0)") }
    history.append("a")
    #expect(History(path: path).entries == ["a"])
    unlink(path)
    rmdir(folder.path("x/y"))
    rmdir(folder.path("x"))
  }

  @Test(arguments: ["file/history", "", "/dev/full"])
  func whatCannotBeWrittenIsReportedOnce(name: String) throws {
    try folder.write("", to: "file")
    let reports = Mutex<[String]>([])
    var history = History(path: name.hasPrefix("/") ? name : folder.path(name)) { report in
      reports.withLock { $0.append(report) }
    }
    history.append("a")
    history.append("b")
    #expect(history.entries == ["a", "b"])
    #expect(reports.withLock { $0.count } == 1)
  }

  @Test func aLongFileIsCutToTheNewest() throws {
    let file = HistoryFile(path: path)
    for number in 1...25 { try file.append("run \(number)") }
    #expect(try file.load(limit: 10) == (16...25).map { "run \($0)" })
    try file.cut(to: 13)
    #expect(try file.load(limit: 99).count == 25)
    try file.cut(to: 12)
    #expect(try file.load(limit: 99) == (14...25).map { "run \($0)" })
    #expect(folder.names == ["history"])
  }

  @Test func aHistoryKeepsTheNewest() throws {
    let count = 2 * History.limit + 1
    let lines = (1...count).flatMap { HistoryRecord.encode("run \($0)") }
    try folder.write(String(decoding: lines, as: UTF8.self), to: "history")
    let newest = (count - History.limit + 1...count).map { "run \($0)" }
    #expect(History(path: path).entries == newest)
    #expect(try HistoryFile(path: path).load(limit: count) == newest)
  }

  @Test func cuttingLeavesALinkAlone() throws {
    symlink("real", path)
    let file = HistoryFile(path: path)
    for number in 1...5 { try file.append("run \(number)") }
    try file.cut(to: 2)
    #expect(
      try HistoryFile(path: folder.path("real")).load(limit: 9) == ["run 4", "run 5"])
  }

  @Test func sessionsAtOnceLoseNothing() async throws {
    let path = path
    await withTaskGroup(of: Void.self) { group in
      for session in 0..<4 {
        group.addTask {
          var history = History(path: path) { Issue.record("\($0)") }
          for number in 0..<200 {
            history.append("run \(session)\n" + String(repeating: "x", count: number * 7))
          }
        }
      }
    }
    let entries = History(path: path).entries
    for session in 0..<4 {
      #expect(
        entries.filter { $0.hasPrefix("run \(session)\n") }
          == (0..<200).map { "run \(session)\n" + String(repeating: "x", count: $0 * 7) })
    }
  }

  @Test func cuttingLosesNothingThatIsAppendedMeanwhile() async throws {
    let file = HistoryFile(path: path)
    await withTaskGroup(of: Void.self) { group in
      group.addTask {
        for number in 0..<2000 { #expect(throws: Never.self) { try file.append("run \(number)") } }
      }
      group.addTask {
        for _ in 0..<50 { #expect(throws: Never.self) { try file.cut(to: 100) } }
      }
    }
    try file.append("last")
    let entries = try file.load(limit: 10_000)
    #expect(entries.last == "last")
    #expect((1950..<2000).allSatisfy { entries.contains("run \($0)") })
  }

  /// Any bytes may be in the file: nothing traps, and what is appended is found.
  @Test(arguments: 0..<32) func anyFileIsRead(seed: UInt64) throws {
    var state = seed
    var bytes: [UInt8] = []
    for _ in 0..<4000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let random = Int(state >> 33)
      bytes += random % 50 == 0 ? HistoryRecord.encode("ok") : [UInt8(random % 256)]
    }
    let stream = try #require(fopen(path, "w"))
    fwrite(bytes, 1, bytes.count, stream)
    fclose(stream)
    var history = History(path: path)
    #expect(history.entries.allSatisfy { $0 == "ok" })
    history.append("new")
    #expect(History(path: path).entries.last == "new")
  }
}
