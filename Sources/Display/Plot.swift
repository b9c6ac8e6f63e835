/// Values over simulated time, with axes.
///
/// One series is a line; two or three share the picture with marks of their own; more become
/// small pictures under each other on one scale.
public struct Plot: Hashable, Sendable {
  /// A line in the picture.
  public struct Series: Hashable, Sendable {
    /// What the legend calls it.
    public var name: String
    /// One value for each of some equally long stretches of time, in the plot's unit; `nil` and
    /// numbers that are not finite are gaps.
    public var values: [Double?]

    /// A line.
    public init(_ name: String, _ values: [Double?]) {
      self.name = name
      self.values = values
    }
  }

  /// Something that happened, such as `scale +1`.
  public struct Mark: Hashable, Sendable {
    /// When it happened, in seconds.
    public var time: Double
    /// What happened.
    public var text: String

    /// An event under the time axis.
    public init(at time: Double, _ text: String) {
      self.time = time
      self.text = text
    }
  }

  /// The line above the picture; none if empty.
  public var title: StyledText
  /// What the heights are.
  public var unit: Quantity.Unit
  /// The lines.
  public var series: [Series]
  /// When the first value begins and the last one ends, in seconds.
  public var times: ClosedRange<Double>
  /// What happened meanwhile.
  public var marks: [Mark]
  /// Lines of text the picture is high, without its axis, give or take a few so that the ticks
  /// stand evenly; pictures under each other are lower.
  public var height: Int

  /// A picture of some series over the same stretch of time.
  public init(
    _ title: StyledText = "", unit: Quantity.Unit, series: [Series],
    over times: ClosedRange<Double>,
    marks: [Mark] = [], height: Int = 10
  ) {
    self.title = title
    self.unit = unit
    self.series = series
    self.times = times
    self.marks = marks
    self.height = height
  }
}
