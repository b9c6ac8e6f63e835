import Testing

/// The exact lines of a sparkline.
@Suite struct SparklinePictures {
  @Test("trend on 40 cells") func trend40() {
    let expected = """
      p99  ▁▂▃▄▅▆▇█ ▄▁  max 800ms
      """
    #expect(picture(Pictures.trend, 40) == expected)
  }

  @Test("trend on 40 cells in ASCII") func trend40ASCII() {
    let expected = """
      p99  _.:-=+*# -_  max 800ms
      """
    #expect(picture(Pictures.trend, 40, ascii: true) == expected)
  }

  @Test("trend on 12 cells") func trend12() {
    let expected = """
      p99
      ▁▂▄▅▆█ ▄
      max 800ms
      """
    #expect(picture(Pictures.trend, 12) == expected)
  }
}
