import Simulation
import Testing

@Suite("Hashes of the products")
struct HashTests {
  private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  /// Source: the check value of the CRC catalogue; zlib.
  @Test(arguments: [("123456789", 0xCBF4_3926 as UInt32), ("", 0), ("a", 0xE8B7_BE43)])
  func `CRC-32`(_ text: String, _ hash: UInt32) { #expect(Hash.crc32(bytes(text)) == hash) }

  @Test func `CRC-32 goes on from an earlier one`() {
    #expect(Hash.crc32(bytes("56789"), from: Hash.crc32(bytes("1234"))) == 0xCBF4_3926)
    #expect(Hash.crc32(0x3938_3736, from: Hash.crc32(bytes("12345"))) == 0xCBF4_3926)
  }

  /// Source: the README of python-xxhash, and the xxHash project's own tests.
  @Test(arguments: [
    ("", 0, 0xEF46_DB37_51D8_E999 as UInt64), ("a", 0, 0xD24E_C4F1_A98C_6E5B),
    ("abc", 0, 0x44BC_2CF5_AD77_0999),
    ("Nobody inspects the spammish repetition", 0, 0xFBCE_A83C_8A37_8BF1),
    ("xxhash", 20_141_025, 0xB559_B98D_844E_0635),
  ])
  func `xxHash of 64 bits`(_ text: String, _ seed: UInt64, _ hash: UInt64) {
    #expect(Hash.xxh64(bytes(text), seed: seed) == hash)
  }

  /// Source: points of the ring in Envoy's ring_hash_lb_test.cc, BasicWithMurmur2.
  @Test(arguments: [
    ("127.0.0.1:85_0", 1_358_027_074_129_602_068 as UInt64, 16_375_050_414_328_759_093 as UInt64)
  ])
  func `MurmurHash2 of 64 bits, as libstdc++ has it`(_ text: String, _ one: UInt64, _ two: UInt64) {
    let other = text.dropLast() + "1"
    #expect(Set([text, String(other)].map { Hash.murmur2(bytes($0)) }) == [one, two])
  }

  /// Source: a second reading of HAProxy's hash.c; HAProxy 2.6 itself agrees on 304 keys.
  @Test(arguments: [
    ("", 0 as UInt32, 0x1505 as UInt32, 0xF99A_0360 as UInt32, 0xAB4E_D927 as UInt32),
    ("a", 0x61, 0x2_B606, 0x714B_F225, 0x6D1E_FF97),
    ("key0", 0xA48E_7BB1, 0x7C99_797E, 0xAB5F_B947, 0xC508_FA79),
    ("/index.html", 0x3324_2976, 0xE114_B9CF, 0x3101_077E, 0xFB63_160C),
  ])
  func `hashes of HAProxy`(
    _ text: String, _ sdbm: UInt32, _ djb2: UInt32, _ wt6: UInt32, _ avalanche: UInt32
  ) {
    #expect(Hash.sdbm(bytes(text)) == sdbm)
    #expect(Hash.djb2(bytes(text)) == djb2)
    #expect(Hash.wt6(bytes(text)) == wt6)
    #expect(Hash.avalanche(Hash.sdbm(bytes(text))) == avalanche)
  }

  /// Source: RFC 1321, A.5.
  @Test(arguments: [
    ("", "d41d8cd98f00b204e9800998ecf8427e"), ("abc", "900150983cd24fb0d6963f7d28e17f72"),
    ("message digest", "f96b697d7cb7938d525a2f31aaf161d0"),
    (
      "12345678901234567890123456789012345678901234567890123456789012345678901234567890",
      "57edf4a22be3c955ac49da2e2107b67a"
    ),
  ])
  func `MD5`(_ text: String, _ digest: String) {
    let hex = Hash.md5(bytes(text)).flatMap { number in
      (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
    #expect(hex.joined() == digest)
  }

  /// Source: the C++ standard's requirement on `std::mt19937`, [rand.predef].
  @Test func `the Mersenne Twister`() {
    var twister = MersenneTwister(seed: 5489)
    for _ in 1..<10_000 { _ = twister.next() }
    #expect(twister.next() == 4_123_659_995)
    twister = MersenneTwister(seed: 5489)
    #expect(twister.next() == 3_499_211_612)
  }
}
