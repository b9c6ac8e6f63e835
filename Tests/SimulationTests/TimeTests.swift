import Simulation
import Testing

struct TimeTests {
  @Test(
    arguments: [
      (0.1, 100_000_000), (1e-9, 1), (0.4e-9, 0), (0.6e-9, 1), (-0.6e-9, -1),
      (-1.5, -1_500_000_000),
      (.nan, 0), (.infinity, .max), (-.infinity, .min), (1e10, .max), (-1e10, .min),
      (9e9, 9_000_000_000_000_000_000),
    ] as [(Double, Int64)])
  func secondsRoundToTheNearestNanosecondAndSaturate(seconds: Double, expected: Int64) {
    #expect(Duration(seconds: seconds).nanoseconds == expected)
    #expect(Instant(seconds: seconds).nanoseconds == expected)
  }

  @Test(
    arguments: [
      (0.5, 0), (1.5, 2), (0.49999999999999994, 0), (-2.5, -2),
      (2_251_799_813_685_247.6, 2_251_799_813_685_248), (0x1p51, 1 << 51), (-0x1p51, -(1 << 51)),
      (0x1p52 + 1, (1 << 52) + 1), (0x1p63, .max), (-0x1p63, .min),
      (0x1.fffffffffffffp62, .max - 1023),
    ] as [(Double, Int64)])
  func roundingIsToTheNearestAtEverySize(value: Double, expected: Int64) {
    #expect(Duration(rounding: value).nanoseconds == expected)
  }

  @Test
  func durationsSaturateInsteadOfTrapping() {
    let one = Duration(nanoseconds: 1)
    #expect(Duration.max + one == .max)
    #expect(Duration.min - one == .min)
    #expect(Duration.min + .min == .min)
    #expect(Duration.max - .min == .max)
    #expect(-Duration.min == .max)
    #expect(Duration.max * 2 == .max)
    #expect(Duration.max * -2 == .min)
    #expect(Duration.min * -1 == .max)
    #expect(Duration.max * 1.5 == .max)
    #expect(one * .nan == .zero)
    #expect(one / 0 == .max)
    #expect(Duration.zero / 0.0 == .zero)
    #expect(Duration.hours(.max) == .max)
    #expect(Duration.hours(.min) == .min)
  }

  @Test
  func instantsSaturateInsteadOfTrapping() {
    let one = Duration(nanoseconds: 1)
    #expect(Instant.max + one == .max)
    #expect(Instant(nanoseconds: .min) - one == Instant(nanoseconds: .min))
    #expect(Instant.max - Instant(nanoseconds: -1) == .max)
    #expect(Instant(nanoseconds: -2) - Instant.max == .min)
    var instant = Instant.zero
    instant += .max
    instant += one
    #expect(instant == .max)
    instant -= .max
    #expect(instant == .zero)
  }

  @Test
  func unitsAreWhatTheySay() {
    #expect(Duration.hours(1) == .minutes(60))
    #expect(Duration.minutes(1) == .seconds(60))
    #expect(Duration.seconds(1) == .milliseconds(1000))
    #expect(Duration.milliseconds(1) == .microseconds(1000))
    #expect(Duration.microseconds(1) == .nanoseconds(1000))
    #expect(Duration.milliseconds(1500).seconds == 1.5)
    #expect(Instant.zero + .seconds(3) - Instant(seconds: 1) == .seconds(2))
    #expect(Duration.seconds(3) / Duration.seconds(2) == 1.5)
    #expect(Duration.seconds(3) / 2.0 == .milliseconds(1500))
    #expect(Duration.seconds(1) < .seconds(2))
    #expect(Instant.zero < .max)
  }
}
