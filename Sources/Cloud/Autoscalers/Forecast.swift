/// What comes next by what came a season ago.
///
/// Time is cut into slots; each slot's mean is one value. `seasonal-naive` says what the same slot
/// had a season ago. `holt-winters` keeps a level, a trend and a season (additive); they begin
/// with the first season: its mean, no trend, and the differences from the mean.
///
/// Source: Winters, "Forecasting sales by exponentially weighted moving averages" (1960);
/// Hyndman and Athanasopoulos, "Forecasting: principles and practice", 3rd edition, 5.2 and 8.3.
public struct Forecast: Sendable {
  /// How it forecasts.
  public enum Method: String, CaseIterable, Sendable {
    /// The value of one season ago.
    case seasonalNaive = "seasonal-naive"
    /// Level, trend and season, smoothed.
    case holtWinters = "holt-winters"
  }

  /// How it forecasts.
  public let method: Method
  /// Slots in a season.
  public let slots: Int
  /// How fast the level, the trend and the season follow, each from 0 to 1.
  public let smoothing: (level: Double, trend: Double, season: Double)
  private var level = 0.0
  private var trend = 0.0
  /// A season's values, or differences from the level, by slot; the oldest is overwritten.
  private var season: [Double] = []
  /// Values seen in all.
  public private(set) var count = 0

  /// A forecast without a history.
  public init(
    _ method: Method, slots: Int,
    smoothing: (level: Double, trend: Double, season: Double) = (0.2, 0.1, 0.3)
  ) {
    self.method = method
    self.slots = max(1, slots)
    self.smoothing = smoothing
  }

  /// Takes in the next slot's value.
  ///
  /// Complexity: O(1), but for the first season's last.
  public mutating func record(_ value: Double) {
    defer { count += 1 }
    let place = count % slots
    if season.count < slots {
      season.append(value)
      if season.count == slots, method == .holtWinters {
        level = season.reduce(0, +) / Double(slots)
        for slot in season.indices { season[slot] -= level }
      }
      return
    }
    guard method == .holtWinters else {
      season[place] = value
      return
    }
    let base = level + trend
    let old = season[place]
    level = smoothing.level * (value - old) + (1 - smoothing.level) * base
    trend = smoothing.trend * (level - (base - trend)) + (1 - smoothing.trend) * trend
    season[place] = smoothing.season * (value - base) + (1 - smoothing.season) * old
  }

  /// The value expected `ahead` slots after the last one, from 1 on; nil before a whole season.
  public func value(ahead: Int) -> Double? {
    guard season.count == slots, ahead >= 1 else { return nil }
    let seasonal = season[(count &+ ahead &- 1) % slots]
    return method == .holtWinters
      ? max(0, level + trend * Double(ahead) + seasonal) : max(0, seasonal)
  }
}

/// The most servers that a forecast may call for (AWS predictive scaling, MaxCapacityBreachBehavior).
///
/// Source: EC2 Auto Scaling user guide, "Predictive scaling".
public enum MaxCapacity: Hashable, Sendable {
  /// Never more than the group's most.
  case honor
  /// As many as forecast and so many per cent on top, if that is more.
  case increase(bufferPercent: Double)

  /// The most, the group's own considered.
  public func effective(most: Int, predicted: Int) -> Int {
    guard case .increase(let buffer) = self else { return most }
    let extra = Int(serversFor: Double(predicted) * buffer / 100)
    return max(most, predicted &+ extra)
  }
}
