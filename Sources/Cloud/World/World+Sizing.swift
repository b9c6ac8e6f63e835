import Simulation

/// How autoscalers change the size of servers.
extension World {
  /// What became of servers that were to have another size.
  struct Sizing {
    /// Those that have it now.
    var resized: [ServerID] = []
    /// Those that come with it.
    var added: [ServerID] = []
    /// Those that they come for.
    var removed: [ServerID] = []
  }

  /// Gives servers the size that an autoscaler wants: in place, or by others that come for them.
  ///
  /// An eviction is as in Kubernetes: the old one finishes what it has, a new one boots meanwhile.
  mutating func resize(to size: ServerSize, by place: Int) -> Sizing {
    let servers = size.servers.filter {
      engine.fleet.rows.indices.contains($0.index)
        && engine.fleet.rows[$0.index].state == .inService
    }
    switch size.mode {
    case .off, .initial: return Sizing()
    case .inPlace:
      for id in servers {
        let spec = engine.fleet.records[id.index].spec
        resize(id, to: size.target.applied(to: spec), restart: false)
      }
      return Sizing(resized: servers)
    case .recreate:
      stop(servers, drain: scalers[place]?.drain)
      return Sizing(added: bring(servers.count, to: place), removed: servers)
    }
  }

  /// What new servers are like: as the last `spawn` said, in the size that autoscalers want.
  var sizedTemplate: ServerSpec {
    scalers.reduce(template) { spec, scaler in
      guard let size = scaler?.size, size.mode != .off else { return spec }
      return size.target.applied(to: spec)
    }
  }
}

extension ServerSize.Amount {
  /// A server with so much of what there is something to say about.
  func applied(to spec: ServerSpec) -> ServerSpec {
    var spec = spec
    if cpu > 0 { spec.cpu = cpu }
    if memory > 0 { spec.memory = memory }
    return spec
  }
}
