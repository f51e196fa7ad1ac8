import Domain

/// What an instance type actually has for tasks.
package struct PackingType: Hashable, Sendable {
  package var name: String
  /// All of them: ECS registers no fewer.
  package var milliVCPUs: Int64
  /// What ECS registered, rather than EC2's figure: the operating system and the agent use some.
  package var memoryMiB: Int64
  /// EC2's figure.
  package var nominalMiB: Int64

  package init(name: String, milliVCPUs: Int64, registeredMiB: Int64?, nominalMiB: Int64) {
    self.name = name
    self.milliVCPUs = milliVCPUs
    memoryMiB = registeredMiB ?? Self.usable(nominalMiB)
    self.nominalMiB = nominalMiB
  }

  /// For types without a registration: 97 % of the nominal memory, less the 32 MiB that Batch's image reserves. An
  /// m4.large has 7,985 of 8,192 MiB according to the ECS developer guide, 97.5 %.
  package static func usable(_ nominalMiB: Int64) -> Int64 { max(0, nominalMiB * 97 / 100 - 32) }

  /// How many jobs of a size fit side by side.
  ///
  /// GPUs are not looked at.
  package func count(_ size: Resources) -> Int64 {
    min(
      size.milliVCPUs > 0 ? milliVCPUs / size.milliVCPUs : .max,
      size.memoryMiB > 0 ? memoryMiB / size.memoryMiB : .max)
  }
}

/// Which size wastes no room between jobs.
package enum Packing {
  /// The largest memory that fits as many times on each type as the needed size, if memory is the limit on one of them:
  /// what is left over between jobs costs nothing and lowers the risk.
  ///
  /// Types on which the size does not fit are left out; if none are left, the size stays unchanged.
  package static func snapped(_ need: Resources, to types: [PackingType]) -> Resources {
    guard need.memoryMiB > 0, need.milliVCPUs > 0 else { return need }
    let fitting = types.filter { $0.count(need) > 0 }
    let binds = fitting.contains { $0.memoryMiB / need.memoryMiB <= $0.milliVCPUs / need.milliVCPUs }
    guard binds, let room = fitting.map({ $0.memoryMiB / $0.count(need) }).min() else { return need }
    var size = need
    size.memoryMiB = max(need.memoryMiB, room)
    return size
  }
}
