import Simulation
import Testing

struct DrawsTests {
  @Test
  func slotsAreTheStreamsOwnNumbers() {
    for item in [0, 1, 5, 1_000_000_007] as [UInt64] {
      var draws = Draws(stream: 0x934F_1772_0267_1BDF, item: item)
      var stream = RandomStream(key: 0x934F_1772_0267_1BDF)
      stream.counter = item * 16
      #expect(Draws.Slot.allCases.map { draws.number($0) } == (0..<4).map { _ in stream.next() })
      #expect((0..<12).map { _ in draws.extra() } == (0..<12).map { _ in stream.next() })
    }
  }

  /// Computed by an independent program.
  @Test
  func drawsArePinned() {
    var draws = Draws(stream: 0x934F_1772_0267_1BDF, item: 5)
    #expect(draws.number(.work) == 0x0248_8258_C431_779F)
    #expect(draws.number(.gap) == 0x1648_1694_FFD0_36D0)
    #expect(draws.extra() == 0xB3ED_A860_11F3_67E9)
    for _ in 0..<11 { _ = draws.extra() }
    #expect(draws.extra() == 0x75B8_D3A0_03EF_1A65)
  }

  @Test
  func theEscapeRunsIntoNobodysDraws() {
    var seen: Set<UInt64> = []
    for item in 0..<100 as Range<UInt64> {
      var draws = Draws(stream: 3, item: item)
      for slot in Draws.Slot.allCases { seen.insert(draws.number(slot)) }
      for _ in 0..<100 { seen.insert(draws.extra()) }
    }
    #expect(seen.count == 100 * 104)
  }

  @Test
  func slotsDoNotDependOnExtras() {
    var draws = Draws(stream: 3, item: 9)
    let before = draws.number(.key)
    _ = draws.extra()
    #expect(draws.number(.key) == before)
  }
}
