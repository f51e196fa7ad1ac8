import Accounting
import Domain

/// Advises sizes and computes what they would have cost: a pure function of a history and settings.
package struct Sizing: Sendable {
  package let history: UsageHistory
  package let settings: SizingSettings
  /// Positions in `attempts` by group.
  private let members: [[Int32]]
  /// Positions in `postings` by attempt: a half-open range of `order`.
  private let postings: PostingIndex
  /// By group; nil if nothing was measured.
  private let halves: [Halves?]

  /// Attempts that started before the middle one of the measured attempts, and measured ones that started later.
  private struct Halves {
    var early: [Int32]
    var tested: [Int32]
  }

  /// - Complexity: O(attempts + postings).
  package init(_ history: UsageHistory, _ settings: SizingSettings = SizingSettings()) {
    self.history = history
    self.settings = settings
    var members = [[Int32]](repeating: [], count: history.groups.count)
    for (position, attempt) in history.attempts.enumerated() { members[Int(attempt.group)].append(Int32(position)) }
    self.members = members
    postings = PostingIndex(history)
    halves = members.map { Self.halves(of: $0, history) }
  }

  private init(_ other: Sizing, _ settings: SizingSettings) {
    history = other.history
    self.settings = settings
    members = other.members
    postings = other.postings
    halves = other.halves
  }

  /// The same history with different settings.
  package func with(_ settings: SizingSettings) -> Sizing { Sizing(self, settings) }

  /// Advice on each group with a measured job, the largest saving first.
  /// - Complexity: O(n log n) in attempts and postings.
  package func advice() -> [SizeAdvice] {
    history.groups.indices.compactMap { advice(on: $0) }.sorted {
      let (a, b) = ($0.total.net, $1.total.net)
      return a != b ? a > b : ($0.group.definition, $0.group.pattern) < ($1.group.definition, $1.group.pattern)
    }
  }

  /// Advice fitted on the earlier half of each group's measured attempts, tested on those that started later.
  package func backTest() -> BackTest {
    var test = BackTest()
    for (group, halves) in halves.enumerated() {
      guard let halves, !halves.tested.isEmpty, let fit = SizingFit(samples(halves.early), settings) else { continue }
      test.fitted += fit.samples
      let rules = rules(fit, group)
      // A single rule needs no decision.
      var rule = rules.count == 1 ? rules[0] : best(rules, deciding: halves.early).0
      for replay in replay(halves.tested, &rule).values { test.replay += replay }
    }
    return test
  }

  private static func halves(of positions: [Int32], _ history: UsageHistory) -> Halves? {
    let measured = positions.filter { history.attempts[Int($0)].used != nil }
    let starts = measured.map { history.attempts[Int($0)] }.filter { !$0.isNode }.map(\.started)
    guard !starts.isEmpty else { return nil }
    let cut = starts.sorted()[starts.count / 2]
    return Halves(
      early: positions.filter { history.attempts[Int($0)].started < cut },
      tested: measured.filter { history.attempts[Int($0)].started >= cut })
  }

  // MARK: One group

  private func advice(on group: Int) -> SizeAdvice? {
    let positions = members[group]
    let samples = samples(positions)
    guard !samples.isEmpty, let request = medianRequest(positions) else { return nil }
    let fargate = history.attempts[Int(positions[0])].isFargate
    var advice = SizeAdvice(
      group: history.groups[group], status: .tooFew, confidence: Confidence(samples: samples.count),
      samples: samples.count, outliers: 0, isFargate: fargate, requested: request, used: nil, advised: request,
      days: [:])
    guard let fit = SizingFit(samples, settings) else {
      advice.days = replayAsIs(positions)
      return advice
    }
    advice.outliers = fit.outliers
    advice.used = Resources(
      milliVCPUs: fit.usedVCPUs.map { SizeRule.part($0, of: request.milliVCPUs) } ?? 0,
      memoryMiB: SizeRule.part(fit.usedMemory, of: request.memoryMiB))
    advice.isMemoryImputed = fit.isMemoryImputed
    var (rule, days, net) = best(rules(fit, group), deciding: positions)
    let size = rule.size(for: request, isFargate: fargate, weighting(of: positions))
    if size != request, net > 0 || days.values.allSatisfy({ $0.cost == 0 }) && isSmaller(size, than: request) {
      advice.status = .advised
      advice.advised = size
      advice.days = days
    } else {
      advice.status = .fits
      advice.days = replayAsIs(positions)
    }
    return advice
  }

  /// By the weights of split cost, if no dollars are known.
  private func isSmaller(_ a: Resources, than b: Resources) -> Bool {
    let weights = WeightScheme.splitCost.weights(for: .zero)
    return weights.weight(of: a) < weights.weight(of: b)
  }

  /// With memory unchanged and, if attempts ran out of it, raised.
  private func rules(_ fit: SizingFit, _ group: Int) -> [SizeRule] {
    let types = Set(members[group].map { history.attempts[Int($0)].type }).filter { $0 >= 0 }.sorted()
    return (fit.neededMemory > 1_000_000 ? [false, true] : [false]).map { raises in
      SizeRule(fit, settings, raisesMemory: raises, types: types.map { history.types[Int($0)] })
    }
  }

  /// The rule that would have cost least; ties go to the first.
  private func best(
    _ rules: [SizeRule], deciding positions: [Int32]
  ) -> (SizeRule, [Int32: SizeReplay], net: Int64) {
    let results = rules.map { rule in
      var rule = rule
      let days = replay(positions, &rule)
      return (rule, days, net: days.values.reduce(0) { $0 + $1.net })
    }
    return results.count > 1 && results[1].net > results[0].net ? results[1] : results[0]
  }

  /// One sample per job, and per child of an array: the largest of its attempts.
  private func samples(_ positions: [Int32]) -> [UsageSample] {
    var samples: [UsageSample] = []
    var job: Int64 = -1
    for position in positions {
      let attempt = history.attempts[Int(position)]
      guard !attempt.isNode, attempt.used != nil || attempt.ranOutOfMemory else { continue }
      let measured = attempt.used?.memoryMiB ?? 0
      let peak = max(measured, attempt.ranOutOfMemory ? bumped(attempt) : 0)
      let sample = UsageSample(
        requestedMilliVCPUs: attempt.requested.milliVCPUs, requestedMiB: attempt.requested.memoryMiB,
        usedMilliVCPUs: attempt.used?.milliVCPUs, usedMiB: peak, isImputed: peak > measured)
      if AttemptID.job(of: attempt.id) == job, let last = samples.last {
        samples[samples.count - 1] = last.merged(with: sample)
      } else {
        samples.append(sample)
      }
      job = AttemptID.job(of: attempt.id)
    }
    return samples
  }

  /// The estimated need of an attempt that ran out of memory.
  private func bumped(_ attempt: UsageHistory.Attempt) -> Int64 {
    let had = max(attempt.requested.memoryMiB, attempt.used?.memoryMiB ?? 0)
    return max(had + had * Int64(settings.outOfMemoryPercent) / 100, had + settings.outOfMemoryMinimumMiB)
  }

  private func medianRequest(_ positions: [Int32]) -> Resources? {
    let measured = positions.map { history.attempts[Int($0)] }.filter { $0.used != nil }.map(\.requested)
    let order = measured.sorted { ($0.memoryMiB, $0.milliVCPUs) < ($1.memoryMiB, $1.milliVCPUs) }
    return order.isEmpty ? nil : order[(order.count - 1) / 2]
  }

  private func weighting(of positions: [Int32]) -> Weighting? {
    for position in positions {
      for posting in postings.postings(of: position) where posting.weighting >= 0 {
        return history.weightings[Int(posting.weighting)]
      }
    }
    return nil
  }

  // MARK: Replay

  private func replayAsIs(_ positions: [Int32]) -> [Int32: SizeReplay] {
    var days: [Int32: SizeReplay] = [:]
    for position in positions { count(position, &days) }
    return days
  }

  private func count(_ position: Int32, _ days: inout [Int32: SizeReplay]) {
    let attempt = history.attempts[Int(position)]
    let day = Instant(milliseconds: attempt.started).day.number
    days[day, default: SizeReplay()].attempts += 1
    if attempt.used != nil { days[day, default: SizeReplay()].measured += 1 }
    for posting in postings.postings(of: position) { days[posting.day, default: SizeReplay()].cost += posting.cost }
  }

  /// An attempt's cost is its share of the weight: with another size it is the same share of the same cost.
  private func replay(_ positions: [Int32], _ rule: inout SizeRule) -> [Int32: SizeReplay] {
    var days: [Int32: SizeReplay] = [:]
    for position in positions {
      count(position, &days)
      let attempt = history.attempts[Int(position)]
      guard !attempt.isNode else { continue }
      let own = postings.postings(of: position)
      let weighting = own.first.flatMap { $0.weighting >= 0 ? history.weightings[Int($0.weighting)] : nil }
      let size = rule.size(for: attempt.requested, isFargate: attempt.isFargate, weighting)
      let isSpared = attempt.ranOutOfMemory && bumped(attempt) <= size.memoryMiB
      let isKilled = !attempt.ranOutOfMemory && (attempt.used?.memoryMiB ?? 0) > size.memoryMiB
      if isKilled { days[Instant(milliseconds: attempt.started).day.number, default: SizeReplay()].killed += 1 }
      for posting in own {
        let other = cost(posting, attempt, size)
        if isKilled {
          days[posting.day, default: SizeReplay()].killedCost += other
        } else {
          days[posting.day, default: SizeReplay()].saved += posting.cost - (isSpared ? 0 : other)
        }
      }
    }
    return days
  }

  private func cost(_ posting: UsageHistory.Posting, _ attempt: UsageHistory.Attempt, _ size: Resources) -> Int64 {
    guard posting.weighting >= 0 else { return posting.cost }
    let weighting = history.weightings[Int(posting.weighting)]
    let before = weighting.weight(weighting.taken(attempt.requested, attempt.used))
    let after = weighting.weight(weighting.taken(size, attempt.used))
    guard before > 0 else { return posting.cost }
    return Int64(clamping: dividedHalfToEven(Int128(posting.cost) * Int128(after), by: Int128(before)))
  }
}
