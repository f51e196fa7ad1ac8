import Domain

extension EnvironmentAdvice {
  /// Large instances with much free capacity: smaller ones end sooner after their jobs.
  ///
  /// Saving: the cost of types with 32 vCPUs or more × (1 − reserved share of the limiting resource ÷ 80 %).
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
    return [
      environment.change(.instanceSize, saving: saving, .fair) {
        $0.instanceTypes = poor.names
        $0.instances = poor.reduce(0) { $0 + $1.instances }
        if cpuBinds {
          $0.vcpus = ChangeFacts.Share(part: reserved.milliVCPUs, whole: offered.milliVCPUs)
        } else {
          $0.memory = ChangeFacts.Share(part: reserved.memoryMiB, whole: offered.memoryMiB)
        }
      }
    ]
  }

  private static func binding(_ use: TypeUse) -> (saving: Int64, isCPU: Bool) {
    let cpu = savingAtTarget(use.cost, use.reserved.milliVCPUs, use.offered.milliVCPUs)
    let memory = savingAtTarget(use.cost, use.reserved.memoryMiB, use.offered.memoryMiB)
    return cpu <= memory ? (cpu, true) : (memory, false)
  }
}
