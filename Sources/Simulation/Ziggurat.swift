/// The tables of a ziggurat: 256 horizontal layers of equal area that cover a falling density.
///
/// Source: Marsaglia, Tsang, "The ziggurat method for generating random variables" (2000), with
/// the layer and the abscissa from separate bits of one 64-bit draw (Doornik 2005).
@usableFromInline
struct Ziggurat: @unchecked Sendable {
  /// A layer as the fast path needs it, in one cache line.
  @usableFromInline
  struct Layer {
    /// The layer's width ÷ 2⁵³.
    @usableFromInline
    let scale: Double
    /// Below this 53-bit abscissa a point is under the density whatever its height.
    @usableFromInline
    let inside: Int64
  }

  // Immortal and never written after `init`, which is what makes sharing the pointers safe.
  @usableFromInline
  let layers: UnsafePointer<Layer>
  /// The density at each layer's lower edge, and 1 at the top.
  @usableFromInline
  let heights: UnsafePointer<Double>
  /// Where the tail begins.
  @usableFromInline
  let tail: Double

  /// Builds the tables for a density that falls from 1, given where its tail begins, the area
  /// of a layer, the density and the density's inverse.
  init(
    tail: Double, area: Double, density: (Double) -> Double, inverse: (Double) -> Double
  ) {
    let count = 256
    let layers = UnsafeMutablePointer<Layer>.allocate(capacity: count)
    let heights = UnsafeMutablePointer<Double>.allocate(capacity: count + 1)
    // The lowest layer contains the tail: as a rectangle of the same area it is this wide.
    var width = area / density(tail)
    var next = tail
    for index in 0..<count {
      let inside = Int64(next / width * 0x1p53)
      (layers + index).initialize(to: Layer(scale: width * 0x1p-53, inside: inside))
      (heights + index).initialize(to: index == 0 ? 0 : density(width))
      width = next
      next = index < count - 2 ? inverse(area / width + density(width)) : 0
    }
    (heights + count).initialize(to: 1)
    self.layers = UnsafePointer(layers)
    self.heights = UnsafePointer(heights)
    self.tail = tail
  }

  /// The layer that a draw chooses.
  @inlinable
  func layer(_ draw: UInt64) -> Layer {
    layers[Int(truncatingIfNeeded: draw & 0xFF)]
  }

  /// The abscissa that a draw chooses, in 53 bits.
  @inlinable
  static func abscissa(_ draw: UInt64) -> Int64 {
    Int64(truncatingIfNeeded: draw &>> 11)
  }

  /// The height of a point in the layer that a draw chooses, by a second draw.
  @inlinable
  func height(_ draw: UInt64, second: UInt64) -> Double {
    let index = Int(truncatingIfNeeded: draw & 0xFF)
    return heights[index] + RandomStream.unit(second) * (heights[index &+ 1] - heights[index])
  }
}
