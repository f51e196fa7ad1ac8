import Domain

extension EnvironmentAdvice {
  /// The share of a resource that can be reserved when instances fit their jobs, as in AWS's managed scaling examples
  /// and in Kubernetes packing guides. Only upper bounds use it.
  static let targetPercent: Int64 = 80

  /// Jobs with one GPU on instances with several: the other GPUs are free while the last of them runs on.
  ///
  /// Saving: the cost of those types × (1 − share of GPUs reserved ÷ 80 %) × the part of reserved GPU-time that was for
  /// one GPU.
  static let gpuSizeRule: Rule = { environment, _ in
    let large = environment.uses.filter { $0.capacity.gpus >= 4 && $0.singleGPUAttempts > 0 && $0.cost > 0 }
    let poor = large.filter { savingAtTarget($0.cost, $0.reserved.gpus, $0.offered.gpus) > 0 }
    guard !poor.isEmpty else { return [] }
    let saving = poor.reduce(0 as Int64) { sum, use in
      let whole = savingAtTarget(use.cost, use.reserved.gpus, use.offered.gpus)
      return sum + Int64(Int128(whole) * Int128(use.singleGPUTime) / Int128(max(1, use.reserved.gpus)))
    }
    return [
      environment.change(.gpuSize, saving: saving, .fair) {
        $0.instanceTypes = poor.names
        $0.attempts = poor.reduce(0) { $0 + $1.singleGPUAttempts }
        $0.gpus = ChangeFacts.Share(
          part: poor.reduce(0) { $0 + $1.reserved.gpus }, whole: poor.reduce(0) { $0 + $1.offered.gpus })
      }
    ]
  }

  /// The saving if `targetPercent` of the capacity were reserved.
  static func savingAtTarget(_ cost: Int64, _ reserved: Int64, _ offered: Int64) -> Int64 {
    let needed = Int128(reserved) * 100
    let target = Int128(offered) * Int128(targetPercent)
    guard target > needed else { return 0 }
    return Int64(Int128(cost) * (target - needed) / target)
  }
}
