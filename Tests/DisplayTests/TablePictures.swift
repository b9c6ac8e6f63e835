import Display
import Testing

/// The exact lines of a table.
@Suite struct TablePictures {
  @Test("servers on 80 cells") func servers80() {
    let expected = """
      server       state       cpu  speed  active  utilisation      p99  zone
      ───────────────────────────────────────────────────────────────────────
      s1           in service    2   1          2        97.4%    2.51s  a
      s2           booting       2   0.5        0            –    –      b
      s3 主服务器  in service   16   1.25      11          63%  340us    东京
      s4           crashed       2   4          0           0%  100ms
      """
    #expect(picture(Pictures.servers, 80) == expected)
  }

  @Test("servers on 60 cells") func servers60() {
    let expected = """
      server       state       cpu  active  utilisation      p99
      ──────────────────────────────────────────────────────────
      s1           in service    2       2        97.4%    2.51s
      s2           booting       2       0            –    –
      s3 主服务器  in service   16      11          63%  340us
      s4           crashed       2       0           0%  100ms
      not shown: speed, zone
      """
    #expect(picture(Pictures.servers, 60) == expected)
  }

  @Test("servers on 40 cells") func servers40() {
    let expected = """
      server       utilisation      p99
      ─────────────────────────────────
      s1                 97.4%    2.51s
      s2                     –    –
      s3 主服务器          63%  340us
      s4                    0%  100ms
      not shown: state, cpu, speed, active,
        zone
      """
    #expect(picture(Pictures.servers, 40) == expected)
  }

  @Test("servers on 20 cells") func servers20() {
    let expected = """
      server           p99
      ────────────────────
      s1             2.51s
      s2             –
      s3 主服务器  340us
      s4           100ms
      not shown: state,
        cpu, speed,
        active,
        utilisation, zone
      """
    #expect(picture(Pictures.servers, 20) == expected)
  }

  @Test("words go on below where a table wraps") func wraps() {
    let table = Table(
      [Table.Column("parameter"), Table.Column("value", .right), Table.Column("meaning")],
      rows: [
        ["--d", "2", "How many servers are drawn for each request."],
        ["--repeat", "no", "Whether one may be drawn twice."],
      ], wraps: true)
    let expected = """
      parameter  value  meaning
      ────────────────────────────────────────────
      --d            2  How many servers are drawn
                        for each request.
      --repeat      no  Whether one may be drawn
                        twice.
      """
    #expect(picture(.table(table), 44) == expected)
  }

  @Test("servers on 80 cells in ASCII") func servers80ASCII() {
    let expected = """
      server       state       cpu  speed  active  utilisation      p99  zone
      -----------------------------------------------------------------------
      s1           in service    2   1          2        97.4%    2.51s  a
      s2           booting       2   0.5        0            -    -      b
      s3 主服务器  in service   16   1.25      11          63%  340us    东京
      s4           crashed       2   4          0           0%  100ms
      """
    #expect(picture(Pictures.servers, 80, ascii: true) == expected)
  }

  @Test("requests on 80 cells") func requests80() {
    let expected = """
      request  latency
      ────────────────
      r1        12.5ms
      r2        25ms
      r3        37.5ms
      r4        50ms
      … 994 more
      r999      12.5s
      r1000     12.5s
      """
    #expect(picture(Pictures.requests, 80) == expected)
  }

  @Test("decisions on 80 cells") func decisions80() {
    let expected = """
      time  servers  policy  reason
      ────────────────────────────────────────────────────────────────────────
       10s    1 → 2  sample  queue 12 ≥ threshold 10 for three checks in a row
       40s    2 → 1  sample  queue empty since 30s
      """
    #expect(picture(Pictures.decisions, 80) == expected)
  }

  @Test("decisions on 40 cells") func decisions40() {
    let expected = """
      time  servers  policy  reason
      ────────────────────────────────────────
       10s    1 → 2  sample  queue 12 ≥ thres…
       40s    2 → 1  sample  queue empty sinc…
      """
    #expect(picture(Pictures.decisions, 40) == expected)
  }

  @Test("decisions on 24 cells in ASCII") func decisions24ASCII() {
    let expected = """
      time  servers  policy
      ---------------------
       10s   1 -> 2  sample
       40s   2 -> 1  sample
      not shown: reason
      """
    #expect(picture(Pictures.decisions, 24, ascii: true) == expected)
  }

  @Test("facts on 80 cells") func facts80() {
    let expected = """
      done        1000
      throughput    49.8/s
      p99            2.51s
      """
    #expect(picture(Pictures.facts, 80) == expected)
  }

  @Test("nothing on 80 cells") func nothing80() {
    let expected = """
      run  p99
      ────────
      none
      """
    #expect(picture(Pictures.nothing, 80) == expected)
  }
}
