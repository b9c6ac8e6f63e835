import LineEditor
import Testing

@Suite struct KeyDecoderTests {
  private func decode(_ bytes: [UInt8]) -> [Unicode.Scalar] {
    var decoder = KeyDecoder()
    return bytes.flatMap { decoder.feed($0) } + decoder.flush()
  }

  @Test(
    arguments: [
      ("", []), ("a", ["a"]), ("\r\t\u{3}", ["\r", "\t", "\u{3}"]),
      ("é日🙂", ["é", "日", "🙂"]),
      ("\u{1b}", ["\u{1b}"]), ("\u{1b}\u{1b}", ["\u{1b}", "\u{1b}"]),
      ("\u{1b}b", ["\u{1b}", "b"]), ("\u{1b}é", ["\u{1b}", "é"]),
      ("\u{1b}[", ["\u{1b}", "["]), ("\u{1b}O", ["\u{1b}", "O"]), ("\u{1b}[1;", []),
      ("\u{1b}\r", [Key.newline.scalar]), ("\u{1b}\n", [Key.newline.scalar]),
      ("\u{1b}\u{1b}[A", ["\u{1b}", Key.up.scalar]),
      ("\u{1b}[A\u{1b}OB", [Key.up.scalar, Key.down.scalar]),
      (
        "\u{1b}[C\u{1b}[1;2C\u{1b}[1;5C",
        [Key.right.scalar, Key.right.scalar, Key.wordRight.scalar]
      ),
      ("\u{1b}[D\u{1b}[1;3D", [Key.left.scalar, Key.wordLeft.scalar]),
      ("\u{1b}[H\u{1b}[1~\u{1b}[7~\u{1b}OH", Array(repeating: Key.home.scalar, count: 4)),
      ("\u{1b}[F\u{1b}[4~\u{1b}[8~\u{1b}OF", Array(repeating: Key.end.scalar, count: 4)),
      ("\u{1b}[3~\u{1b}OM\u{1b}[200~", [Key.delete.scalar, Key.enter.scalar, Key.paste.scalar]),
      ("\u{1b}[15~\u{1b}[5;2~\u{1b}OQ\u{1b}[[Ax", ["x"]), ("\u{1b}[<0;1;2Mx", ["x"]),
      ("\u{1b}[1\u{3}", ["\u{3}"]), ("\u{1b}[1\u{1b}[A", [Key.up.scalar]), ("\u{1b}Oé", ["é"]),
      ("\u{1b}[99999999999999999999~x", ["x"]),
      ("\u{1b}[" + String(repeating: "1", count: 1000) + "Ax", ["x"]),
      ("\u{80}\u{9F}", ["\u{FFFD}", "\u{FFFD}"]),
    ] as [(String, [Unicode.Scalar])])
  func bytesBecomeKeys(typed: String, keys: [Unicode.Scalar]) {
    #expect(decode(Array(typed.utf8)) == keys)
  }

  @Test(
    arguments: [
      ([0xFF, 0x61], ["\u{FFFD}", "a"]), ([0xE6, 0x61], ["\u{FFFD}", "a"]),
      ([0xE6, 0x97], ["\u{FFFD}"]), ([0xA5], ["\u{FFFD}"]),
      ([0xC0, 0x80], ["\u{FFFD}", "\u{FFFD}"]),
      ([0xE6, 0x1B, 0x5B, 0x41], ["\u{FFFD}", Key.up.scalar]),
      ([0xED, 0xA0, 0x80], ["\u{FFFD}", "\u{FFFD}", "\u{FFFD}"]),
    ] as [([UInt8], [Unicode.Scalar])])
  func whatIsNotUTF8IsReplaced(bytes: [UInt8], keys: [Unicode.Scalar]) {
    #expect(decode(bytes) == keys)
  }

  @Test func aSequenceIsPendingUntilItIsOver() {
    var decoder = KeyDecoder()
    for byte in "\u{1b}[".utf8 {
      #expect(decoder.feed(byte) == [])
      #expect(decoder.isPending)
    }
    #expect(decoder.feed(UInt8(ascii: "A")) == [Key.up.scalar])
    #expect(!decoder.isPending)
  }

  /// No bytes trap; each gives at most itself and what was held back, and in the end nothing is held.
  @Test(arguments: 0..<64) func anyBytesAreDecoded(seed: UInt64) {
    var state = seed
    var decoder = KeyDecoder()
    var held = 0
    let alphabet: [UInt8] = [
      0x1B, 0x1B, 0x5B, 0x4F, 0x3B, 0x31, 0x7E, 0x41, 0xE6, 0x97, 0xA5, 0xF0,
    ]
    for _ in 0..<2000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let random = Int(state >> 33)
      held += 1
      let keys = decoder.feed(random % 3 == 0 ? UInt8(random / 3 % 256) : alphabet[random / 3 % 12])
      #expect(keys.count <= held)
      if !decoder.isPending { held = 0 }
    }
    _ = decoder.flush()
    #expect(!decoder.isPending)
    #expect(decoder.feed(UInt8(ascii: "x")) == ["x"])
  }
}
