import Cloud
import Display
import Simulation

extension Load {
  /// The load in words, such as "main: poisson 50/s, work exp(100ms)".
  var words: String {
    var parts = ["\(name): \(shape.words)", "work \(work.words { Text.exact(nanoseconds: $0) })"]
    if let key = key.words { parts.append("key \(key)") }
    if memory != .constant(0) {
      parts.append("memory \(memory.words { Text.exact(bytes: $0) })")
    }
    if let timeout { parts.append("timeout \(Text.exact(time: timeout))") }
    if retries > 0 { parts.append(retries == 1 ? "1 retry" : "\(retries) retries") }
    if let backoff {
      parts.append(
        "backoff \(Text.exact(time: backoff.base)), \(backoff.jitter == .full ? "full" : "no") jitter"
      )
    }
    if priority > 0 { parts.append("priority \(priority)") }
    return parts.joined(separator: ", ")
  }

  /// Work that arrives per second on average, in slot-seconds; nil when that cannot be said.
  var offeredWork: Double? { shape.rate.map { $0 * work.mean / 1e9 } }

  /// The load under the keys of the machine interface.
  func json(in world: World) -> JSON {
    var members = [JSON.Member("name", .string(name))] + shape.members
    members += [
      JSON.Member("work", work.json(per: 1e9)), JSON.Member("key", key.json),
      JSON.Member("memory", memory == .constant(0) ? .null : memory.json(per: 1)),
      JSON.Member("timeout", JSON(timeout?.seconds)), JSON.Member("retries", .int(retries)),
    ]
    if let backoff {
      members += [
        JSON.Member("backoff", .number(backoff.base.seconds)),
        JSON.Member("jitter", .string(backoff.jitter.rawValue)),
      ]
    }
    if priority > 0 { members.append(JSON.Member("priority", .int(priority))) }
    let capacity = world.capacity
    members.append(
      JSON.Member("offered", JSON(capacity > 0 ? offeredWork.map { $0 / capacity } : nil)))
    return .object(members)
  }
}

extension Shape {
  /// The shape as one types it.
  var words: String {
    switch self {
    case .constant(let rate): "constant \(Text.exact(rate: rate))"
    case .poisson(let rate): "poisson \(Text.exact(rate: rate))"
    case .sale(let sale):
      "sale \(Text.exact(rate: sale.base)), peak \(Text.exact(rate: sale.peak)), "
        + "at \(Text.exact(time: sale.start)), rise \(Text.exact(time: sale.rise)), "
        + "half-life \(Text.exact(time: sale.halfLife))"
    case .ramp(let ramp):
      "ramp \(Text.exact(rate: ramp.from)), to \(Text.exact(rate: ramp.to)), "
        + "over \(Text.exact(time: ramp.length))"
    case .spike(let spike):
      "spike \(Text.exact(rate: spike.base)), peak \(Text.exact(rate: spike.peak)), "
        + "at \(Text.exact(time: spike.start)), for \(Text.exact(time: spike.length))"
    case .wave(let wave):
      "wave \(Text.exact(rate: wave.base)), peak \(Text.exact(rate: wave.peak)), "
        + "every \(Text.exact(time: wave.period)), \(wave.form.rawValue)"
    case .bursts(let bursts):
      "bursts \(Text.exact(rate: bursts.base)), peak \(Text.exact(rate: bursts.peak)), "
        + "quiet \(Text.exact(time: bursts.quiet)), burst \(Text.exact(time: bursts.burst))"
    case .trace(let recorded):
      "trace \(recorded.source), \(Text.count(recorded.total, "request")) in "
        + Text.time(recorded.trace.duration)
    case .send(let count, _): "\(Text.count(count, "request"))"
    }
  }

  /// Requests per second: at the start, of bursts and a recording on average.
  var rate: Double? {
    switch self {
    case .constant(let rate), .poisson(let rate): rate
    case .sale(let sale): sale.base
    case .ramp(let ramp): ramp.from
    case .spike(let spike): spike.base
    case .wave(let wave): wave.base
    case .bursts(let bursts): bursts.meanRate
    case .trace(let recorded):
      recorded.trace.duration > .zero
        ? Double(recorded.total) / recorded.trace.duration.seconds : nil
    case .send: nil
    }
  }

  /// Requests per second at the top, of a shape that has one.
  var peak: Double? {
    switch self {
    case .sale(let sale): sale.peak
    case .ramp(let ramp): max(ramp.from, ramp.to)
    case .spike(let spike): spike.peak > spike.base ? spike.peak : nil
    case .wave(let wave): max(wave.base, wave.peak)
    case .bursts(let bursts): max(bursts.base, bursts.peak)
    case .constant, .poisson, .trace, .send: nil
    }
  }

  fileprivate var members: [JSON.Member] {
    let name =
      switch self {
      case .constant: "constant"
      case .poisson: "poisson"
      case .sale: "sale"
      case .ramp: "ramp"
      case .spike: "spike"
      case .wave: "wave"
      case .bursts: "bursts"
      case .trace: "trace"
      case .send: "send"
      }
    var members = [JSON.Member("shape", .string(name)), JSON.Member("rate", JSON(rate))]
    switch self {
    case .sale(let sale):
      members += [
        JSON.Member("peak", .number(sale.peak)), JSON.Member("at", .number(sale.start.seconds)),
        JSON.Member("rise", .number(sale.rise.seconds)),
        JSON.Member("halfLife", .number(sale.halfLife.seconds)),
      ]
    case .ramp(let ramp):
      members += [
        JSON.Member("to", .number(ramp.to)), JSON.Member("over", .number(ramp.length.seconds)),
      ]
    case .spike(let spike):
      members += [
        JSON.Member("peak", .number(spike.peak)), JSON.Member("at", .number(spike.start.seconds)),
        JSON.Member("for", .number(spike.length.seconds)),
      ]
    case .wave(let wave):
      members += [
        JSON.Member("peak", .number(wave.peak)), JSON.Member("every", .number(wave.period.seconds)),
        JSON.Member("form", .string(wave.form.rawValue)),
      ]
    case .bursts(let bursts):
      members += [
        JSON.Member("base", .number(bursts.base)), JSON.Member("peak", .number(bursts.peak)),
        JSON.Member("quiet", .number(bursts.quiet.seconds)),
        JSON.Member("burst", .number(bursts.burst.seconds)),
      ]
    case .trace(let recorded):
      members += [
        JSON.Member("file", .string(recorded.source)),
        JSON.Member("factor", .number(recorded.factor)),
        JSON.Member("requests", .int(recorded.total)),
        JSON.Member("duration", .number(recorded.trace.duration.seconds)),
      ]
    case .constant, .poisson, .send: break
    }
    return members
  }
}

extension RecordedTraffic {
  /// Requests that will be sent.
  var total: Int { Int(min(max(0, (Double(trace.total) * factor).rounded(.down)), 1e15)) }
}

extension World {
  /// Requests that can be in service at once.
  private var slots: Int {
    servers.reduce(0) { $0 + ($1.state == .inService ? $1.spec.cpu : 0) }
  }

  /// Work done per second when every slot in service is busy.
  var capacity: Double {
    servers.reduce(0) {
      $0 + ($1.state == .inService ? Double($1.spec.cpu) * $1.spec.speed / $1.slowness : 0)
    }
  }

  /// What a load asks of the fleet, such as "83% of 6 slots".
  func share(of load: Load) -> String {
    let capacity = capacity
    guard capacity > 0 else { return "no server is in service" }
    guard let work = load.offeredWork else { return Text.count(slots, "slot") }
    let share = "\(Text.share(work / capacity)) of \(Text.count(slots, "slot"))"
    guard let peak = load.shape.peak else { return share }
    return "\(share), \(Text.share(peak * load.work.mean / 1e9 / capacity)) at the peak"
  }
}

extension Text {
  /// A share with two digits: "83%".
  static func share(_ ratio: Double) -> String { Display.Quantity.ratio(ratio, digits: 2) }
}
