import Accounting
import Domain
import TestSupport
import Testing

@testable import Insights

private let dollar: Int64 = 1_000_000_000

private func environment(_ uses: [TypeUse], type: String = "EC2") -> EnvironmentWeek {
  var environment = EnvironmentWeek(week: "2026-W44", id: 1, name: "ondemand-x86")
  environment.resourceType = type
  environment.uses = uses
  return environment
}

/// eu-west-1's On-Demand rates in the sample: r5 0.0705, m5 0.0535, c5 0.048 USD a vCPU-hour.
private func prices() -> PriceTable {
  var prices = PriceTable()
  func add(_ type: String, _ vcpus: Int64, _ gib: Int64, _ rate: Int64, gpus: Int64 = 0) {
    prices.shapes[type] = PriceTable.Shape(
      capacity: Resources(milliVCPUs: vcpus * 1000, memoryMiB: gib * 1024, gpus: gpus), architecture: "x86_64",
      registeredMiB: gib * 1024 * 97 / 100)
    prices.onDemand[type] = rate
  }
  add("r5.24xlarge", 96, 768, 6_768_000_000)
  add("m5.4xlarge", 16, 64, 856_000_000)
  add("c5.9xlarge", 36, 72, 1_728_000_000)
  add("c6i.12xlarge", 48, 96, 2_188_800_000)
  add("p3.16xlarge", 64, 488, 26_440_000_000, gpus: 8)
  prices.fargateVCPU = 40_480_000
  prices.fargateGB = 4_445_000
  return prices
}

private func use(_ type: String, cost: Int64, vcpu: Int64, memory: Int64, gpus: Int64 = 0) -> TypeUse {
  var use = TypeUse(type: type, capacity: prices().shapes[type]?.capacity ?? .zero)
  use.cost = cost * dollar
  use.instances = 26
  // A thousand hours of the type, a given percentage of them reserved.
  let hours: Int64 = 1000 * millisecondsPerHour
  use.offered = Resources(
    milliVCPUs: use.capacity.milliVCPUs * hours, memoryMiB: use.capacity.memoryMiB * hours,
    gpus: use.capacity.gpus * hours)
  use.reserved = Resources(
    milliVCPUs: use.offered.milliVCPUs / 100 * vcpu, memoryMiB: use.offered.memoryMiB / 100 * memory,
    gpus: use.offered.gpus / 100 * gpus)
  return use
}

@Suite struct GoldenEnvironmentAdvice {
  /// 66 % of 96 vCPUs and 31 % of 768 GiB: 3.76 GiB a vCPU, which m5 has and c5 does not. (70.5 − 53.5) ÷ 70.5 of
  /// $4,219 is $1,017.35.
  @Test func family() {
    let changes = EnvironmentAdvice.familyRule(
      environment([use("r5.24xlarge", cost: 4219, vcpu: 66, memory: 31)]), prices())
    #expect(changes.map(\.saving) == [1_017_347_517_730])
    let facts = changes.first?.facts
    #expect(facts?.replaced == "r5.24xlarge")
    #expect(facts?.family == "r5")
    #expect(facts?.offered == "m5")
    #expect(facts?.instances == 26)
    #expect(facts?.vcpus?.value == 0.66)
    #expect(facts?.memory?.value == 0.31)
    // 0.0170 of 0.0705.
    #expect(abs((facts?.cheaper?.value ?? 0) - 0.241134752) < 1e-9)
    // 97 in 100 of 64 GiB over 16 vCPUs.
    #expect(facts?.offeredMiBPerVCPU == 3973)
  }

  @Test("Jobs that reserve all the memory offered already have the right family") func fittingFamily() {
    #expect(
      EnvironmentAdvice.familyRule(environment([use("r5.24xlarge", cost: 4219, vcpu: 60, memory: 60)]), prices()) == [])
  }

  /// 40 % of GPUs reserved instead of 80 % wastes half of $1,000, three quarters of it for one-GPU jobs.
  @Test func gpuSize() {
    var use = use("p3.16xlarge", cost: 1000, vcpu: 20, memory: 20, gpus: 40)
    use.singleGPUTime = use.reserved.gpus / 4 * 3
    use.singleGPUAttempts = 714
    let changes = EnvironmentAdvice.gpuSizeRule(environment([use]), prices())
    #expect(changes.map(\.saving) == [375 * dollar])
    #expect(changes.first?.facts.attempts == 714)
    #expect(changes.first?.facts.gpus?.value == 0.4)
  }

  /// 60 of 100 reserved, in hours that cost $800 of $1,000: 75 % of what they offered. At 80 % they cost a sixteenth less. In
  /// hours of $900 it is two thirds, and they cost a sixth less.
  @Test func instanceSize() {
    var use = use("r5.24xlarge", cost: 1000, vcpu: 60, memory: 30)
    use.work = 600 * dollar
    use.unused[.packing] = 200 * dollar
    let changes = EnvironmentAdvice.instanceSizeRule(environment([use]), prices())
    #expect(changes.map(\.saving) == [50 * dollar])
    #expect(changes.first?.facts.vcpus?.value == 0.75)
    use.unused[.packing] = 300 * dollar
    #expect(EnvironmentAdvice.instanceSizeRule(environment([use]), prices()).map(\.saving) == [150 * dollar])
    // Where 80 % and more are reserved while jobs run, boots and gaps are no reason for smaller instances.
    use.unused[.packing] = 100 * dollar
    #expect(EnvironmentAdvice.instanceSizeRule(environment([use]), prices()).isEmpty)
  }

  /// $300 of $400 of work is of jobs with 2 vCPUs and 4 GiB. The rest asks for 48 vCPUs, or for 300 GiB of the 768 beside
  /// 96 vCPUs: sizes of 16 vCPUs have 128.
  @Test("Smaller instances save nothing beside jobs that they do not hold", arguments: [(48, 4), (2, 300)])
  func instanceSizeOfJobs(vcpus: Int64, gib: Int64) {
    var use = use("r5.24xlarge", cost: 1000, vcpu: 60, memory: 30)
    use.work = 600 * dollar
    use.unused[.packing] = 200 * dollar
    var week = environment([use])
    func work(_ vcpus: Int64, _ gib: Int64, _ dollars: Int64) -> Work {
      Work(
        queue: "grid", definition: "d\(vcpus)", isOnDemandOnly: true, instanceType: "r5.24xlarge",
        cost: dollars * dollar, attempts: 10, milliseconds: millisecondsPerHour,
        resourceTime: Resources(
          milliVCPUs: vcpus * 1000 * millisecondsPerHour, memoryMiB: gib * 1024 * millisecondsPerHour))
    }
    week.jobWork = [work(2, 4, 300), work(vcpus, gib, 100)]
    // Three quarters of the $50 above.
    #expect(EnvironmentAdvice.instanceSizeRule(week, prices()).map(\.saving) == [37_500_000_000])
    week.jobWork = [work(vcpus, gib, 100)]
    #expect(EnvironmentAdvice.instanceSizeRule(week, prices()).isEmpty)
  }

  @Test func retryOnSpot() {
    var week = environment([use("r5.24xlarge", cost: 1000, vcpu: 60, memory: 30)])
    week.reruns = [Reruns(queue: "grid", attempts: 134, cost: 1000 * dollar, spotCost: 241 * dollar)]
    let changes = EnvironmentAdvice.retryOnSpotRule(week, prices())
    #expect(changes.map(\.saving) == [759 * dollar])
    #expect(changes.first?.place == "grid")
    #expect(changes.first?.environmentName == "ondemand-x86")
    #expect(changes.first?.facts.attempts == 134)
  }

  /// 1,000 hours of 2 vCPUs and 4 GB on Fargate: 2 × 40.48 + 4 × 4.445 = $98.74. The jobs' $100 bear as much again
  /// unused.
  @Test func fargate() {
    var use = use("r5.24xlarge", cost: 400, vcpu: 50, memory: 50)
    use.work = 200 * dollar
    var week = environment([use])
    let hours: Int64 = 1000 * millisecondsPerHour
    week.jobWork = [
      Work(
        queue: "grid", definition: "d", isOnDemandOnly: false, instanceType: "r5.24xlarge", cost: 100 * dollar,
        attempts: 1000,
        milliseconds: hours, resourceTime: Resources(milliVCPUs: 2000 * hours, memoryMiB: 4096 * hours))
    ]
    #expect(EnvironmentAdvice.fargateRule(week, prices()).map(\.saving) == [101_260_000_000])
  }

  /// Half an hour at a quarter of the price on Spot saves three quarters; a one-hour job stays.
  @Test func spotShare() {
    var prices = prices()
    prices.spot = ["m5.4xlarge": 214_000_000]
    var week = environment([])
    let hour = millisecondsPerHour
    week.jobWork = [hour / 2, hour].map {
      Work(
        queue: "urgent", definition: "d", isOnDemandOnly: true, instanceType: "m5.4xlarge", cost: 8 * dollar,
        attempts: 1,
        milliseconds: $0, resourceTime: .zero)
    }
    #expect(EnvironmentAdvice.spotShareRule(week, prices).map(\.saving) == [6 * dollar])
  }

  /// 32 GiB on an m5.4xlarge, which offers jobs 63,569 MiB: one fits; with 31,784 MiB, two. Weights: 9·4 + 32 of 9·16 +
  /// 64, so $68 of jobs took $208 of instances, half of which is saved.
  @Test func packing() {
    var use = use("m5.4xlarge", cost: 300, vcpu: 25, memory: 50)
    use.unused[.packing] = 200 * dollar
    var week = environment([use])
    let hour = millisecondsPerHour
    week.jobWork = [
      Work(
        queue: "grid", definition: "align", isOnDemandOnly: false, instanceType: "m5.4xlarge", cost: 68 * dollar,
        attempts: 10, milliseconds: hour, resourceTime: Resources(milliVCPUs: 4000 * hour, memoryMiB: 32_768 * hour))
    ]
    let changes = EnvironmentAdvice.packingRule(week, prices())
    #expect(changes.map(\.saving) == [104 * dollar])
    #expect(changes.first?.facts.jobDefinition == "align")
    #expect(changes.first?.facts.requestedMiB == 32_768)
    #expect(changes.first?.facts.advisedMiB == 31_784)
    #expect(changes.first?.facts.hostMiB == 63_569)
    week.jobWork[0].resourceTime.memoryMiB = 30_000 * hour
    #expect(EnvironmentAdvice.packingRule(week, prices()) == [])
  }

  @Test func keptCapacity() {
    var use = use("r5.24xlarge", cost: 100, vcpu: 50, memory: 50)
    use.unused = [.gap: 3 * dollar, .tail: 5 * dollar, .idle: 7 * dollar, .boot: dollar]
    var week = environment([use])
    #expect(EnvironmentAdvice.minimumVCPUsRule(week, prices()) == [])
    #expect(EnvironmentAdvice.scaleDownRule(week, prices()) == [])
    week.scaleDownDelayMinutes = 20
    #expect(EnvironmentAdvice.scaleDownRule(week, prices()).map(\.saving) == [5 * dollar])
    week.minimumVCPUs = 64
    #expect(EnvironmentAdvice.minimumVCPUsRule(week, prices()).map(\.saving) == [15 * dollar])
    #expect(EnvironmentAdvice.scaleDownRule(week, prices()) == [])
  }

  /// c5 lists at 0.048, c6i at 0.0456 a vCPU-hour: a twentieth less.
  @Test func generation() {
    let changes = EnvironmentAdvice.generationRule(
      environment([use("c5.9xlarge", cost: 100, vcpu: 90, memory: 90)]), prices())
    #expect(changes.map(\.saving) == [5 * dollar])
  }

  /// $1,017 and $759 of an environment that cost $4,219 overlap: 759 · (4,219 − 1,017) ÷ 4,219 = 576.04.
  @Test func overlap() {
    func change(_ saving: Int64, _ environment: Int64) -> Change {
      Change(
        rule: .packing, environment: environment, environmentName: "", isSpot: false, place: "", confidence: .low,
        saving: saving)
    }
    let counted = Overlap.counted(
      [change(1017, 1), change(838, 2), change(759, 1)], costs: [1: 4219, 2: 2042]
    ).map(\.counted)
    #expect(counted == [1017, 838, 576])
    #expect(counted.reduce(0, +) == 2431)
  }
}

@Suite struct EnvironmentAdviceProperties {
  private func randomWeek(_ id: Int64, _ random: inout SeededGenerator) -> EnvironmentWeek {
    var week = EnvironmentWeek(week: "2026-W44", id: id, name: "environment-\(id)")
    week.resourceType = Bool.random(using: &random) ? "EC2" : "SPOT"
    week.minimumVCPUs = Int64.random(in: 0...2, using: &random)
    week.scaleDownDelayMinutes = Int64.random(in: 0...2, using: &random) * 20
    for type in ["r5.24xlarge", "c5.9xlarge", "p3.16xlarge"] where Bool.random(using: &random) {
      var use = use(
        type, cost: Int64.random(in: 0...5000, using: &random), vcpu: Int64.random(in: 1...100, using: &random),
        memory: Int64.random(in: 1...100, using: &random), gpus: Int64.random(in: 1...100, using: &random))
      use.work = use.cost / 2
      for account in [Account.packing, .gap, .tail, .idle] { use.unused[account] = use.cost / 8 }
      use.singleGPUAttempts = use.reserved.gpus > 0 ? 5 : 0
      use.singleGPUTime = use.reserved.gpus / 2
      week.uses.append(use)
      week.jobWork.append(
        Work(
          queue: "q", definition: "d", isOnDemandOnly: Bool.random(using: &random), instanceType: type, cost: use.work,
          attempts: 9,
          milliseconds: Int64.random(in: 1...20_000_000, using: &random), resourceTime: .zero))
      week.reruns.append(Reruns(queue: "q", attempts: 2, cost: use.work, spotCost: use.work / 4))
    }
    return week
  }

  @Test("Advice never saves more than its environment cost, alone or together: 1,000 seeds") func bounded() {
    forAll(seeds: 1000) { seed, random in
      let weeks = (1...3).map { randomWeek(Int64($0), &random) }
      let changes = EnvironmentAdvice.changes(weeks.map { ($0, prices()) })
      for week in weeks {
        let own = changes.filter { $0.environment == week.id }
        #expect(own.allSatisfy { $0.saving > 0 && $0.saving <= week.cost && $0.counted <= $0.saving }, "seed \(seed)")
        #expect(own.reduce(0) { $0 + $1.counted } <= week.cost, "seed \(seed)")
      }
      #expect(changes.map(\.saving) == changes.map(\.saving).sorted(by: >), "seed \(seed)")
      #expect(
        EnvironmentAdvice.changes(weeks.shuffled(using: &random).map { ($0, prices()) }) == changes, "seed \(seed)")
    }
  }
}
