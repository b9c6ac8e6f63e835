import Cloud
import Simulation
import TestSupport
import Testing

/// The vertical pod autoscaler's own test cases.
@Suite("As Kubernetes sizes")
struct VpaVectorTests {
  // MARK: Histograms

  private struct Histograms: Decodable {
    struct Options: Decodable {
      var kind: String
      var maxValue: Double
      var bucketSize: Double?
      var firstBucket: Double?
      var ratio: Double?
      var epsilon: Double

      enum CodingKeys: String, CodingKey {
        case kind, ratio, epsilon
        case maxValue = "max_value"
        case bucketSize = "bucket_size"
        case firstBucket = "first_bucket"
      }

      var layout: BucketLayout {
        BucketLayout(
          kind == "linear"
            ? .linear(width: bucketSize ?? 0)
            : .exponential(first: firstBucket ?? 0, ratio: ratio ?? 0), upTo: maxValue,
          epsilon: epsilon)
      }
    }
    struct Operation: Decodable {
      enum Expected: Decodable {
        case number(Double)
        case flag(Bool)

        init(from decoder: any Decoder) throws {
          let value = try decoder.singleValueContainer()
          if let flag = try? value.decode(Bool.self) {
            self = .flag(flag)
          } else {
            self = .number(try value.decode(Double.self))
          }
        }
      }
      var op: String
      var value: Double?
      var weight: Double?
      var time: Double?
      var p: Double?
      var expected: Expected?

      enum CodingKeys: String, CodingKey {
        case op, value, weight, p, expected
        case time = "t_s"
      }
    }
    struct Case: Decodable {
      var name: String
      var options: Options
      var halfLife: Double?
      var operations: [Operation]

      enum CodingKeys: String, CodingKey {
        case name, options, operations
        case halfLife = "half_life_s"
      }
    }
    struct Layout: Decodable {
      var options: Options
      var numBuckets: Int
      var starts: [[Double]]
      var find: [[Double]]

      enum CodingKeys: String, CodingKey {
        case options, starts, find
        case numBuckets = "num_buckets"
      }
    }
    struct Checkpoint: Decodable {
      struct Save: Decodable {
        var samples: [[Double]]
        var total: Double
        var bucketWeights: [String: Int]

        enum CodingKeys: String, CodingKey {
          case samples, total
          case bucketWeights = "bucket_weights"
        }
      }
      struct Load: Decodable {
        var total: Double
        var bucketWeights: [String: Int]
        var expected: [String: Double]

        enum CodingKeys: String, CodingKey {
          case total
          case bucketWeights = "bucket_weights"
          case expected = "expected_bucket_weight"
        }
      }
      var save: [Save]
      var load: Load
    }
    var cases: [Case]
    var layouts: [Layout]
    var checkpoint: Checkpoint

    enum CodingKeys: String, CodingKey {
      case cases, checkpoint
      case layouts = "bucket_layout"
    }
  }

  private static func histograms() throws -> Histograms {
    try Vectors.decode(Histograms.self, from: "scaling/vpa_histogram.json")
  }

  @Test(.enabled(if: Vectors.has("scaling/vpa_histogram.json"), "\(Vectors.missing)"))
  func `histograms, operation by operation`() throws {
    let file = try Self.histograms()
    #expect(file.cases.count >= 10)
    var asserted = 0
    for item in file.cases {
      var histogram = DecayingHistogram(
        item.options.layout, halfLife: item.halfLife.map { Duration(seconds: $0) })
      for operation in item.operations {
        let time = Instant(seconds: operation.time ?? 0)
        switch (operation.op, operation.expected) {
        case ("add", _):
          histogram.add(try #require(operation.value), weight: operation.weight ?? 0, at: time)
        case ("subtract", _):
          histogram.subtract(try #require(operation.value), weight: operation.weight ?? 0, at: time)
        case ("percentile", .number(let expected)):
          let value = histogram.percentile(try #require(operation.p))
          // The source's own tolerance is 1e-15 relative to the bucket's start, k × 0.1.
          #expect((value - expected).magnitude <= expected.ulp, "\(item.name) \(operation)")
          asserted += 1
        case ("empty", .flag(let expected)):
          #expect(histogram.isEmpty == expected, "\(item.name)")
          asserted += 1
        default: Issue.record("unknown operation \(operation)")
        }
      }
    }
    #expect(asserted >= 55)
  }

  @Test(.enabled(if: Vectors.has("scaling/vpa_histogram.json"), "\(Vectors.missing)"))
  func `where buckets begin`() throws {
    let file = try Self.histograms()
    #expect(file.layouts.count >= 2)
    for item in file.layouts {
      let layout = item.options.layout
      #expect(layout.count == item.numBuckets)
      for pair in item.starts { #expect(layout.start(of: Int(pair[0])) == pair[1], "\(pair)") }
      for pair in item.find { #expect(layout.bucket(of: pair[0]) == Int(pair[1]), "\(pair)") }
    }
  }

  @Test(.enabled(if: Vectors.has("scaling/vpa_histogram.json"), "\(Vectors.missing)"))
  func checkpoints() throws {
    let file = try Self.histograms().checkpoint
    let layout = BucketLayout(.linear(width: 1), upTo: 10, epsilon: 1e-15)
    #expect(file.save.count >= 3)
    for item in file.save {
      var histogram = DecayingHistogram(layout, halfLife: nil)
      for sample in item.samples { histogram.add(sample[0], weight: sample[1], at: .zero) }
      let checkpoint = histogram.checkpoint
      #expect(checkpoint.total == item.total)
      #expect(checkpoint.weights.count == item.bucketWeights.count)
      for (bucket, weight) in checkpoint.weights {
        #expect(item.bucketWeights["\(bucket)"] == weight)
      }
    }
    var histogram = DecayingHistogram(layout, halfLife: nil)
    histogram.load(
      DecayingHistogram.Checkpoint(
        total: file.load.total,
        weights: file.load.bucketWeights.sorted { $0.key < $1.key }
          .compactMap { pair in Int(pair.key).map { ($0, pair.value) } }))
    for (bucket, weight) in file.load.expected {
      #expect(histogram.weights[try #require(Int(bucket))] == weight)
    }
    #expect(histogram.total == file.load.total)
  }

  // MARK: Estimators

  private struct Recommender: Decodable {
    struct Percentile: Decodable {
      var cpuSamples: [Double]
      var cpuPercentile: Double
      var cpuExact: Double
      var memorySamples: [Double]
      var memoryPercentile: Double
      var memoryExact: Double

      enum CodingKeys: String, CodingKey {
        case cpuSamples = "cpu_samples_cores"
        case cpuPercentile = "cpu_percentile"
        case cpuExact = "cpu_exact"
        case memorySamples = "memory_samples_bytes"
        case memoryPercentile = "memory_percentile"
        case memoryExact = "memory_exact"
      }
    }
    struct Confidence: Decodable {
      var name: String
      var baseCores: Double
      var baseBytes: Double?
      var multiplier: Double
      var exponent: Double
      var interval: Double?
      var samples: Int
      var spacing: Double?
      var expectedConfidence: Double?
      var expectedCores: Double?
      var expectedBytes: Double?

      enum CodingKeys: String, CodingKey {
        case name, multiplier, exponent, samples
        case baseCores = "base_cpu_cores"
        case baseBytes = "base_memory_bytes"
        case interval = "confidence_interval_s"
        case spacing = "sample_spacing_s"
        case expectedConfidence = "expected_confidence"
        case expectedCores = "expected_cpu_cores"
        case expectedBytes = "expected_memory_bytes"
      }
    }
    struct Bounds: Decodable {
      struct Case: Decodable {
        var history: String
        var which: String
        var exact: Double
      }
      var cases: [Case]
    }
    struct Margin: Decodable {
      var fraction: Double
      var baseCores: Double
      var expectedCores: Double
      var baseBytes: Double
      var expectedBytes: Double

      enum CodingKeys: String, CodingKey {
        case fraction = "margin_fraction"
        case baseCores = "base_cpu_cores"
        case expectedCores = "expected_cpu_cores"
        case baseBytes = "base_memory_bytes"
        case expectedBytes = "expected_memory_bytes"
      }
    }
    struct Minimum: Decodable {
      var name: String
      var minMilli: Int
      var minMegabytes: Int
      var containers: Int
      var baseCores: Double
      var baseBytes: Double
      var expectedCores: Double?
      var expectedMilliEach: Int?
      var expectedBytes: Int?
      var expectedBytesEach: Int?

      enum CodingKeys: String, CodingKey {
        case name, containers
        case minMilli = "min_cpu_millicores"
        case minMegabytes = "min_memory_mb"
        case baseCores = "base_cpu_cores"
        case baseBytes = "base_memory_bytes"
        case expectedCores = "expected_cpu_cores"
        case expectedMilliEach = "expected_cpu_millicores_each"
        case expectedBytes = "expected_memory_bytes"
        case expectedBytesEach = "expected_memory_bytes_each"
      }
    }
    struct OutOfMemory: Decodable {
      struct Event: Decodable {
        var asked: Int?
        var sample: Int?

        enum CodingKeys: String, CodingKey {
          case asked = "oom_request_bytes"
          case sample = "sample_bytes"
        }
      }
      var name: String
      var events: [Event]
      var expected: Int
      var then: [Event]?
      var thenExpected: Int?

      enum CodingKeys: String, CodingKey {
        case name, events, then
        case expected = "expected_peak_bytes"
        case thenExpected = "then_expected_peak_bytes"
      }
    }
    struct Update: Decodable {
      struct Pod: Decodable {
        var name: String
        var outside: Bool
        var scaleUp: Bool
        var diff: Double
        var ranOutAfter: Double?

        enum CodingKeys: String, CodingKey {
          case name, outside, diff
          case scaleUp = "scale_up"
          case ranOutAfter = "oom_after_start_s"
        }
      }
      var name: String
      var minChange: Double
      var lifetime: Double
      var age: Double
      var quickOOM: Double?
      var pods: [Pod]
      var order: [String]

      enum CodingKeys: String, CodingKey {
        case name, pods
        case minChange = "min_change"
        case lifetime = "lifetime_threshold_h"
        case age = "pod_age_h"
        case quickOOM = "quick_oom_threshold_s"
        case order = "expected_order"
      }
    }
    var percentiles: [Percentile]
    var confidence: [Confidence]
    var bounds: Bounds
    var margin: Margin
    var minimum: [Minimum]
    var oom: [OutOfMemory]
    var updates: [Update]

    enum CodingKeys: String, CodingKey {
      case confidence, margin, oom
      case percentiles = "percentile_estimator"
      case bounds = "bound_factors"
      case minimum = "pod_minimum"
      case updates = "update_selection"
    }
  }

  private static func recommender() throws -> Recommender {
    try Vectors.decode(Recommender.self, from: "scaling/vpa_recommender.json")
  }

  @Test(.enabled(if: Vectors.has("scaling/vpa_recommender.json"), "\(Vectors.missing)"))
  func `percentiles, margins and minimums`() throws {
    let file = try Self.recommender()
    #expect(file.percentiles.count >= 1)
    for item in file.percentiles {
      var cores = DecayingHistogram(.cores, halfLife: .hours(24))
      var bytes = DecayingHistogram(.bytes, halfLife: .hours(24))
      for sample in item.cpuSamples { cores.add(sample, weight: 1, at: .zero) }
      for sample in item.memorySamples { bytes.add(sample, weight: 1, at: .zero) }
      #expect(cores.percentile(item.cpuPercentile) == item.cpuExact)
      #expect(bytes.percentile(item.memoryPercentile) == item.memoryExact)
    }
    let margin = SizeEstimator(percentile: 0.9, margin: file.margin.fraction)
    #expect(
      margin.withMargin(
        ResourceAmounts(cores: file.margin.baseCores, bytes: file.margin.baseBytes))
        == ResourceAmounts(cores: file.margin.expectedCores, bytes: file.margin.expectedBytes))
    #expect(file.minimum.count >= 2)
    for item in file.minimum {
      var recommender = SizeRecommender()
      recommender.minimum = ResourceAmounts(
        milliCores: item.minMilli, bytes: item.minMegabytes * 1024 * 1024)
      let small = ResourceAmounts(cores: item.baseCores, bytes: item.baseBytes)
      let given = recommender.atLeastMinimum(small, containers: item.containers)
      #expect(
        given.milliCores
          == item.expectedMilliEach ?? item.expectedCores.map { Int(($0 * 1000).rounded()) },
        "\(item.name)")
      #expect(given.bytes == item.expectedBytesEach ?? item.expectedBytes, "\(item.name)")
    }
  }

  @Test(.enabled(if: Vectors.has("scaling/vpa_recommender.json"), "\(Vectors.missing)"))
  func `confidence widens the bounds`() throws {
    let file = try Self.recommender()
    #expect(file.confidence.count >= 4)
    for item in file.confidence {
      var history = UsageHistory()
      for sample in 0..<item.samples {
        history.add(
          milliCores: 1000, at: Instant(seconds: Double(sample) * (item.spacing ?? 60)))
      }
      let confidence = history.confidence(per: Duration(seconds: item.interval ?? 86400))
      if let expected = item.expectedConfidence { #expect(confidence == expected, "\(item.name)") }
      let estimator = SizeEstimator(
        percentile: 0.9, margin: 0, multiplier: item.multiplier, exponent: item.exponent)
      let scaled = estimator.confident(
        ResourceAmounts(cores: item.baseCores, bytes: item.baseBytes ?? 0), confidence)
      if let cores = item.expectedCores {
        #expect(scaled.milliCores == Int((cores * 1000).rounded()), "\(item.name)")
      } else {
        // Without a history: the most there is, or nothing.
        #expect(scaled.milliCores == (item.exponent > 0 ? 100_000_000_000_000 : 0), "\(item.name)")
      }
      if let bytes = item.expectedBytes {
        #expect(scaled.bytes == Int(bytes.rounded()), "\(item.name)")
      }
    }
    let days = [
      "12h": 0.5, "24h": 1, "1 week": 7, "5m": 5.0 / 1440, "30m": 30.0 / 1440, "60m": 60.0 / 1440,
    ]
    #expect(file.bounds.cases.count >= 6)
    for item in file.bounds.cases {
      let estimator = item.which == "upper" ? SizeRecommender().upper : SizeRecommender().lower
      let factor = estimator.factor(try #require(days[item.history]))
      #expect(factor == item.exact, "\(item)")
    }
  }

  @Test(.enabled(if: Vectors.has("scaling/vpa_recommender.json"), "\(Vectors.missing)"))
  func `running out of memory`() throws {
    let file = try Self.recommender()
    #expect(file.oom.count >= 4)
    for item in file.oom {
      var history = UsageHistory()
      var peaks = MemoryPeaks()
      var time = Instant(seconds: 86400)
      func take(_ events: [Recommender.OutOfMemory.Event]) {
        for event in events {
          if let sample = event.sample { peaks.add(sample, at: time, to: &history) }
          if let asked = event.asked { peaks.ranOut(of: asked, at: time, to: &history) }
          time += .seconds(1)
        }
      }
      take(item.events)
      #expect(peaks.peak == item.expected, "\(item.name)")
      if let then = item.then {
        take(then)
        #expect(peaks.peak == item.thenExpected, "\(item.name)")
      }
    }
  }

  @Test(.enabled(if: Vectors.has("scaling/vpa_recommender.json"), "\(Vectors.missing)"))
  func `which pods are updated, and in which order`() throws {
    let file = try Self.recommender()
    #expect(file.updates.count >= 8)
    for item in file.updates {
      var rule = UpdateRule()
      rule.minChange = item.minChange
      rule.lifetime = Duration(seconds: item.lifetime * 3600)
      rule.quickOOM = Duration(seconds: item.quickOOM ?? 600)
      let order = rule.order(
        item.pods.map { pod in
          (
            UpdatePriority(isOutside: pod.outside, grows: pod.scaleUp, difference: pod.diff),
            Duration(seconds: item.age * 3600), pod.ranOutAfter.map { Duration(seconds: $0) }
          )
        })
      #expect(order.map { item.pods[$0].name } == item.order, "\(item.name)")
    }
  }
}
