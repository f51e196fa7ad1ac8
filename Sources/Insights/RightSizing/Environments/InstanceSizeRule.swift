import Domain

extension EnvironmentAdvice {
  /// Large instances of which much stays free: smaller ones end as their jobs end.
  ///
  /// Saving: the cost of types with 32 vCPUs or more × (1 − reserved share of the resource that binds ÷ 80 %).
  static let instanceSizeRule: Rule = { environment, _ in
    let large = environment.uses.filter { $0.capacity.gpus == 0 && $0.capacity.milliVCPUs >= 32_000 && $0.cost > 0 }
    let poor = large.filter { binding($0).saving > 0 && ($0.unused[.packing] ?? 0) > 0 }
    guard !poor.isEmpty else { return [] }
    let saving = poor.reduce(0 as Int64) { $0 + min(binding($1).saving, $1.unused[.packing] ?? 0) }
    let reserved = poor.reduce(Resources.zero) { $0 + $1.reserved }
    let offered = poor.reduce(Resources.zero) { $0 + $1.offered }
    let cpuBinds =
      Int128(reserved.milliVCPUs) * Int128(offered.memoryMiB)
      >= Int128(reserved.memoryMiB) * Int128(offered.milliVCPUs)
    let share =
      cpuBinds
      ? "\(Words.percent(reserved.milliVCPUs, of: offered.milliVCPUs)) of the vCPUs"
      : "\(Words.percent(reserved.memoryMiB, of: offered.memoryMiB)) of the memory"
    let instances = poor.reduce(0) { $0 + $1.instances }
    return [
      Change(
        rule: "instance-size", environment: environment.id, place: environment.name,
        title: "Offer smaller instances in \(environment.name)",
        explanation: "Of \(Words.types(poor)), \(share) were reserved while jobs ran on and the rest stood free. "
          + "At 80%, that is \(Words.money(saving, in: environment.region)) less.",
        now: "\(Words.types(poor)), \(Words.count(instances, "instance", "instances")); \(share) reserved",
        advice: "Offer sizes below 32 vCPUs, and the large ones only for jobs that need them",
        note: "at 80% of what binds reserved", confidence: .fair,
        risk: environment.isSpot ? "fewer Spot pools to choose from" : "more instances to start", saving: saving)
    ]
  }

  private static func binding(_ use: TypeUse) -> (saving: Int64, isCPU: Bool) {
    let cpu = savingAtTarget(use.cost, use.reserved.milliVCPUs, use.offered.milliVCPUs)
    let memory = savingAtTarget(use.cost, use.reserved.memoryMiB, use.offered.memoryMiB)
    return cpu <= memory ? (cpu, true) : (memory, false)
  }
}
