import Domain
import Store

/// Postings added up by everything that reports need: the table `daily_cost`.
package struct DailyRollup {
  private struct Sum {
    var milliseconds: Int64 = 0
    var resourceTime = Resources.zero
    var unpriced: Int64 = 0
    var cost: Int64 = 0
    var onDemand: Int64 = 0
    var isPriced = false
    var isListed = false
    var unusedByInstance: Int64 = 0
    var unusedByAWS: Int64 = 0
    var attempts: Int64 = 0
    var jobs: Int64 = 0

    mutating func add(_ posting: Posting, isAttached: Bool, begins: Bool, isFirst: Bool) {
      if !isAttached {
        milliseconds = sum(milliseconds, posting.milliseconds)
        unpriced = sum(unpriced, posting.unpricedMilliseconds)
      }
      resourceTime = resourceTime + posting.resourceTime
      if let posted = posting.cost {
        cost = sum(cost, posted.nanodollars)
        isPriced = true
      }
      if let listed = posting.onDemand {
        onDemand = sum(onDemand, listed.nanodollars)
        isListed = true
      }
      unusedByInstance = sum(unusedByInstance, posting.unusedByInstance.nanodollars)
      unusedByAWS = sum(unusedByAWS, posting.unusedByAWS.nanodollars)
      if begins {
        attempts += 1
        if isFirst { jobs += 1 }
      }
    }
  }

  private struct Key: PackedKey, Comparable {
    var day: Int32
    var account, option, source: UInt8
    /// Row of `compute_environment`; 0 if unknown.
    var environment: Int32
    /// Number of the group, from 1; 0 for unused cost.
    var group: Int32

    var word: UInt64 {
      let kinds = UInt64(account) << 8 | UInt64(option) << 4 | UInt64(source)
      return (UInt64(UInt32(bitPattern: day)) << 12 | kinds) &* 0xFF51_AFD7_ED55_8CCD
        ^ UInt64(UInt32(bitPattern: environment)) << 32 ^ UInt64(UInt32(bitPattern: group))
    }

    static func < (a: Key, b: Key) -> Bool {
      if a.day != b.day { return a.day < b.day }
      if a.account != b.account { return a.account < b.account }
      if (a.option, a.source) != (b.option, b.source) { return (a.option, a.source) < (b.option, b.source) }
      return (a.environment, a.group) < (b.environment, b.group)
    }
  }

  private var sums = PackedSums<Key, Sum>()

  package init() {}

  /// - Parameters:
  ///   - isAttached: a volume's or an address's: their time is that of their instance, and is not counted again.
  ///   - environment: the resource's; nil if unknown.
  ///   - option: the posting's own, or its resource's.
  ///   - group: the group of the posting's attempt; nil for unused cost.
  ///   - begins: the attempt began on this day; `isFirst`: it is the first of its job.
  package mutating func add(
    _ posting: Posting, isAttached: Bool, option: PurchaseOption, environment: Int64?, group: Int32?, begins: Bool,
    isFirst: Bool
  ) {
    let key = Key(
      day: posting.day.number, account: UInt8(posting.account.rawValue), option: UInt8(option.rawValue),
      source: UInt8(posting.source.rawValue), environment: Int32(truncatingIfNeeded: environment ?? 0),
      group: group.map { $0 + 1 } ?? 0)
    sums.update(key, from: Sum()) { $0.add(posting, isAttached: isAttached, begins: begins, isFirst: isFirst) }
  }

  /// Writes all sums in the order of the table's key.
  ///
  /// - Parameter groups: those whose numbers were added.
  package func write(_ connection: Connection, _ groups: AttemptGroups) throws {
    let rows = try TableFeed(connection, DailyCostColumn.self)
    for (key, sum) in sums.sorted() {
      let group = key.group == 0 ? nil : groups.list[Int(key.group) - 1]
      func known(_ value: Int32?) -> Int64? { value.flatMap { $0 == 0 ? nil : Int64($0) } }
      rows.put(.day, Int64(key.day))
      rows.put(.account, Int64(key.account))
      rows.put(.purchaseOption, Int64(key.option))
      rows.put(.priceSource, Int64(key.source))
      rows.put(.computeEnvironment, known(key.environment))
      rows.put(.jobQueue, known(group?.jobQueue))
      rows.put(.jobDefinition, known(group?.jobDefinition))
      rows.put(.tagSet, known(group?.tagSet))
      rows.put(.outcome, Int64(group?.outcome.rawValue ?? 0))
      rows.put(.retried, group?.retried == true ? 1 : 0 as Int64)
      rows.put(.ms, sum.milliseconds)
      rows.put(.milliVcpuMs, sum.resourceTime.milliVCPUs)
      rows.put(.mibMs, sum.resourceTime.memoryMiB)
      rows.put(.gpuMs, sum.resourceTime.gpus)
      rows.put(.unpricedMs, sum.unpriced)
      rows.put(.cost, sum.isPriced ? sum.cost : nil)
      rows.put(.onDemand, sum.isListed ? sum.onDemand : nil)
      rows.put(.unusedByInstance, sum.unusedByInstance)
      rows.put(.unusedByAws, sum.unusedByAWS)
      rows.put(.attempts, sum.attempts)
      rows.put(.jobs, sum.jobs)
      try rows.write()
    }
    try rows.flush()
  }
}
