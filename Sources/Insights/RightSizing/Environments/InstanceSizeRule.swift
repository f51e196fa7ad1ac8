import Domain

extension EnvironmentAdvice {
  /// Large instances with much free capacity: smaller ones end sooner after their jobs.
  ///
  /// Saving: what types with 32 vCPUs or more cost while jobs ran × (1 − reserved share of the limiting resource in that
  /// time ÷ 80 %), at most what was free beside jobs.
  static let instanceSizeRule: Rule = { environment, _ in
    let large = environment.uses.filter { $0.capacity.gpus == 0 && $0.capacity.milliVCPUs >= 32_000 && $0.cost > 0 }
    let poor = large.filter { binding($0).saving > 0 && ($0.unused[.packing] ?? 0) > 0 }
    guard !poor.isEmpty else { return [] }
    let saving = poor.reduce(0 as Int64) { $0 + min(binding($1).saving, $1.unused[.packing] ?? 0) }
    let reserved = poor.reduce(Resources.zero) { $0 + $1.reserved }
    let offered = poor.reduce(Resources.zero) { $0 + $1.offeredToJobs }
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
    let (cost, offered) = (use.costOfJobs, use.offeredToJobs)
    let cpu = savingAtTarget(cost, use.reserved.milliVCPUs, offered.milliVCPUs)
    let memory = savingAtTarget(cost, use.reserved.memoryMiB, offered.memoryMiB)
    return cpu <= memory ? (cpu, true) : (memory, false)
  }
}

extension TypeUse {
  /// What it cost while jobs ran: their shares, and what was free beside them.
  fileprivate var costOfJobs: Int64 { work + (unused[.packing] ?? 0) }

  /// The capacity-time of those hours: the part of all that they are of the cost.
  fileprivate var offeredToJobs: Resources {
    func part(_ whole: Int64) -> Int64 { Int64(Int128(whole) * Int128(costOfJobs) / Int128(max(1, cost))) }
    return Resources(
      milliVCPUs: part(offered.milliVCPUs), memoryMiB: part(offered.memoryMiB), gpus: part(offered.gpus))
  }
}
