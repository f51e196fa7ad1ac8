import Domain
import Store

/// Postings added up by everything that reports ask for: the table `daily_cost`.
struct DailyRollup {
  private struct Key: Hashable {
    var day: Int32
    var account: Int8
    var option: Int8
    var source: Int8
    var type: Int32
    var environment: Int32
    var queue: Int32
    var definition: Int32
    var tagSet: Int32
    var outcome: UInt8
    var retried: UInt8
  }

  private struct Sum {
    var milliseconds: Int64 = 0
    var resourceTime = Resources.zero
    var unpriced: Int64 = 0
    var cost: Int64?
    var onDemand: Int64?
    var unusedByInstance: Int64 = 0
    var unusedByAWS: Int64 = 0
    var attempts: Int64 = 0
    var jobs: Int64 = 0
  }

  private var positions: [Key: Int32] = [:]
  private var keys: ContiguousArray<Key> = []
  private var sums: ContiguousArray<Sum> = []
  private var types: [String?] = [nil]
  private var symbols: [String: Int32] = [:]

  /// A small number for an instance type; 0 for none.
  mutating func symbol(of type: String?) -> Int32 {
    guard let type else { return 0 }
    if let known = symbols[type] { return known }
    let symbol = Int32(types.count)
    types.append(type)
    symbols[type] = symbol
    return symbol
  }

  func name(of symbol: Int32) -> String? { types[Int(symbol)] }

  mutating func add(
    _ posting: Posting, _ entry: ResourceEntry, type: Int32, attempt: Int?, _ columns: AttemptColumns
  ) {
    var key = Key(
      day: posting.day.number, account: Int8(posting.account.rawValue), option: Int8(entry.option.rawValue),
      source: Int8(posting.source.rawValue), type: type, environment: Int32(entry.computeEnvironment ?? 0), queue: 0,
      definition: 0, tagSet: 0, outcome: 0, retried: 0)
    var begins = false
    if let attempt {
      key.queue = columns.jobQueue[attempt]
      key.definition = columns.jobDefinition[attempt]
      key.tagSet = columns.tagSet[attempt]
      key.outcome = columns.outcome[attempt].rawValue
      key.retried = columns.flags[attempt].contains(.retried) ? 1 : 0
      begins =
        posting.account == .attempt && (entry.kind == .instance || entry.kind == .fargateTask)
        && Instant(milliseconds: columns.started[attempt]).day == posting.day
    }
    let position: Int
    if let known = positions[key] {
      position = Int(known)
    } else {
      position = sums.count
      positions[key] = Int32(position)
      keys.append(key)
      sums.append(Sum())
    }
    sums[position].milliseconds += posting.milliseconds
    sums[position].resourceTime = sums[position].resourceTime + posting.resourceTime
    sums[position].unpriced += posting.unpricedMilliseconds
    if let cost = posting.cost { sums[position].cost = (sums[position].cost ?? 0) + cost.nanodollars }
    if let listed = posting.onDemand { sums[position].onDemand = (sums[position].onDemand ?? 0) + listed.nanodollars }
    sums[position].unusedByInstance += posting.unusedByInstance.nanodollars
    sums[position].unusedByAWS += posting.unusedByAWS.nanodollars
    if begins, let attempt {
      sums[position].attempts += 1
      if columns.id[attempt] & 1023 == 1 { sums[position].jobs += 1 }
    }
  }

  func write(_ connection: Connection) throws {
    let marks = [String](repeating: "?", count: 22).joined(separator: ", ")
    let statement = try connection.prepare("INSERT INTO daily_cost VALUES (\(marks))")
    for position in keys.indices.sorted(by: { order(keys[$0]).lexicographicallyPrecedes(order(keys[$1])) }) {
      let (key, sum) = (keys[position], sums[position])
      func known(_ value: Int32) -> Int64? { value == 0 ? nil : Int64(value) }
      statement.bind(1, Int64(key.day))
      statement.bind(2, Int64(key.account))
      statement.bind(3, Int64(key.option))
      statement.bind(4, Int64(key.source))
      statement.bind(5, known(key.environment))
      statement.bind(6, name(of: key.type))
      statement.bind(7, known(key.queue))
      statement.bind(8, known(key.definition))
      statement.bind(9, known(key.tagSet))
      statement.bind(10, Int64(key.outcome))
      statement.bind(11, Int64(key.retried))
      statement.bind(12, sum.milliseconds)
      statement.bind(13, sum.resourceTime.milliVCPUs)
      statement.bind(14, sum.resourceTime.memoryMiB)
      statement.bind(15, sum.resourceTime.gpus)
      statement.bind(16, sum.unpriced)
      statement.bind(17, sum.cost)
      statement.bind(18, sum.onDemand)
      statement.bind(19, sum.unusedByInstance)
      statement.bind(20, sum.unusedByAWS)
      statement.bind(21, sum.attempts)
      statement.bind(22, sum.jobs)
      try statement.run()
    }
  }

  private func order(_ key: Key) -> [Int32] {
    [
      key.day, Int32(key.account), Int32(key.option), Int32(key.source), key.environment, key.type, key.queue,
      key.definition, key.tagSet, Int32(key.outcome), Int32(key.retried),
    ]
  }
}
