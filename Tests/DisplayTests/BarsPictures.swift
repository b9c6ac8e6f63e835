import Testing

/// The exact lines of bars.
@Suite struct BarsPictures {
  @Test("load on 80 cells") func load80() {
    let expected = """
      load per server   █ busy   ░ queued
      s1           ███████░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░  2 + 14
      s2           ███▊                                                              1
      s3 主服务器  ██████████████████████████████░░░                             8 + 1
      s4                                                                             0
      """
    #expect(picture(Pictures.load, 80) == expected)
  }

  @Test("load on 40 cells") func load40() {
    let expected = """
      load per server   █ busy   ░ queued
      s1           ██░░░░░░░░░░░░░░░░░  2 + 14
      s2           █▎                        1
      s3 主服务器  ██████████░           8 + 1
      s4                                     0
      """
    #expect(picture(Pictures.load, 40) == expected)
  }

  @Test("load on 16 cells") func load16() {
    let expected = """
      load per server
      █ busy
      ░ queued
      s1        2 + 14
      s2             1
      s3 主服…   8 + 1
      s4             0
      """
    #expect(picture(Pictures.load, 16) == expected)
  }

  @Test("load on 40 cells in ASCII") func load40ASCII() {
    let expected = """
      load per server   # busy   . queued
      s1           ##.................  2 + 14
      s2           #                         1
      s3 主服务器  ##########.           8 + 1
      s4                                     0
      """
    #expect(picture(Pictures.load, 40, ascii: true) == expected)
  }

  @Test("cost on 40 cells") func cost40() {
    let expected = """
      round-robin  ███████████████████  $12.30
      least        ██████▎               $4.05
      two-choices  ▏                     $0.01
      """
    #expect(picture(Pictures.cost, 40) == expected)
  }

  @Test("cost on 40 cells in ASCII") func cost40ASCII() {
    let expected = """
      round-robin  ###################  $12.30
      least        ######                $4.05
      two-choices  #                     $0.01
      """
    #expect(picture(Pictures.cost, 40, ascii: true) == expected)
  }

  @Test("cost on 120 cells") func cost120() {
    let expected = """
      round-robin  ████████████████████████████████████████████████████████████  $12.30
      least        ███████████████████▊                                           $4.05
      two-choices  ▏                                                              $0.01
      """
    #expect(picture(Pictures.cost, 120) == expected)
  }
}
