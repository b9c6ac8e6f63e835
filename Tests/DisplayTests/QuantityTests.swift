import Display
import Testing

@Suite struct QuantityTests {
  @Test(
    "Durations",
    arguments: [
      (0, "0s"), (1, "1ns"), (999, "999ns"), (1000, "1us"), (1234, "1.23us"), (340_000, "340us"),
      (999_499, "999us"), (999_500, "1ms"), (100_000_000, "100ms"), (99_950_000, "100ms"),
      (99_949_999, "99.9ms"), (1_250_000_000, "1.25s"), (2_507_000_000, "2.51s"),
      (12_400_000_000, "12.4s"), (60_000_000_000, "60s"), (130_000_000_000, "130s"),
      (599_499_999_999, "599s"), (599_500_000_000, "10m"), (750_000_000_000, "12.5m"),
      (754_000_000_000, "12.6m"), (3_597_000_000_000, "1h"), (5_400_000_000_000, "1.5h"),
      (360_000_000_000_000, "100h"), (-1_500_000_000, "-1.5s"), (.max, "2_562_048h"),
      (.min, "-2_562_048h"),
    ] as [(Int64, String)])
  func durations(_ ns: Int64, _ text: String) {
    #expect(Quantity.duration(ns: ns) == text)
  }

  @Test("More digits on request")
  func digits() {
    #expect(Quantity.duration(ns: 61_234_567_890, digits: 9) == "61.2345679s")
    #expect(Quantity.duration(ns: 61_250_000_000, digits: 9) == "61.25s")
    #expect(Quantity.duration(ns: 2_507_000_000, digits: 4) == "2.507s")
    #expect(Quantity.duration(ns: 2_507_000_000, digits: 1) == "3s")
    #expect(Quantity.duration(ns: 2_507_000_000, digits: -7) == "3s")
    #expect(Quantity.number(3.14159, digits: 5) == "3.1416")
  }

  @Test(
    "Values in units",
    arguments: [
      (.seconds, 0.1, "100ms"), (.seconds, .nan, "–"), (.seconds, .infinity, "∞"),
      (.seconds, 1e300, "∞"), (.seconds, -1e300, "-∞"), (.seconds, 1e-12, "0s"),
      (.perSecond, 50, "50/s"), (.perSecond, 49.84, "49.8/s"), (.perSecond, 1234.5, "1235/s"),
      (.perSecond, 1e6, "1_000_000/s"), (.perSecond, 0.001_234, "0.00123/s"),
      (.perSecond, .nan, "–"), (.ratio, 0.63, "63%"), (.ratio, 0.634, "63.4%"),
      (.ratio, 0.9999, "99.99%"), (.ratio, 0.999_96, "99.996%"), (.ratio, 1, "100%"),
      (.ratio, 1.5, "150%"), (.ratio, 0, "0%"), (.ratio, -0.2, "-20%"), (.ratio, .nan, "–"),
      (.bytes, 0, "0B"), (.bytes, 1023, "1023B"), (.bytes, 1_073_741_824, "1GiB"),
      (.bytes, 536_870_912, "512MiB"), (.bytes, 1_610_612_736, "1.5GiB"),
      (.bytes, 1_073_400_000, "1GiB"), (.dollars, 0, "$0.00"), (.dollars, 0.04, "$0.04"),
      (.dollars, 12.3, "$12.30"), (.dollars, 0.0012, "$0.0012"), (.dollars, 0.126, "$0.13"),
      (.dollars, 1_234_567.891, "$1_234_567.89"), (.dollars, -0.04, "-$0.04"),
      (.dollars, 0.000_001_2, "$0.0000012"), (.count, 7, "7"), (.count, 1.256, "1.26"),
      (.count, 99_999, "99999"), (.count, 100_000, "100_000"),
      (.count, 1e17, "100_000_000_000_000_000"),
      (.count, 1e300, "∞"), (.count, -0.0, "0"), (.count, -0.000_000_000_01, "0"),
    ] as [(Quantity.Unit, Double, String)])
  func values(_ unit: Quantity.Unit, _ value: Double, _ text: String) {
    #expect(Quantity.text(value, unit) == text)
  }

  @Test(
    "Counts",
    arguments: [
      (0, "0"), (99_999, "99999"), (100_000, "100_000"), (-1_234_567, "-1_234_567"),
      (.min, "-9_223_372_036_854_775_808"),
    ])
  func counts(_ value: Int, _ text: String) {
    #expect(Quantity.count(value) == text)
  }

  @Test(
    "Changes",
    arguments: [
      (100, 30, "−70%"), (100, 112, "+12%"), (100, 100, "same"), (100, 100.01, "same"),
      (0, 5, "from 0"), (0, 0, "same"), (100, 95.5, "−4.5%"), (1, 12, "×12"), (-1, 1, "+200%"),
      (100, 0, "−100%"), (.nan, 1, "–"), (1, .infinity, "–"), (100, 109.9, "+10%"),
    ] as [(Double, Double, String)])
  func changes(_ old: Double, _ new: Double, _ text: String) {
    #expect(Change.percent(from: old, to: new) == text)
  }
}
