import Domain

extension EnvironmentAdvice {
  /// Jobs reserve less memory per vCPU than the family has: the same vCPUs of a family of the same generation with less
  /// memory cost less.
  ///
  /// Saving: the cost of the family's instances × (1 − rate of a vCPU there ÷ here), On-Demand at list rates, Spot at
  /// the rates of the week. This is an upper bound, because some jobs need the memory of a large instance to
  /// themselves.
  static let familyRule: Rule = { environment, prices in
    let byFamily = Dictionary(grouping: environment.uses.filter { $0.capacity.gpus == 0 && $0.cost > 0 }) {
      InstanceFamily(ofType: $0.type)
    }
    let changes = byFamily.compactMap { family, uses in
      family.flatMap { familyChange(environment, $0, uses, prices) }
    }
    // One family at a time: the next week's ledger shows the rest.
    return changes.max { $0.saving < $1.saving }.map { [$0] } ?? []
  }

  private static func familyChange(
    _ environment: EnvironmentWeek, _ family: InstanceFamily, _ uses: [TypeUse], _ prices: PriceTable
  ) -> Change? {
    let reserved = uses.reduce(Resources.zero) { $0 + $1.reserved }
    let offered = uses.reduce(Resources.zero) { $0 + $1.offered }
    let cost = uses.reduce(0) { $0 + $1.cost }
    guard reserved.milliVCPUs > 0, offered.memoryMiB > 0, offered.milliVCPUs > 0 else { return nil }
    let need = Int64(Int128(reserved.memoryMiB) * 1000 / Int128(reserved.milliVCPUs))
    let paid = environment.isSpot ? perVCPUHour(cost, offered) : prices.vcpu(of: family)?.rate
    guard let paid, paid > 0 else { return nil }
    let others = prices.families.filter { $0.generation == family.generation && ["c", "m"].contains($0.letter) }
    let candidates = others.compactMap { other in prices.vcpu(of: other, isSpot: environment.isSpot).map { (other, $0) }
    }
    let bought = Int64(Int128(offered.memoryMiB) * 1000 / Int128(offered.milliVCPUs))
    let fitting = candidates.filter {
      $0.0 != family && $0.1.mib >= need && $0.1.mib < bought * 9 / 10 && $0.1.rate < paid
    }
    guard let (other, offer) = fitting.min(by: { $0.1.rate < $1.1.rate }) else { return nil }
    let saving = Int64(Int128(cost) * Int128(paid - offer.rate) / Int128(paid))
    return environment.change(.family, saving: saving, environment.isSpot ? .low : .fair) {
      $0.instanceTypes = uses.names
      $0.replaced = mainType(uses, cost) ?? family.name
      $0.family = family.name
      $0.offered = other.name
      $0.instances = uses.reduce(0) { $0 + $1.instances }
      $0.vcpus = ChangeFacts.Share(part: reserved.milliVCPUs, whole: offered.milliVCPUs)
      $0.memory = ChangeFacts.Share(part: reserved.memoryMiB, whole: offered.memoryMiB)
      $0.cheaper = ChangeFacts.Share(part: paid - offer.rate, whole: paid)
      $0.offeredMiBPerVCPU = offer.mib
    }
  }

  /// The type that took nearly all of the cost.
  private static func mainType(_ uses: [TypeUse], _ cost: Int64) -> String? {
    uses.first { Int128($0.cost) * 100 >= Int128(cost) * 95 }?.type
  }

  /// The cost of a vCPU-hour, in nanodollars.
  private static func perVCPUHour(_ cost: Int64, _ offered: Resources) -> Int64 {
    Int64(Int128(cost) * Int128(millisecondsPerHour) * 1000 / Int128(offered.milliVCPUs))
  }
}
