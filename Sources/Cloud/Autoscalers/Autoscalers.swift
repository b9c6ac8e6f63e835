/// Every autoscaler there is.
public enum Autoscalers {
  /// In the order they are listed.
  public static let all: [any Autoscaler.Type] = [
    Sample.self, Demand.self, Resource.self, SimpleScaling.self, StepScaling.self,
    TargetTracking.self, Hpa.self, Keda.self, Kpa.self, Azure.self, Scheduled.self,
    Predictive.self, SquareRoot.self, Oracle.self,
  ]

  /// The autoscaler of that name.
  public static func named(_ name: String) -> (any Autoscaler.Type)? {
    all.first { $0.name == name }
  }
}
