import Accounting
import Domain
import Store

/// Chosen postings by day, added up as the ledger adds up all of them: the rows of `daily_cost`, and what the chosen
/// jobs bear of each resource.
///
/// Outcomes of attempts stay as they were determined from all jobs.
final class ChosenDays {
  private struct Failure {
    var outcome: Outcome
    var isRetried: Bool
  }

  private struct Key: PackedKey {
    var resource: Int64
    var day: Int32
    var option: Int32

    var word: UInt64 {
      UInt64(bitPattern: resource) &* 0xFF51_AFD7_ED55_8CCD ^ UInt64(UInt32(bitPattern: day)) << 8
        ^ UInt64(UInt32(bitPattern: option))
    }
  }

  private struct Borne {
    var milliseconds: Int64 = 0
    var unpriced: Int64 = 0
    var cost: Int64?
    var onDemand: Int64?
  }

  private let resources: ResourceTable
  /// Whether to make rows of `daily_cost`.
  let rollsUp: Bool
  private var failures: [Int64: Failure] = [:]
  private var tagsOfParent: [Int32: Int32] = [:]
  /// Later attempts, in chosen environments, of jobs that had begun before, there or elsewhere.
  private var laterTries: Set<Int64> = []
  private var groups = AttemptGroups()
  private var rollup = DailyRollup()
  private var borne = PackedSums<Key, Borne>()

  /// - Parameters:
  ///   - resources: all resources of the postings.
  ///   - rollsUp: whether to make rows of `daily_cost`, which need attempts.
  init(_ connection: Connection, _ resources: ResourceTable, rollsUp: Bool) throws {
    (self.resources, self.rollsUp) = (resources, rollsUp)
    guard rollsUp else { return }
    enum Field: Int32, SelectedColumn {
      case attempt, outcome, rerun
      var sql: String {
        switch self {
        case .outcome: "MAX(\(name))"
        case .rerun: "MAX(\(name) = 'batch')"
        default: name
        }
      }
    }
    let failed = try connection.prepare(
      "SELECT \(Field.list) FROM main.failed_attempt GROUP BY attempt")
    while try failed.step() {
      failures[failed.integer(Field.attempt)] = Failure(
        outcome: Outcome(rawValue: UInt8(clamping: failed.integer(Field.outcome))) ?? .other,
        isRetried: failed.integer(Field.rerun) == 1)
    }
    try connection.each("SELECT id, tag_set FROM main.job_parent WHERE tag_set IS NOT NULL") {
      (parent: Int64, set: Int64) in
      tagsOfParent[Int32(truncatingIfNeeded: parent)] = Int32(truncatingIfNeeded: set)
    }
    try connection.each(
      """
      SELECT t.id FROM lens_attempt l JOIN main.attempt t ON t.id = l.id
      WHERE EXISTS (
        SELECT 1 FROM main.attempt e
        WHERE \(AttemptID.isOf("e.id", job: "t.job")) AND e.id < t.id AND e.started_at_ms IS NOT NULL)
      """
    ) { laterTries.insert($0) }
  }

  /// For use when nothing else reads the postings, and no rows of `daily_cost` are needed.
  func read(_ connection: Connection) throws {
    enum Field: Int32, SelectedColumn {
      case resource, day, purchaseOption, ms, unpricedMs, cost, onDemand
    }
    try connection.scan(Field.list, from: "posting NOT INDEXED") { row in
      bear(
        Key(
          resource: row.integer(Field.resource), day: Int32(row.integer(Field.day)),
          option: Int32(row.integer(Field.purchaseOption))),
        milliseconds: row.integer(Field.ms), unpriced: row.integer(Field.unpricedMs),
        cost: row.optionalInteger(Field.cost),
        onDemand: row.optionalInteger(Field.onDemand))
    }
  }

  func add(_ batch: [PostingReader.Row], _ attempts: AttemptTable) {
    // Attempts are scattered in memory: when several hundred are looked up together, many reads overlap.
    let positions = batch.map { row in row.attempt < 0 ? nil : attempts.position(of: row.attempt) }
    for (row, position) in zip(batch, positions) {
      bear(
        Key(resource: row.resource, day: row.day, option: Int32(row.rollup.option)),
        milliseconds: row.milliseconds, unpriced: row.unpriced, cost: row.cost, onDemand: row.onDemand)
      if rollsUp { add(row, position, resources[row.resource], attempts) }
    }
  }

  private func bear(_ key: Key, milliseconds: Int64, unpriced: Int64, cost: Int64?, onDemand: Int64?) {
    borne.update(key, from: Borne()) {
      $0.milliseconds += milliseconds
      $0.unpriced += unpriced
      if let cost { $0.cost = ($0.cost ?? 0) + cost }
      if let onDemand { $0.onDemand = ($0.onDemand ?? 0) + onDemand }
    }
  }

  private func add(
    _ row: PostingReader.Row, _ position: Int?, _ resource: ResourceRow?, _ attempts: AttemptTable
  ) {
    guard let account = Account(rawValue: row.account) else { return }
    let option = PurchaseOption(rawValue: row.rollup.option) ?? .unknown
    var group: Int32?
    if let position {
      let (attempt, failure) = (attempts[position], failures[row.attempt])
      group = groups.number(
        of: AttemptGroup(
          jobQueue: attempt.queue, jobDefinition: attempt.definition,
          tagSet: attempt.parent < 0 ? attempt.tagSet : tagsOfParent[attempt.parent] ?? 0,
          outcome: failure?.outcome ?? .counted, retried: failure?.isRetried ?? false))
    }
    let begun = position.flatMap { attempts.begins($0, on: row.day, row.account) ? $0 : nil }
    let beginning = resource?.isMachine == true ? begun : nil
    rollup.add(
      Posting(
        day: Day(number: row.day), account: account, attempt: nil,
        source: PriceSource(rawValue: row.rollup.source) ?? .none, milliseconds: row.milliseconds,
        resourceTime: row.resourceTime, unpricedMilliseconds: row.unpriced,
        cost: row.cost.map(Money.init(nanodollars:)), onDemand: row.onDemand.map(Money.init(nanodollars:)),
        unusedByInstance: Money(nanodollars: row.rollup.unusedByInstance),
        unusedByAWS: Money(nanodollars: row.rollup.unusedByAWS)),
      isAttached: resource?.isAttached == true, option: option, environment: resource?.environment, group: group,
      begins: beginning != nil,
      isFirst: beginning.map(attempts.isFirst) == true && !laterTries.contains(row.attempt))
  }

  /// Fills `daily_cost`.
  func writeDailyCost(_ connection: Connection) throws { try rollup.write(connection, groups) }

  /// Fills `lens_borne`, from which the rows of `resource_day` are made.
  func writeBorne(_ connection: Connection) throws {
    try connection.execute(
      """
      CREATE TEMP TABLE lens_borne (
        resource INTEGER NOT NULL, day INTEGER NOT NULL, purchase_option INTEGER NOT NULL, ms INTEGER NOT NULL,
        unpriced_ms INTEGER NOT NULL, cost INTEGER, on_demand INTEGER)
      """)
    let rows = try RowFeed(connection, into: "lens_borne", columns: 7)
    for (key, sum) in borne.unsorted {
      rows.append(key.resource)
      rows.append(Int64(key.day))
      rows.append(Int64(key.option))
      rows.append(sum.milliseconds)
      rows.append(sum.unpriced)
      rows.append(sum.cost)
      rows.append(sum.onDemand)
      try rows.endRow()
    }
    try rows.flush()
  }
}
