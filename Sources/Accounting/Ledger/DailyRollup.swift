import Domain
import Store

/// Postings added up by everything that reports ask for: the table `daily_cost`.
struct DailyRollup {
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

    mutating func add(_ posting: Posting, begins: Bool, isFirst: Bool) {
      milliseconds += posting.milliseconds
      resourceTime = resourceTime + posting.resourceTime
      unpriced += posting.unpricedMilliseconds
      if let posted = posting.cost {
        cost += posted.nanodollars
        isPriced = true
      }
      if let listed = posting.onDemand {
        onDemand += listed.nanodollars
        isListed = true
      }
      unusedByInstance += posting.unusedByInstance.nanodollars
      unusedByAWS += posting.unusedByAWS.nanodollars
      if begins {
        attempts += 1
        if isFirst { jobs += 1 }
      }
    }
  }

  /// Bits of a key: day 20, account 3, option 3, source 3, environment 11, group 24 (0 for unused cost).
  private var sums = PackedSums<UInt64, Sum>()
  private var environments: [Int64: UInt64] = [:]
  private var environmentList: [Int64?] = []

  /// The bits that a key shares with all postings of a resource.
  mutating func prefix(of entry: ResourceEntry) -> UInt64 {
    let environment = entry.computeEnvironment ?? 0
    let number: UInt64
    if let known = environments[environment] {
      number = known
    } else {
      number = UInt64(environmentList.count)
      precondition(number < 2048, "more than 2,047 compute environments in one database")
      environments[environment] = number
      environmentList.append(entry.computeEnvironment)
    }
    return number << 24
  }

  /// - Parameters:
  ///   - option: the posting's own, or that of its resource.
  ///   - group: of the posting's attempt; nil for unused cost.
  ///   - begins: the attempt began on this day; `isFirst` of its job.
  mutating func add(
    _ posting: Posting, option: PurchaseOption, prefix: UInt64, group: Int32?, begins: Bool, isFirst: Bool
  ) {
    let day = UInt64(posting.day.number + 1 << 19)
    let key =
      day << 44 | UInt64(posting.account.rawValue) << 41 | UInt64(option.rawValue) << 38
      | UInt64(posting.source.rawValue) << 35 | prefix | UInt64(group.map { $0 + 1 } ?? 0)
    sums.update(key, from: Sum()) { $0.add(posting, begins: begins, isFirst: isFirst) }
  }

  func write(_ connection: Connection, _ groups: AttemptGroups) throws {
    let rows = try RowFeed(connection, into: "daily_cost", columns: 21)
    for (key, sum) in sums.sorted() {
      let number = Int(key & 0xFF_FFFF)
      let group = number == 0 ? nil : groups.list[number - 1]
      func known(_ value: Int32?) -> Int64? { value.flatMap { $0 == 0 ? nil : Int64($0) } }
      rows.append(Int64(key >> 44) - 1 << 19)
      rows.append(Int64(key >> 41 & 7))
      rows.append(Int64(key >> 38 & 7))
      rows.append(Int64(key >> 35 & 7))
      rows.append(environmentList[Int(key >> 24 & 0x7FF)])
      rows.append(known(group?.jobQueue))
      rows.append(known(group?.jobDefinition))
      rows.append(known(group?.tagSet))
      rows.append(Int64(group?.outcome.rawValue ?? 0))
      rows.append(Int64(group?.retried == true ? 1 : 0))
      rows.append(sum.milliseconds)
      rows.append(sum.resourceTime.milliVCPUs)
      rows.append(sum.resourceTime.memoryMiB)
      rows.append(sum.resourceTime.gpus)
      rows.append(sum.unpriced)
      rows.append(sum.isPriced ? sum.cost : nil)
      rows.append(sum.isListed ? sum.onDemand : nil)
      rows.append(sum.unusedByInstance)
      rows.append(sum.unusedByAWS)
      rows.append(sum.attempts)
      rows.append(sum.jobs)
      try rows.endRow()
    }
    try rows.flush()
  }
}
