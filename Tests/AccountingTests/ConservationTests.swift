import Domain
import TestSupport
import Testing

@testable import Accounting

/// Random instances with random attempts: crowded, overlapping, outside the instance's life, across midnights.
struct RandomInstance {
  var span: TimeSpan
  var residences: [Residence]
  var capacity: Resources
  var charges: [Charge]

  init(_ random: inout SeededGenerator) {
    let origin = Int64.random(in: 1_790_000_000_000..<1_800_000_000_000, using: &random)
    let length = Int64.random(in: 0..<[30_000, 7_200_000, 200_000_000].randomElement(using: &random)!, using: &random)
    let life = TimeSpan(Instant(milliseconds: origin), Instant(milliseconds: origin + length))
    span = life
    let gpus: Int64 = Bool.random(using: &random) ? 0 : Int64.random(in: 1...8, using: &random)
    let size = Resources(
      milliVCPUs: Int64.random(in: 1...96, using: &random) * 1000,
      memoryMiB: Int64.random(in: 512...800_000, using: &random), gpus: gpus)
    capacity = size
    let crowd = Int64.random(in: 1...4, using: &random)
    residences = (0..<Int.random(in: 0...12, using: &random)).map { _ in
      let placed = origin + Int64.random(in: -60_000...(length + 60_000), using: &random)
      let started = placed + Int64.random(in: 0...120_000, using: &random)
      let stopped = started + Int64.random(in: 0...(length + 60_000), using: &random)
      let reserved = Resources(
        milliVCPUs: Int64.random(in: 0...(size.milliVCPUs / crowd), using: &random),
        memoryMiB: Int64.random(in: 1...(size.memoryMiB / crowd + 1), using: &random),
        gpus: Int64.random(in: 0...(size.gpus / crowd), using: &random))
      let used = Resources(
        milliVCPUs: Int64.random(in: 0...(size.milliVCPUs / 2), using: &random),
        memoryMiB: Int64.random(in: 0...(size.memoryMiB / 2), using: &random))
      return Residence(
        placed: Instant(milliseconds: placed), started: Instant(milliseconds: started),
        stopped: Instant(milliseconds: stopped), reserved: reserved,
        used: Bool.random(using: &random) ? used : .zero, exclusive: Int.random(in: 0..<20, using: &random) == 0)
    }.sorted { $0.started < $1.started }
    var steps: [(at: Instant, rate: Rate)] = []
    for _ in 0..<Int.random(in: 0...6, using: &random) {
      let time = origin + Int64.random(in: -4_000_000...(length + 1), using: &random)
      steps.append(
        (Instant(milliseconds: time), Rate(nanodollarsPerHour: Int64.random(in: 0...30_000_000_000, using: &random))))
    }
    let listed = PriceHistory([
      (Instant(milliseconds: 0), Rate(nanodollarsPerHour: Int64.random(in: 1...40_000_000_000, using: &random)))
    ])
    let spot = InstanceTerms.Market.spot(
      PriceHistory(steps), Bool.random(using: &random) ? .instanceHour : .continuous)
    charges = InstanceTerms(
      market: Bool.random(using: &random) ? .onDemand : spot, onDemand: listed,
      wholeHours: Int.random(in: 0..<10, using: &random) == 0, interrupted: Bool.random(using: &random)
    ).charges(over: life)
  }
}

@Suite struct Conservation {
  @Test("The postings of a charge add up to it, by day and in total, in any world: 5,000 seeds")
  func postingsAddUp() {
    var poster = Poster()
    forAll(seeds: 5000) { seed, random in
      let instance = RandomInstance(&random)
      var byDay: [Day: (cost: Int64, onDemand: Int64)] = [:]
      for piece in instance.charges.flatMap({ $0.cutAtMidnight() }) {
        byDay[piece.span.start.day, default: (0, 0)].cost += piece.cost?.nanodollars ?? 0
        byDay[piece.span.start.day, default: (0, 0)].onDemand += piece.onDemand?.nanodollars ?? 0
      }
      var posted: [Day: (cost: Int64, onDemand: Int64)] = [:]
      var shared: [Day: Shared] = [:]
      var seen: Set<String> = []
      poster.post(
        instance.charges, span: instance.span, residences: instance.residences, capacity: instance.capacity
      ) { posting in
        #expect((posting.cost?.nanodollars ?? 0) >= 0, "seed \(seed)")
        #expect(posting.milliseconds >= 0, "seed \(seed)")
        posted[posting.day, default: (0, 0)].cost += posting.cost?.nanodollars ?? 0
        posted[posting.day, default: (0, 0)].onDemand += posting.onDemand?.nanodollars ?? 0
        shared[posting.day, default: Shared()].add(posting)
        let row = "\(posting.day) \(posting.account) \(posting.attempt ?? -1)"
        #expect(seen.insert(row).inserted, "seed \(seed): two rows for \(row)")
      }
      for (day, policy) in shared {
        #expect(policy.instance == policy.packing, "seed \(seed), \(day): policy instance")
        #expect(policy.aws <= policy.unused && policy.aws >= 0, "seed \(seed), \(day): policy aws")
      }
      for (day, sums) in byDay {
        #expect(posted[day]?.cost == sums.cost, "seed \(seed), \(day)")
        #expect(posted[day]?.onDemand == sums.onDemand, "seed \(seed), \(day)")
      }
    }
  }

  /// A day's unused cost, and how much of it the other policies pass on to attempts.
  private struct Shared {
    var packing: Int64 = 0
    var unused: Int64 = 0
    var instance: Int64 = 0
    var aws: Int64 = 0

    mutating func add(_ posting: Posting) {
      if posting.account == .packing { packing += posting.cost?.nanodollars ?? 0 }
      if posting.account.isUnused { unused += posting.cost?.nanodollars ?? 0 }
      instance += posting.unusedByInstance.nanodollars
      aws += posting.unusedByAWS.nanodollars
    }
  }

  @Test("Each posting is within a nanodollar per charge of a plain computation in doubles: 2,000 seeds")
  func agreesWithPlainComputation() {
    var poster = Poster()
    forAll(seeds: 2000, from: 100_000) { seed, random in
      let instance = RandomInstance(&random)
      if instance.residences.contains(where: \.exclusive) { return }
      let expected = plainShares(instance)
      var actual: [Int: Double] = [:]
      poster.post(
        instance.charges, span: instance.span, residences: instance.residences, capacity: instance.capacity
      ) { posting in
        if let attempt = posting.attempt { actual[attempt, default: 0] += Double(posting.cost?.nanodollars ?? 0) }
      }
      for index in instance.residences.indices {
        let allowed = 3 * Double(instance.charges.count + 3) + 1e-9 * (expected[index] ?? 0)
        #expect(abs((actual[index] ?? 0) - (expected[index] ?? 0)) <= allowed, "seed \(seed), attempt \(index)")
      }
    }
  }

  /// Shares straight from the definition, interval by interval, in doubles: slow and obvious.
  private func plainShares(_ instance: RandomInstance) -> [Int: Double] {
    let capacity = instance.capacity
    let weights = capacity.gpus > 0 ? (cpu: 0.9, memory: 0.1, gpu: 9.0) : (cpu: 9.0, memory: 1.0, gpu: 0.0)
    func parts(_ r: Resources) -> [Double] {
      [
        Double(r.milliVCPUs) / 1000 * weights.cpu, Double(r.memoryMiB) / 1024 * weights.memory,
        Double(r.gpus) * weights.gpu,
      ]
    }
    let whole = parts(capacity)
    let unit = whole.reduce(0, +)
    var shares: [Int: Double] = [:]
    for charge in instance.charges {
      guard let cost = charge.cost, charge.billedMilliseconds > 0 else { continue }
      let span = charge.span
      var cuts = [span.start.milliseconds, span.end.milliseconds]
      for r in instance.residences {
        for time in [r.placed.milliseconds, r.stopped.milliseconds]
        where time > span.start.milliseconds && time < span.end.milliseconds { cuts.append(time) }
      }
      cuts.sort()
      let denominator = Double(max(charge.billedMilliseconds, span.milliseconds))
      for (from, to) in zip(cuts, cuts.dropFirst()) where to > from {
        let present = instance.residences.indices.filter {
          let r = instance.residences[$0]
          return max(r.placed, instance.span.start).milliseconds <= from
            && min(r.stopped, instance.span.end).milliseconds >= to && r.stopped > r.placed
        }
        var sums = [0.0, 0.0, 0.0]
        for index in present {
          for (k, part) in parts(instance.residences[index].allocated).enumerated() { sums[k] += part }
        }
        for index in present {
          for (k, part) in parts(instance.residences[index].allocated).enumerated() {
            let share = part / max(1, sums[k] / max(whole[k], 1e-300))
            guard whole[k] > 0 else { continue }
            shares[index, default: 0] += Double(cost.nanodollars) * Double(to - from) / denominator * share / unit
          }
        }
      }
    }
    return shares
  }
}
