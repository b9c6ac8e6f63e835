import Cloud
import Simulation

extension Measurement {
  /// The measurement under the keys of the machine interface: seconds, ratios, dollars.
  func json(name: String) -> JSON {
    [
      "name": .string(name), "duration": .number(duration.seconds), "balancer": .string(balancer),
      "counts": [
        "arrived": .int(counts.arrived), "completed": .int(counts.completed),
        "failed": .int(counts.failed), "refused": .int(counts.refused),
        "timedOut": .int(counts.timedOut), "retried": .int(counts.retried),
        "inFlight": .int(counts.inFlight), "limited": .int(counts.limited),
        "hedged": .int(counts.hedged),
      ],
      "latency": latency.json, "wait": wait.json, "throughput": .number(throughput),
      "utilisation": JSON(utilisation),
      "cost": economics.costJSON(hourly: hourly), "economics": economics.json,
      "servers": .array(servers.map(\.json)), "scaling": .array(actions.map(\.json)),
    ]
  }
}

extension RunEconomics {
  /// What is paid.
  func costJSON(hourly: Double) -> JSON {
    [
      "total": .number(dollars), "hourly": .number(hourly),
      "perThousandGood": JSON(dollarsPerThousand), "owned": .number(owned),
    ]
  }

  /// What was had for it.
  var json: JSON {
    let elasticity = elasticity
    return [
      "objective": .number(limit.seconds), "good": .int(good), "goodput": JSON(goodput),
      "minutesOut": .int(minutesOutOfObjective), "actions": .int(actions),
      "timeToCapacity": JSON(elasticity.timeToCapacity?.seconds),
      "underProvisioned": .number(elasticity.underProvisioned.seconds),
      "overProvisioned": .number(elasticity.overProvisioned.seconds),
      "billed": .number(bill.billed.seconds), "busy": .number(busy.seconds),
      "waste": JSON(wasteShare), "peak": .int(peak),
      "serverTime": .object(
        Phase.allCases.map { JSON.Member($0.key, .number(times[$0].seconds)) }),
    ]
  }
}

extension Phase {
  /// The phase as a key.
  var key: String {
    switch self {
    case .booting: "booting"
    case .warming: "warming"
    case .inService: "inService"
    case .draining: "draining"
    case .pooled: "pooled"
    }
  }

  /// The phase in words.
  var words: String { self == .inService ? "in service" : key }
}

extension Histogram {
  /// The summary in seconds; null where nothing was measured.
  var json: JSON {
    func seconds(_ percent: Double) -> JSON {
      JSON(percentile(percent).map { Double($0) / 1e9 })
    }
    return [
      "mean": JSON(mean.map { $0 / 1e9 }), "p50": seconds(50), "p90": seconds(90),
      "p95": seconds(95), "p99": seconds(99), "p999": seconds(99.9),
      "max": JSON(maximum.map { Double($0) / 1e9 }),
    ]
  }
}

extension Measurement.ServerShare {
  var json: JSON {
    [
      "id": .string(server.id.name), "state": .string(server.stateKey),
      "cpu": .int(server.spec.cpu), "speed": .number(server.spec.speed),
      "weight": .number(server.spec.effectiveWeight), "picked": .int(picked),
      "completed": .int(completed), "active": .int(server.active), "queued": .int(server.queued),
      "utilisation": JSON(utilisation),
    ]
  }
}

extension ScalingAction {
  var json: JSON {
    [
      "time": .number(time.seconds), "before": .int(decision.before),
      "after": .int(decision.before + added.count - removed.count), "policy": .string(policy),
      "reason": .string(decision.reason),
    ]
  }
}

extension Server {
  /// The state as a key, warming and preparing told apart.
  var stateKey: String {
    if isPreparing { return "preparing" }
    return isWarming && state == .inService ? "warming" : state.key
  }
}

extension ServerState {
  /// The state as a key.
  var key: String {
    switch self {
    case .booting: "booting"
    case .inService: "in-service"
    case .draining: "draining"
    case .crashed: "crashed"
    case .gone: "gone"
    case .pooled: "pooled"
    }
  }
}
