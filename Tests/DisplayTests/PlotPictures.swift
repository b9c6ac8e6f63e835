import Testing

/// The exact lines of a plot.
@Suite struct PlotPictures {
  @Test("fleet on 40 cells") func fleet40() {
    let expected = """
      load
      4 ┤
        │                  ⢰⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⡄
      2 ┤           ⢰⠒⠒⠒⠒⠒⠒⠊           ⠓⠒⠒⢢
        │⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠜                     ⠸⠤⠤⠤
      0 ┤
        └┬─────────────────┬─────────────────┬
         0                 5m              10m
      """
    #expect(picture(Pictures.fleet, 40) == expected)
  }

  @Test("fleet on 80 cells") func fleet80() {
    let expected = """
      load
      4 ┤
        │                                      ⢰⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⡄
      2 ┤                       ⢰⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠊                       ⠓⠒⠒⠒⠒⠒⠒⢢
        │⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠜                                             ⠸⠤⠤⠤⠤⠤⠤⠤
      0 ┤
        └┬──────────────┬──────────────┬───────────────┬──────────────┬──────────────┬
         0              2m             4m              6m             8m           10m
      """
    #expect(picture(Pictures.fleet, 80) == expected)
  }

  @Test("fleet on 120 cells") func fleet120() {
    let expected = """
      load
      4 ┤
        │                                                          ⢰⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⡄
      2 ┤                                   ⢰⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠊                                   ⠓⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⢢
        │⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠜                                                                     ⠸⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤
      0 ┤
        └┬──────────────────────┬──────────────────────┬───────────────────────┬──────────────────────┬──────────────────────┬
         0                      2m                     4m                      6m                     8m                   10m
      """
    #expect(picture(Pictures.fleet, 120) == expected)
  }

  @Test("fleet on 40 cells in ASCII") func fleet40ASCII() {
    let expected = """
      load
      4 +
        |                   ***********
      2 +            *******           ****
        |************                      ***
      0 +
        ++-----------------+-----------------+
         0                 5m              10m
      """
    #expect(picture(Pictures.fleet, 40, ascii: true) == expected)
  }

  @Test("busy on 40 cells") func busy40() {
    let expected = """
      100% ┤           ⢰⠒⠒⠒⠒⠒⠉⠉⠉⠉⠉⠉⡆
           │           ⢸           ⣇⣀⣀⣀⣀⡀
           │      ⡖⠒⠒⠒⠒⠊                ⢸
         0 ┤⠉⠉⠉⠉⠉⠉                      ⠘⠒⠒⠒⠒⠒
           └┬─────▲▲▲─▲──────┬───────────────┬
            0               60s           120s
             ▲ scale +1
               ▲ scale +1
                ▲ scale +1
            … 4 more at ▲
      """
    #expect(picture(Pictures.busy, 40) == expected)
  }

  @Test("three on 60 cells") func three60() {
    let expected = """
      load   • a   o b   × c
      6 ┤×××××××××××××××
        │               ××××××××××××××
      4 ┤               oooooooooooooooooooooooooooo
        │               ┆             ××××××××××××××oooooooooooooo
      2 ┤ooooooooooooooo              ••••••••••••••••••••••••••••
        │•••••••••••••••••••••••••••••              ××××××××××××××
      0 ┤
        └┬───────────────────────────┬───────────────────────────┬
         0                           5m                        10m
      """
    #expect(picture(Pictures.three, 60) == expected)
  }

  @Test("three on 60 cells in ASCII") func three60ASCII() {
    let expected = """
      load   * a   o b   x c
      6 +xxxxxxxxxxxxxxx
        |               xxxxxxxxxxxxxx
      4 +               oooooooooooooooooooooooooooo
        |               :             xxxxxxxxxxxxxxoooooooooooooo
      2 +ooooooooooooooo              ****************************
        |*****************************              xxxxxxxxxxxxxx
      0 +
        ++---------------------------+---------------------------+
         0                           5m                        10m
      """
    #expect(picture(Pictures.three, 60, ascii: true) == expected)
  }

  @Test("gap on 40 cells") func gap40() {
    let expected = """
      latency.p99
      400ms ┤                      ⠉⠉⠉⠉⠉⢱
            │                           ⠘⠒⠒⠒⠒⠒
      200ms ┤     ⢰⠒⠒⠒⠒⠒
            │⠤⠤⠤⠤⠤⠜
          0 ┤
            └┬───────────────┬───────────────┬
             0              30s            60s
                  ▲ scale +1       s1 killed ▲
                   ▲ scale +2
      """
    #expect(picture(Pictures.gap, 40) == expected)
  }

  @Test("gap on 40 cells in ASCII") func gap40ASCII() {
    let expected = """
      latency.p99
      400ms +                      ******
            |                            *****
      200ms +      *****
            |******
          0 +
            ++---------------+---------------+
             0              30s            60s
                  ^ scale +1       s1 killed ^
                   ^ scale +2
      """
    #expect(picture(Pictures.gap, 40, ascii: true) == expected)
  }

  @Test("runs on 40 cells") func runs40() {
    let expected = """
      load   • round-robin   o least
      10 ┤
         │                  ••••••
         │            ••••••      ••••••••••••
         │      ••••••oooooooooooooooooooooooo
       0 ┤••••••oooooo
         └┬─────────────────┬────────────────┬
          0                 5m             10m
      """
    #expect(picture(Pictures.runs, 40) == expected)
  }

  @Test("runs on 40 cells in ASCII") func runs40ASCII() {
    let expected = """
      load   * round-robin   o least
      10 +
         |                  ******
         |            ******      ************
         |      ******oooooooooooooooooooooooo
       0 +******oooooo
         ++-----------------+----------------+
          0                 5m             10m
      """
    #expect(picture(Pictures.runs, 40, ascii: true) == expected)
  }

  @Test("runs on 22 cells") func runs22() {
    let expected = """
      load   • round-robin
      o least
      10 ┤
         │         •••
         │      •••   ••••••
         │   •••oooooooooooo
       0 ┤•••ooo
         └┬────────────────┬
          0              10m
      """
    #expect(picture(Pictures.runs, 22) == expected)
  }

  @Test("many on 40 cells") func many40() {
    let expected = """
      load
          s1
      10 ┤
         │                  ⣀⣀⣀⣀⣀⣀⣀⣀⣀
       0 ┤⣀⣀⣀⣀⣀⣀⣀⣀⣀⠤⠤⠤⠤⠤⠤⠤⠤⠤⠃        ⠓⠒⠒⠒⠒⠒⠒⠒⠒
          s2
      10 ┤
         │                  ⣀⣀⣀⣀⣀⣀⣀⣀⣀
       0 ┤⣀⣀⣀⣀⣀⣀⣀⣀⣀⠖⠒⠒⠒⠒⠒⠒⠒⠒⠁        ⠓⠒⠒⠒⠒⠒⠒⠒⠒
          s3
      10 ┤
         │                  ⣀⣀⣀⣀⣀⣀⣀⣀⣀
       0 ┤⣀⣀⣀⣀⣀⣀⣀⣀⣀⠏⠉⠉⠉⠉⠉⠉⠉⠉         ⠓⠒⠒⠒⠒⠒⠒⠒⠒
          s4
      10 ┤
         │         ⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀
       0 ┤⣀⣀⣀⣀⣀⣀⣀⣀⣀⠇                 ⠓⠒⠒⠒⠒⠒⠒⠒⠒
          s5
      10 ┤
         │         ⡖⠒⠒⠒⠒⠒⠒⠒⠒⣄⣀⣀⣀⣀⣀⣀⣀⣀
       0 ┤⣀⣀⣀⣀⣀⣀⣀⣀⣀⠇                 ⠓⠒⠒⠒⠒⠒⠒⠒⠒
          s6
      10 ┤
         │         ⡏⠉⠉⠉⠉⠉⠉⠉⠉⣆⣀⣀⣀⣀⣀⣀⣀⣀
       0 ┤⣀⣀⣀⣀⣀⣀⣀⣀⣀⠇                 ⠓⠒⠒⠒⠒⠒⠒⠒⠒
          s7
      10 ┤         ⣀⣀⣀⣀⣀⣀⣀⣀⣀
         │         ⡇        ⣇⣀⣀⣀⣀⣀⣀⣀⣀
       0 ┤⣀⣀⣀⣀⣀⣀⣀⣀⣀⠇                 ⠓⠒⠒⠒⠒⠒⠒⠒⠒
          s8
      10 ┤         ⡤⠤⠤⠤⠤⠤⠤⠤⠤⡀
         │         ⡇        ⣇⣀⣀⣀⣀⣀⣀⣀⣀
       0 ┤⣀⣀⣀⣀⣀⣀⣀⣀⣀⠇                 ⠓⠒⠒⠒⠒⠒⠒⠒⠒
         └┬─────────────────┬────────────────┬
          0                 5m             10m
      … 1 more
      """
    #expect(picture(Pictures.many, 40) == expected)
  }

  @Test("fleet on 10 cells") func fleet10() {
    let expected = """
      load
      ▃▃▃▆▆███▆▃
      """
    #expect(picture(Pictures.fleet, 10) == expected)
  }
}
