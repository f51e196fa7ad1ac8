import Domain

extension EnvironmentAdvice {
  /// Large instances with much free capacity: smaller ones end sooner after their jobs.
  ///
  /// Saving: what types with 32 vCPUs or more cost while jobs ran × (1 − reserved share of the limiting resource in that
  /// time ÷ 80 %), at most what was free beside jobs; of it the part of the jobs, by cost, that a size of 16 vCPUs holds.
  static let instanceSizeRule: Rule = { environment, _ in
    let large = environment.uses.filter { $0.capacity.gpus == 0 && $0.capacity.milliVCPUs >= 32_000 && $0.cost > 0 }
    let poor = large.filter { binding($0).saving > 0 && ($0.unused[.packing] ?? 0) > 0 }
    guard !poor.isEmpty else { return [] }
    let saving = poor.reduce(0 as Int64) { sum, use in
      let most = min(binding(use).saving, use.unused[.packing] ?? 0)
      let jobs = environment.jobWork.filter { $0.instanceType == use.type }
      let all = jobs.reduce(0) { $0 + $1.cost }
      let small = jobs.reduce(0) { $0 + (use.smallerSize(holds: $1.averageSize) ? $1.cost : 0) }
      return sum + (all > 0 ? Int64(Int128(most) * Int128(small) / Int128(all)) : most)
    }
    guard saving > 0 else { return [] }
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
  /// Whether a size with 16 vCPUs of its family, the largest common one below 32, holds a job.
  fileprivate func smallerSize(holds job: Resources) -> Bool {
    job.milliVCPUs <= 16_000
      && Int128(job.memoryMiB) * Int128(capacity.milliVCPUs) <= Int128(capacity.memoryMiB) * 16_000
  }

  /// What it cost while jobs ran: their shares, and what was free beside them.
  fileprivate var costOfJobs: Int64 { work + (unused[.packing] ?? 0) }

  /// The capacity-time of those hours: the part of all that they are of the cost.
  fileprivate var offeredToJobs: Resources {
    func part(_ whole: Int64) -> Int64 { Int64(Int128(whole) * Int128(costOfJobs) / Int128(max(1, cost))) }
    return Resources(
      milliVCPUs: part(offered.milliVCPUs), memoryMiB: part(offered.memoryMiB), gpus: part(offered.gpus))
  }
}
