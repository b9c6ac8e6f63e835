import Simulation
import Testing

/// References to 60 digits, rounded once.
struct ElementaryTests {
  @Test(arguments: [
    (1.0, 0x1.5bf0a8b145769p+1), (-1.0, 0x1.78b56362cef38p-2), (0.5, 0x1.a61298e1e069cp+0),
    (-0.1, 0x1.cf46d99d52b3ap-1), (1e-10, 0x1.000000006df38p+0), (2.5, 0x1.85d6fd931e0bbp+3),
    (10.0, 0x1.5829dcf950560p+14), (-20.25, 0x1.b93de1e27ca3bp-30),
    (100.7, 0x1.36b3df32523b5p+145), (700.3, 0x1.3f6d02b17eb6dp+1010),
    (-700.9, 0x1.c26506fa277cbp-1012), (0.34657, 0x1.6a099138a089dp+0),
    (-0.34658, 0x1.6a094e536e572p-1), (3e-05, 0x1.0001f752f39e5p+0),
    (33.3, 0x1.078401f5a3ec8p+48), (709.7, 0x1.d75ae7a50ee14p+1023),
    (-708.2, 0x1.378faeaa24275p-1022), (0, 1),
  ])
  func expIsAccurate(x: Double, reference: Double) {
    #expect(isClose(Elementary.exp(x), reference))
  }

  @Test(arguments: [
    (2.0, 0x1.62e42fefa39efp-1), (0.5, -0x1.62e42fefa39efp-1), (3.0, 0x1.193ea7aad030bp+0),
    (10.0, 0x1.26bb1bbb55516p+1), (0.1, -0x1.26bb1bbb55515p+1),
    (1.0000001, 0x1.ad7f2847b6492p-24), (0.9999999, -0x1.ad7f2b1049b9fp-24),
    (1.4142, 0x1.62e1ac5b1d181p-2), (1.4143, 0x1.62f4358c03e8ap-2),
    (0.7072, -0x1.62c1a17840101p-2), (1e+300, 0x1.5963447f87fb5p+9),
    (1e-300, -0x1.5963447f87fb5p+9), (0x1p-1074, -0x1.74385446d71c3p+9),
    (123456.789, 0x1.77281cad8a844p+3), (7.69711747013105, 0x1.053a70477321bp+1),
    (1.5, 0x1.9f323ecbf984cp-2), (1, 0),
  ])
  func logIsAccurate(x: Double, reference: Double) {
    #expect(isClose(Elementary.log(x), reference))
  }

  @Test(arguments: [
    (0.1, 0x1.9e3779b97f4a8p-1), (0.2, 0x1.3c6ef372fe94ep-2), (0.3, -0x1.3c6ef372fe94ep-2),
    (-0.4, -0x1.9e3779b97f4a8p-1), (0.06, 0x1.dc0ba9def5ae5p-1), (0.11, 0x1.8a80b635b6beap-1),
    (1e-9, 1), (12345.678, -0x1.bf9b468956944p-2), (0, 1), (0.25, 0), (0.5, -1), (-0.75, 0),
    (1e300, 1),
  ])
  func cosineIsAccurate(turns: Double, reference: Double) {
    #expect(abs(Elementary.cosine(ofTurns: turns) - reference) <= 2e-16)
    #expect(Elementary.cosine(ofTurns: .infinity).isNaN)
  }

  @Test(arguments: [
    (2.0, 0.5, 0x1.6a09e667f3bcdp+0), (10.0, -3.0, 0x1.0624dd2f1a9fcp-10),
    (1.1, 100.0, 0x1.aea4e6126bb95p+13), (0.3, 7.7, 0x1.8ae7e5b4e6bafp-14),
    (1000.0, -1.1, 0x1.06c436388750ep-11), (1.0000001, 1e9, 0x1.349445c228792p+144),
    (0.9999, -5e6, 0x1.4df93d66f6c2ap+721), (0x1p-1074, 0.5, 0x1.0000000000000p-537),
    (7.0, 250.25, 0x1.745d25e137291p+702), (3.0, -600.5, 0x1.2c3fe31a13ba2p-952),
    (1e+300, 1.02, 0x1.6c8e5ca239078p+1016), (1.5, 1.0, 1.5),
    (1e6, -0.8, 0x1.09e6a4f05e626p-16), (1.9999999, 511.7, 0x1.9fdcd27fa42d6p+511),
    (-2.0, 3.0, -8), (-2.0, 4.0, 16), (3.0, 5.0, 243),
  ])
  func powIsAccurate(x: Double, y: Double, reference: Double) {
    #expect(isClose(Elementary.pow(x, y), reference))
  }

  @Test(
    arguments: [
      (0, 0, 1), (.nan, 0, 1), (1, .nan, 1), (0, 2, 0), (0, -1, .infinity), (-0.0, -1, -.infinity),
      (-0.0, -2, .infinity), (.infinity, 2, .infinity), (.infinity, -2, 0),
      (-.infinity, 3, -.infinity), (-.infinity, 0.5, .infinity), (0.5, .infinity, 0),
      (0.5, -.infinity, .infinity), (2, .infinity, .infinity), (-1, .infinity, 1),
      (2, 1e300, .infinity),
      (2, -1e300, 0), (2, 1024, .infinity), (2, -1075.5, 0),
    ] as [(Double, Double, Double)])
  func powKnowsItsEdges(x: Double, y: Double, expected: Double) {
    #expect(Elementary.pow(x, y) == expected)
  }

  @Test
  func nonsenseIsNotANumber() {
    #expect(Elementary.pow(-8, 1.0 / 3).isNaN)
    #expect(Elementary.pow(.nan, 2).isNaN)
    #expect(Elementary.pow(2, .nan).isNaN)
    #expect(Elementary.log(-1).isNaN)
    #expect(Elementary.log(.nan).isNaN)
    #expect(Elementary.exp(.nan).isNaN)
    #expect(Elementary.sqrt(-1).isNaN)
  }

  @Test
  func endsOfTheRange() {
    #expect(Elementary.exp(709.78) < .infinity)
    #expect(Elementary.exp(709.79) == .infinity)
    #expect(Elementary.exp(.infinity) == .infinity)
    #expect(Elementary.exp(-745.13) == 0x1p-1074)
    #expect(Elementary.exp(-745.14) == 0)
    #expect(Elementary.exp(-.infinity) == 0)
    #expect(Elementary.log(0) == -.infinity)
    #expect(Elementary.log(.infinity) == .infinity)
    #expect(Elementary.sqrt(2) == 0x1.6a09e667f3bcdp+0)
  }

  /// exp(log x) = x up to the rounding of log x, and neither ever steps back.
  @Test
  func expAndLogAreInverseAndRise() {
    var last = -Double.infinity
    for step in 1...20_000 {
      let x = Double(step) * 0x1p-10
      let log = Elementary.log(x)
      #expect(log > last)
      last = log
      #expect(abs(Elementary.exp(log) / x - 1) < 4e-16 * (1 + abs(log)))
    }
  }

  /// Within one unit in the last place.
  private func isClose(_ value: Double, _ reference: Double) -> Bool {
    abs(value - reference) <= reference.ulp
  }
}
