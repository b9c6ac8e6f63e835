/// The normal distribution with mean 0 and variance 1, by a ziggurat of 256 layers.
public enum Normal {
  /// Frozen constants of the 256-layer ziggurat of exp(−x²/2): the tail's start, a layer's area.
  @usableFromInline
  static let ziggurat = Ziggurat(
    tail: 0x1.d3bb48209ad33p+1, area: 0x1.43016a5a43732p-8,
    density: { Elementary.exp(-0.5 * $0 * $0) },
    inverse: { Elementary.sqrt(-2 * Elementary.log($0)) })

  /// A sample from a first draw, taking more only where the ziggurat rejects.
  ///
  /// Complexity: O(1), a few nanoseconds.
  @inlinable
  public static func sample(_ first: UInt64, _ draws: inout some DrawSource) -> Double {
    let layer = ziggurat.layer(first)
    let abscissa = Ziggurat.abscissa(first)
    let size =
      abscissa < layer.inside
      ? Double(abscissa) * layer.scale : sizeOutside(first, &draws)
    // Bit 8 belongs to neither the layer (0–7) nor the abscissa (11–63); as the sign it is moved
    // rather than tested, because no processor could predict it.
    return Double(bitPattern: size.bitPattern | (first & 0x100) &<< 55)
  }

  /// A sample from a stream.
  @inlinable
  public static func sample(from stream: inout RandomStream) -> Double {
    let first = stream.next()
    return sample(first, &stream)
  }

  /// The size of a sample whose draw fell outside its layer's sure part.
  @inlinable
  @inline(never)
  static func sizeOutside(_ first: UInt64, _ draws: inout some DrawSource) -> Double {
    let table = ziggurat
    var draw = first
    while true {
      let layer = table.layer(draw)
      let abscissa = Ziggurat.abscissa(draw)
      let x = Double(abscissa) * layer.scale
      if abscissa < layer.inside { return x }
      if draw & 0xFF == 0 { return tail(from: table.tail, &draws) }
      if table.height(draw, second: draws.extra()) < Elementary.exp(-0.5 * x * x) { return x }
      draw = draws.extra()
    }
  }

  /// A sample beyond where the tail begins.
  ///
  /// Source: Marsaglia, "Generating a variable from the tail of the normal distribution" (1964).
  @inlinable
  static func tail(from start: Double, _ draws: inout some DrawSource) -> Double {
    while true {
      let beyond = Exponential.sample(draws.extra(), &draws) / start
      let height = Exponential.sample(draws.extra(), &draws)
      if 2 * height > beyond * beyond { return start + beyond }
    }
  }
}
