import Testing

/// The exact lines of a histogram.
@Suite struct HistogramPictures {
  @Test("latency on 80 cells") func latency80() {
    let expected = """
      latency  1000 requests
       50ms..70ms   ████████████                           11.0%
       70ms..100ms  ██████████████████████▉                21.0%
      100ms..150ms  ████████████████████████████████████   33.0%  p50 100ms
      150ms..200ms  ███████████████████▋                   18.0%
      200ms..300ms  █████████████▏                         12.0%
      300ms..500ms  █████▍                                  4.9%  p95 430ms  p99 434ms
      500ms..700ms  ▏                                       0.1%
      """
    #expect(picture(Pictures.latency, 80) == expected)
  }

  @Test("latency on 40 cells") func latency40() {
    let expected = """
      latency  1000 requests
       50ms..70ms   ████▋
       70ms..100ms  ████████▉
      100ms..150ms  ██████████████    p50
      150ms..200ms  ███████▋
      200ms..300ms  █████▏
      300ms..500ms  ██▏               p95  p99
      500ms..700ms  ▏
      """
    #expect(picture(Pictures.latency, 40) == expected)
  }

  @Test("latency on 120 cells") func latency120() {
    let expected = """
      latency  1000 requests
       50ms..70ms   ████████████████████                                           11.0%
       70ms..100ms  ██████████████████████████████████████▏                        21.0%
      100ms..150ms  ████████████████████████████████████████████████████████████   33.0%  p50 100ms
      150ms..200ms  ████████████████████████████████▊                              18.0%
      200ms..300ms  █████████████████████▉                                         12.0%
      300ms..500ms  ████████▉                                                       4.9%  p95 430ms  p99 434ms
      500ms..700ms  ▏                                                               0.1%
      """
    #expect(picture(Pictures.latency, 120) == expected)
  }

  @Test("latency on 80 cells in ASCII") func latency80ASCII() {
    let expected = """
      latency  1000 requests
       50ms..70ms   ############                           11.0%
       70ms..100ms  #######################                21.0%
      100ms..150ms  ####################################   33.0%  p50 100ms
      150ms..200ms  ####################                   18.0%
      200ms..300ms  #############                          12.0%
      300ms..500ms  #####                                   4.9%  p95 430ms  p99 434ms
      500ms..700ms  #                                       0.1%
      """
    #expect(picture(Pictures.latency, 80, ascii: true) == expected)
  }

  @Test("wide on 80 cells") func wide80() {
    let expected = """
          0..10us   ███████████▋                                                 10.5%
       10us..100us  ██████████████████████████████████▊                          31.6%
      100us..1ms
        1ms..10ms
       10ms..100ms
      100ms..1s     ██████████████████████████████████████████████████████████   52.6%
         1s..10s
        10s..100s   █████▊                                                        5.3%
      """
    #expect(picture(Pictures.wide, 80) == expected)
  }

  @Test("latency on 59 cells") func latency59() {
    let expected = """
      latency  1000 requests
       50ms..70ms   ███████████
       70ms..100ms  █████████████████████
      100ms..150ms  █████████████████████████████████    p50
      150ms..200ms  ██████████████████
      200ms..300ms  ████████████
      300ms..500ms  ████▉                                p95  p99
      500ms..700ms  ▏
      """
    #expect(picture(Pictures.latency, 59) == expected)
  }
}
