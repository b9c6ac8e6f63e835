import Simulation

/// How often to draw two servers again before taking one that may be unhealthy.
///
/// Source: Finagle, loadbalancer/PanicMode.scala: repeat until a healthy one is met, at most so
/// often; then take the last one whatever its state.
public enum PanicMode {
  /// The least e with f^(2e) ≤ 1 %, f being the unhealthy share; at least 1.
  ///
  /// The chance to meet only unhealthy servers in e draws of two is then at most 1 %. When nearly all
  /// are unhealthy it stays at 100.
  public static func tries(unhealthy share: Double) -> Int {
    guard share < 1 else { return 100 }
    var tries = 1
    var missed = share * share
    // Above the bound by more than rounding, so that 10 % is enough with one try.
    while missed > 0.01 + 1e-12, tries < 100 {
      tries += 1
      missed *= share * share
    }
    return tries
  }

  /// How often Finagle tries unless told otherwise: enough for half of the servers unhealthy.
  public static let usual = tries(unhealthy: 0.5)
}
