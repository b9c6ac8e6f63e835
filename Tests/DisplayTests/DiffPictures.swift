import Testing

/// The exact lines of a diff.
@Suite struct DiffPictures {
  @Test("diff on 40 cells") func diff40() {
    let expected = """
        … 3 equal lines
        line 4
        line 5
        line 6
      - line 7
      + line seven
        line 8
        line 9
        line 10
        … 7 equal lines
        line 18
        line 19
        line 20
      + done
      """
    #expect(picture(Pictures.diff, 40) == expected)
  }

  @Test("diff on 40 cells in ASCII") func diff40ASCII() {
    let expected = """
        ... 3 equal lines
        line 4
        line 5
        line 6
      - line 7
      + line seven
        line 8
        line 9
        line 10
        ... 7 equal lines
        line 18
        line 19
        line 20
      + done
      """
    #expect(picture(Pictures.diff, 40, ascii: true) == expected)
  }
}
