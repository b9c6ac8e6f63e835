import Simulation
import Testing

struct DigestTests {
  @Test
  func equalSequencesAgreeAndOthersDiffer() {
    func digest(_ numbers: [UInt64]) -> UInt64 {
      var digest = Digest()
      for number in numbers { digest.combine(number) }
      return digest.value
    }
    #expect(digest([1, 2, 3]) == digest([1, 2, 3]))
    let different = [[], [0], [0, 0], [1, 2], [2, 1], [1, 2, 0], [0, 1, 2]].map(digest)
    #expect(Set(different).count == different.count)
  }

  @Test
  func theWayANumberIsWrittenCounts() {
    var signed = Digest()
    signed.combine(Int64(-1))
    var unsigned = Digest()
    unsigned.combine(UInt64.max)
    #expect(signed == unsigned)
    var positive = Digest()
    positive.combine(0.0)
    var negative = Digest()
    negative.combine(-0.0)
    #expect(positive != negative)
  }

  @Test
  func itIsPinned() {
    var digest = Digest()
    digest.combine(1)
    #expect(digest.value == 0x1D8C_D623_D25A_5B96)
  }
}
