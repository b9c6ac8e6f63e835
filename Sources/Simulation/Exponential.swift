/// The exponential distribution with mean 1, by a ziggurat of 256 layers.
public enum Exponential {
  /// Frozen constants of the 256-layer ziggurat of exp(−x): the tail's start and a layer's area.
  @usableFromInline
  static let ziggurat = Ziggurat(
    tail: 0x1.ec9d9297ebb83p+2, area: 0x1.02d84bc4b0285p-8,
    density: { Elementary.exp(-$0) }, inverse: { -Elementary.log($0) })

  /// A sample from a first draw, taking more only where the ziggurat rejects (1 in 90).
  ///
  /// Complexity: O(1), a few nanoseconds.
  @inlinable
  public static func sample(_ first: UInt64, _ draws: inout some DrawSource) -> Double {
    let layer = ziggurat.layer(first)
    let abscissa = Ziggurat.abscissa(first)
    if abscissa < layer.inside { return Double(abscissa) * layer.scale }
    return sampleOutside(first, &draws)
  }

  /// A sample from a stream.
  @inlinable
  public static func sample(from stream: inout RandomStream) -> Double {
    let first = stream.next()
    return sample(first, &stream)
  }

  /// A sample by a draw that fell outside its layer's sure part.
  @inlinable
  @inline(never)
  static func sampleOutside(_ first: UInt64, _ draws: inout some DrawSource) -> Double {
    let table = ziggurat
    var draw = first
    var start = 0.0
    while true {
      let layer = table.layer(draw)
      let abscissa = Ziggurat.abscissa(draw)
      let x = Double(abscissa) * layer.scale
      if abscissa < layer.inside { return start + x }
      if draw & 0xFF == 0 {
        // Having no memory, the tail is the whole distribution moved to where it begins.
        start += table.tail
      } else if table.height(draw, second: draws.extra()) < Elementary.exp(-x) {
        return start + x
      }
      draw = draws.extra()
    }
  }
}
