import Accounting
import Domain

extension EnvironmentAdvice {
  /// Minimum vCPUs keep instances running without jobs, even if the environment is disabled.
  ///
  /// Saving: the cost of instances between jobs and after their last one, and of those on which nothing ever ran.
  static let minimumVCPUsRule: Rule = { environment, _ in
    guard environment.minimumVCPUs > 0 else { return [] }
    let saving = environment.unused(.gap) + environment.unused(.tail) + environment.unused(.idle)
    return [
      environment.change(.minimumVCPUs, saving: saving, .fair) { $0.minimumVCPUs = environment.minimumVCPUs }
    ]
  }

  /// A scale-down delay keeps an instance after its last job.
  ///
  /// Saving: the cost of instances after their last job, which also includes the time that Batch needs to end them.
  static let scaleDownRule: Rule = { environment, _ in
    guard environment.scaleDownDelayMinutes > 0, environment.minimumVCPUs == 0 else { return [] }
    return [
      environment.change(.scaleDown, saving: environment.unused(.tail), .fair) {
        $0.delayMinutes = environment.scaleDownDelayMinutes
        $0.boot = environment.unused(.boot)
      }
    ]
  }

  /// A newer generation with a lower list price; at the same price it is faster, but no saving is claimed.
  static let generationRule: Rule = { environment, prices in
    guard !environment.isSpot else { return [] }
    let newer = ["5": "6i", "5a": "6a", "6i": "7i", "6a": "7a"]
    return environment.uses.compactMap { use -> Change? in
      guard let family = InstanceFamily(ofType: use.type), use.capacity.gpus == 0, use.cost > 0,
        let generation = newer[family.generation],
        let next = InstanceFamily(ofType: family.letter + generation + "."),
        let paid = prices.vcpu(of: family), let offer = prices.vcpu(of: next), offer.rate < paid.rate
      else { return nil }
      let saving = Int64(Int128(use.cost) * Int128(paid.rate - offer.rate) / Int128(paid.rate))
      return environment.change(.generation, saving: saving, .high) {
        $0.instanceTypes = [use.type]
        $0.replaced = use.type
        $0.offered = next.name
        $0.instances = use.instances
        $0.cheaper = ChangeFacts.Share(part: paid.rate - offer.rate, whole: paid.rate)
      }
    }
  }
}
