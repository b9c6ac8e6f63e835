import TestSupport
import Testing

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// The whole program at a terminal.
@Suite(.serialized) struct TerminalTests {
  @Test func answersAndLeaves() throws {
    let seat = try Seat(try Program())
    #expect(seat.isAsked())
    seat.type("spawn 2\r")
    #expect(seat.sees("s1..s2 in service: 1 cpu, 1GiB, $0.04 per hour"))
    #expect(seat.isAsked())
    seat.type("spaw\t")
    #expect(seat.sees { $0.last?.hasPrefix("cloud> spawn [") == true })
    seat.type("1x\r")
    #expect(seat.sees("error: "))
    #expect(seat.isAsked())
    seat.type("\u{4}")
    #expect(try seat.leaves() == 0)
  }

  @Test func comesBackFromALongRun() throws {
    let program = try Program()
    let seat = try Seat(program)
    #expect(seat.isAsked())
    for line in ["spawn 10", "load poisson 90/s"] {
      seat.type(line + "\r")
      #expect(seat.isAsked())
    }
    seat.type("run 1000h\r")
    #expect(seat.sees("(Ctrl-C stops it)"))
    seat.type("\u{3}")
    #expect(seat.sees("stopped; undo takes it back"))
    #expect(seat.isAsked())
    seat.type("undo\r")
    #expect(seat.sees("undone: run --events"))
    #expect(seat.isAsked())
    seat.type("\u{4}")
    #expect(try seat.leaves() == 0)
  }

  @Test func keepsTheHistoryWhenItIsKilled() throws {
    let program = try Program()
    let seat = try Seat(program)
    #expect(seat.isAsked())
    for line in ["spawn 10", "load poisson 90/s"] {
      seat.type(line + "\r")
      #expect(seat.isAsked())
    }
    seat.type("run 1000h\r")
    #expect(seat.sees("(Ctrl-C stops it)"))
    kill(seat.child.id, SIGKILL)
    #expect(try seat.leaves() == 128 + SIGKILL)
    let history = try program.read(".local/state/nepho/history")
    #expect(
      history.split(separator: "\n").map { String($0.dropFirst(9)) } == [
        "spawn 10", "load poisson 90/s", "run 1000h",
      ])
  }

  @Test func fitsANarrowScreen() throws {
    let seat = try Seat(try Program(), columns: 40)
    #expect(seat.isAsked())
    seat.type("spawn 2\r")
    #expect(seat.isAsked())
    seat.type("send 3\r")
    #expect(seat.sees("3 completed"))
    #expect(seat.isAsked())
    #expect(seat.screen.lines.allSatisfy { $0.count <= 40 })
    seat.type("quit\r")
    #expect(try seat.leaves() == 0)
  }
}
