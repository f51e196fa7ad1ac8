import Domain

extension EnvironmentAdvice {
  /// Small jobs pay for the free part of large instances; on Fargate they would pay only for themselves.
  ///
  /// Small means what AWS recommends Fargate for: up to 4 vCPUs and 30 GiB, no GPU. Saving: their cost with their share
  /// of the environment's unused cost − vCPUs and GB at Fargate's list rates.
  static let fargateRule: Rule = { environment, prices in
    guard !environment.isSpot, prices.fargateVCPU > 0, prices.fargateGB > 0, environment.work > 0 else { return [] }
    let small = environment.jobWork.filter {
      let size = $0.averageSize
      return size.gpus == 0 && size.milliVCPUs <= 4000 && size.memoryMiB <= 30 * 1024 && $0.cost > 0
    }
    let share = small.reduce(0) { $0 + $1.cost }
    guard share > 0 else { return [] }
    let whole = Int128(share) * Int128(environment.cost) / Int128(environment.work)
    let fargate =
      small.reduce(0 as Int128) { sum, work in
        sum + Int128(prices.fargateVCPU) * Int128(work.resourceTime.milliVCPUs) / 1000
          + Int128(prices.fargateGB) * Int128(work.resourceTime.memoryMiB) / 1024
      } / Int128(millisecondsPerHour)
    let saving = Int64(whole - fargate)
    guard saving > 0 else { return [] }
    return [
      environment.change(.fargate, saving: saving, .low) {
        $0.instanceTypes = environment.uses.names
        $0.attempts = small.reduce(0) { $0 + $1.attempts }
        $0.cost = Int64(whole)
        $0.elsewhere = Int64(fargate)
      }
    ]
  }
}
