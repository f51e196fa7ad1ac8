import Accounting
import Domain
import TestSupport
import Testing

@testable import Insights

/// A history of one definition on m5.xlarge instances: a job a day from day 0, each costing $1.
struct SmallWorld {
  var history = UsageHistory()

  init() {
    history.groups = [UsageHistory.Group(definition: "align", pattern: "")]
    history.types = [PackingType(name: "m5.xlarge", milliVCPUs: 4000, registeredMiB: 15_965, nominalMiB: 16_384)]
    history.weightings = [
      .instance(capacity: Resources(milliVCPUs: 4000, memoryMiB: 16_384), scheme: .splitCost)
    ]
  }

  /// An attempt that requested 2 vCPUs and 8 GiB and used half a vCPU.
  mutating func add(job: Int64, ordinal: Int64 = 1, used: Int64?, ranOut: Bool = false) {
    let day = Int32(history.attempts.count)
    history.attempts.append(
      UsageHistory.Attempt(
        id: job << 10 | ordinal, group: 0, queue: 1, type: 0, started: Int64(day) * millisecondsPerDay,
        requested: Resources(milliVCPUs: 2000, memoryMiB: 8192),
        used: used.map { Resources(milliVCPUs: 500, memoryMiB: $0) }, ranOutOfMemory: ranOut, isFargate: false,
        isNode: false))
    history.postings.append(UsageHistory.Posting(attempt: day, day: day, weighting: 0, cost: 1_000_000_000))
  }
}

@Suite struct GoldenReplays {
  /// Half a vCPU and 15 % make one whole vCPU; 2,048 MiB and 30 % make 2,663 MiB. Weights: (9·1 + 2663/1024) ÷ (9·2 +
  /// 8) = 11,879 ÷ 26,624, so $1 becomes $0.446176382.
  @Test func aSmallerSizeIsTheSamePartOfTheSameCost() {
    var world = SmallWorld()
    for job in 1...4 { world.add(job: Int64(job), used: 2048) }
    let advice = Sizing(world.history).advice()
    #expect(advice.count == 1)
    #expect(advice.first?.status == .advised)
    #expect(advice.first?.requested == Resources(milliVCPUs: 2000, memoryMiB: 8192))
    #expect(advice.first?.used == Resources(milliVCPUs: 500, memoryMiB: 2048))
    #expect(advice.first?.advised == Resources(milliVCPUs: 1000, memoryMiB: 2663))
    #expect(advice.first?.total.cost == 4_000_000_000)
    #expect(advice.first?.total.net == 2_215_294_472)
  }

  @Test("A weekly saving is given only if the definition was seen for a week: $0.553823618 a day")
  func aWeekOnlyOfWhatWasSeenForOne() {
    var world = SmallWorld()
    for job in 1...6 { world.add(job: Int64(job), used: 2048) }
    let six = Sizing(world.history).advice().first
    #expect(six?.daysSeen == 6)
    #expect(six?.total.net == 3_322_941_708)
    #expect(six?.netPerWeek == nil)
    for job in 7...14 { world.add(job: Int64(job), used: 2048) }
    #expect(Sizing(world.history).advice().first?.netPerWeek == 3_876_765_326)
  }

  @Test func twoDaysEightDaysApartAreNotAWeek() {
    var world = SmallWorld()
    for job in 1...4 { world.add(job: Int64(job), used: 2048) }
    for (position, day) in [0, 0, 8, 8].enumerated() {
      world.history.attempts[position].started = Int64(day) * millisecondsPerDay
      world.history.postings[position].day = Int32(day)
    }
    let advice = Sizing(world.history).advice().first
    #expect(advice?.daysSeen == 2)
    #expect(advice?.netPerWeek == nil)
  }

  @Test func tooFewJobsSaySo() {
    var world = SmallWorld()
    for job in 1...3 { world.add(job: Int64(job), used: 2048) }
    let advice = Sizing(world.history).advice().first
    #expect(advice?.status == .tooFew)
    #expect(advice?.advised == advice?.requested)
    #expect(advice?.total.net == 0)
  }

  @Test("All attempts of one job or one child are one sample") func retriesCountOnce() {
    var world = SmallWorld()
    for ordinal in 1...6 { world.add(job: 1, ordinal: Int64(ordinal), used: 2048) }
    #expect(Sizing(world.history).advice().first?.samples == 1)
  }

  /// Four jobs ran out of 8 GiB and ran again: 9,831 MiB (+20 %, and +30 %: 12,780) cost more than 8,192, but avoid the
  /// four kills at $1 each.
  @Test func memoryIsRaisedWhereKillsCostMore() {
    var world = SmallWorld()
    for job in 1...4 {
      world.add(job: Int64(job), used: nil, ranOut: true)
      world.add(job: Int64(job), ordinal: 2, used: 8000)
    }
    let advice = Sizing(world.history).advice().first
    #expect(advice?.status == .advised)
    // 12,780 MiB: one fits on an m5.xlarge, which leaves it 15,965 MiB.
    #expect(advice?.advised == Resources(milliVCPUs: 1000, memoryMiB: 15_965))
    // Four kills avoided, $4; the four others weigh 9,216 + 15,965 instead of 26,624 (in thousands): $0.945800781.
    #expect(advice?.total.net == 4_216_796_876)
  }

  @Test func theBackTestCountsKills() {
    var world = SmallWorld()
    for job in 1...4 { world.add(job: Int64(job), used: 2048) }
    for job in 5...7 { world.add(job: Int64(job), used: 2048) }
    world.add(job: 8, used: 3000)
    let test = Sizing(world.history).backTest()
    #expect(test.fitted == 4)
    #expect(test.replay.attempts == 4)
    #expect(test.replay.cost == 4_000_000_000)
    #expect(test.replay.saved == 3 * 553_823_618)
    #expect(test.replay.killed == 1)
    // 3,000 MiB were used: the killed attempt takes that, (9,216 + 3,000) ÷ 26,624 of $1.
    #expect(test.replay.killedCost == 458_834_135)
  }
}

@Suite struct SizingProperties {
  private func randomHistory(_ random: inout SeededGenerator) -> UsageHistory {
    var history = SmallWorld().history
    history.weightings.append(.fargate(vcpuRate: 40_480_000, gbRate: 4_445_000))
    let count = Int.random(in: 0...60, using: &random)
    for index in 0..<count {
      let fargate = Bool.random(using: &random)
      let requested = Resources(
        milliVCPUs: Int64.random(in: 1...16, using: &random) * 1000,
        memoryMiB: Int64.random(in: 1...64, using: &random) * 1024)
      let used = Resources(
        milliVCPUs: Int64.random(in: 0...20_000, using: &random),
        memoryMiB: Int64.random(in: 1...70_000, using: &random))
      history.attempts.append(
        UsageHistory.Attempt(
          id: Int64(index + 1) << 10 | 1, group: 0, queue: 1, type: Int32.random(in: -1...0, using: &random),
          started: Int64.random(in: 0...1_000_000_000, using: &random), requested: requested,
          used: Bool.random(using: &random) ? used : nil, ranOutOfMemory: Int.random(in: 0...9, using: &random) == 0,
          isFargate: fargate, isNode: Int.random(in: 0...19, using: &random) == 0))
      for day in 0..<Int32.random(in: 0...3, using: &random) {
        history.postings.append(
          UsageHistory.Posting(
            attempt: Int32(index), day: day, weighting: fargate ? 1 : 0,
            cost: Int64.random(in: 0...9_000_000_000, using: &random)))
      }
    }
    return history
  }

  @Test("Savings never exceed the cost posted, and no advice loses money: 500 seeds") func bounded() {
    forAll(seeds: 500) { seed, random in
      let history = randomHistory(&random)
      let posted = history.postings.reduce(0) { $0 + $1.cost }
      for advice in Sizing(history).advice() {
        let total = advice.total
        #expect(total.cost <= posted && total.net <= total.cost, "seed \(seed)")
        #expect(total.net >= 0, "seed \(seed)")
        if advice.status != .advised { #expect(advice.advised == advice.requested && total.net == 0, "seed \(seed)") }
      }
      let replay = Sizing(history).backTest().replay
      #expect(replay.cost <= posted && replay.saved <= replay.cost, "seed \(seed)")
    }
  }
}
