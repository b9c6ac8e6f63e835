import Cloud
import Foundation
import Testing

/// The example of the README is a balancer like any other: compiled, listed, and held to every law.
@Suite("The README's balancer")
struct ReadmeTests {
  private static let package = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private func text(_ path: String) throws -> String {
    try String(contentsOf: Self.package.appending(path: path), encoding: .utf8)
  }

  @Test func `the example is a whole file, and one line lists it`() throws {
    let readme = try text("README.md")
    let part = try #require(readme.components(separatedBy: "## Add a balancer\n").last)
    let blocks = part.components(separatedBy: "```")
    let example = try #require(blocks.dropFirst().first)
    let source = try text("Sources/Cloud/Balancers/JoinShortestQueue.swift")
    #expect(example == "swift\n" + source)
    #expect(part.contains("`Sources/Cloud/Balancers/`"))
    let list = try text("Sources/Cloud/Balancers/Balancers.swift")
    #expect(list.components(separatedBy: "JoinShortestQueue.self,").count == 2)
    #expect(Balancers.named("join-shortest-queue") == JoinShortestQueue.self)
  }
}
