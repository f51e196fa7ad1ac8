import Domain
import Store

/// The ledger's table `daily_cost`, read once, as the source of everything by day.
struct DailyCostTable: Sendable {
  /// Days count from 1970; money is in nanodollars; queue, definition and tags are rows of their tables.
  struct Row: Sendable {
    var day: Int32
    var option: Int8
    var isUnused: Bool
    /// The attempt was retried or failed.
    var isRetried: Bool
    /// 0 for unused.
    var queue: Int32
    var definition: Int32
    /// 0 for none.
    var tagSet: Int32
    var cost: Int64
    /// Reserved, in milli-vCPU × ms.
    var resourceTime: Int64
    var jobs: Int64
    var time: PricedTime
  }

  private(set) var rows: ContiguousArray<Row> = []
  var firstDay = Day(number: 0)

  init(_ connection: Connection) throws {
    let statement = try connection.prepare(
      """
      SELECT d.day, d.purchase_option, a.kind = 'unused', d.outcome > 0, d.job_queue, d.job_definition, d.tag_set,
        d.cost, d.milli_vcpu_ms, d.jobs, d.ms, d.unpriced_ms
      FROM daily_cost d JOIN ledger_account a ON a.id = d.account
      """)
    while try statement.step() {
      rows.append(
        Row(
          day: Int32(statement.integer(0)), option: Int8(statement.integer(1)), isUnused: statement.integer(2) == 1,
          isRetried: statement.integer(3) == 1, queue: Int32(statement.integer(4)),
          definition: Int32(statement.integer(5)), tagSet: Int32(statement.integer(6)), cost: statement.integer(7),
          resourceTime: statement.integer(8), jobs: statement.integer(9),
          time: PricedTime(billed: statement.integer(10), unpriced: statement.integer(11))))
    }
    firstDay = Day(number: rows.map(\.day).min() ?? 0)
  }
}

extension DayFigures {
  mutating func add(_ row: DailyCostTable.Row) {
    jobs += row.jobs
    time += row.time
    if row.isUnused {
      unused += row.cost
    } else if row.isRetried {
      retried += row.cost
    } else {
      work += row.cost
      resourceTime += row.resourceTime
    }
  }
}
