import Accounting
import Domain

extension EnvironmentAdvice {
  /// Minimum vCPUs keep instances when there are no jobs, even where the environment is disabled.
  ///
  /// Saving: the cost of instances between jobs, after their last one, and of those on which nothing ever ran.
  static let minimumVCPUsRule: Rule = { environment, _ in
    guard environment.minimumVCPUs > 0 else { return [] }
    let saving = environment.unused(.gap) + environment.unused(.tail) + environment.unused(.idle)
    return [
      Change(
        rule: "minimum-vcpus", environment: environment.id, place: environment.name,
        title: "Let \(environment.name) go down to no vCPUs",
        explanation:
          "Its minimum is \(Words.count(environment.minimumVCPUs, "vCPU", "vCPUs")); instances without a job cost "
          + "\(Words.money(saving, in: environment.region)).",
        now: "Minimum \(Words.count(environment.minimumVCPUs, "vCPU", "vCPUs"))", advice: "Set the minimum to 0",
        note: "without what boots would cost", confidence: .fair, risk: "the first jobs wait for an instance",
        saving: saving)
    ]
  }

  /// A scale-down delay keeps an instance after its last job.
  ///
  /// Saving: the cost of instances after their last job, which also holds the time that Batch needs to end them.
  static let scaleDownRule: Rule = { environment, _ in
    guard environment.scaleDownDelayMinutes > 0, environment.minimumVCPUs == 0 else { return [] }
    let saving = environment.unused(.tail)
    return [
      Change(
        rule: "scale-down", environment: environment.id, place: environment.name,
        title: "Drop the scale-down delay of \(environment.name)",
        explanation: "It keeps instances for \(environment.scaleDownDelayMinutes) minutes after their last job; "
          + "that time cost \(Words.money(saving, in: environment.region)), and saved boots worth \(Words.money(environment.unused(.boot), in: environment.region)).",
        now: "Scale-down delay \(environment.scaleDownDelayMinutes) minutes", advice: "Unset the delay",
        note: "without what more boots would cost", confidence: .fair, risk: "more jobs wait for an instance",
        saving: saving)
    ]
  }

  /// A newer generation that lists for less; where it lists for the same it is faster, and no dollars are claimed.
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
      return Change(
        rule: "generation", environment: environment.id, place: environment.name,
        title: "Offer \(next.name) for \(use.type) in \(environment.name)",
        explanation: "A vCPU of \(next.name) is newer and lists for "
          + "\(Words.percent(paid.rate - offer.rate, of: paid.rate)) less.",
        now: "\(use.type), \(Words.count(use.instances, "instance", "instances"))", advice: "Offer \(next.name) first",
        note: "at list prices, at the same speed", confidence: .high, risk: "sizes differ between generations",
        saving: saving)
    }
  }
}
