/// How many pods to ask for their concurrency so that the mean is good enough (Knative).
///
/// `N` up to 3, else `ceil(N·X ÷ (N + X − 1))` with `X = 1.96²·100 ÷ 5²`: the sample size for a
/// mean at 95 % confidence.
///
/// Source: knative/serving, `pkg/autoscaler/metrics/sample_size.go`.
public enum ScrapeSample {
  /// The number of pods to ask.
  public static func size(of pods: Int) -> Int {
    guard pods > 3 else { return max(0, pods) }
    let x = 1.96 * 1.96 * 100.0 / (5.0 * 5.0)
    let all = Double(pods)
    return Int(serversFor: all * x / (all + x - 1))
  }
}
