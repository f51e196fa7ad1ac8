import Domain

extension EnvironmentAdvice {
  /// Small jobs pay for the free part of large instances; on Fargate they would pay for themselves alone.
  ///
  /// Small is what AWS advises Fargate for: up to 4 vCPUs and 30 GiB, no GPU. Saving: their cost with their part of
  /// the environment's unused cost − vCPUs and GB at Fargate's list rates.
  static let fargateRule: Rule = { environment, prices in
    guard !environment.isSpot, prices.fargateVCPU > 0, prices.fargateGB > 0, environment.work > 0 else { return [] }
    let small = environment.smallWork.filter {
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
    let attempts = small.reduce(0) { $0 + $1.attempts }
    return [
      Change(
        rule: "fargate", environment: environment.id, place: environment.name,
        title: "Run small jobs of \(environment.name) on Fargate",
        explanation: "\(Words.count(attempts, "attempt", "attempts")) of up to 4 vCPUs and 30 GiB bear "
          + "\(Words.money(Int64(whole), in: environment.region)) with their part of what stood free; Fargate lists the same for "
          + "\(Words.money(Int64(fargate), in: environment.region)).",
        now: "\(Words.count(attempts, "small attempt", "small attempts")) on \(Words.types(environment.uses))",
        advice: "Give jobs of up to 4 vCPUs and 30 GiB a Fargate environment",
        note: "if instances shrink by as much", confidence: .low,
        risk: "images are pulled for each job; no GPUs, 16 vCPUs and 120 GB at most", saving: saving)
    ]
  }
}
