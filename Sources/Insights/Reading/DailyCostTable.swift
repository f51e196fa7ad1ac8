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
    enum Field: Int32, SelectedColumn {
      case day, purchaseOption, isUnused, isRetried, jobQueue, jobDefinition, tagSet, cost, milliVcpuMs, jobs, ms,
        unpricedMs
      var sql: String {
        switch self {
        case .isUnused: "a.kind = 'unused'"
        case .isRetried: "d.outcome > 0"
        default: "d.\(name)"
        }
      }
    }
    let row = try connection.prepare(
      "SELECT \(Field.list) FROM daily_cost d JOIN ledger_account a ON a.id = d.account")
    while try row.step() {
      rows.append(
        Row(
          day: Int32(row.integer(Field.day)), option: Int8(row.integer(Field.purchaseOption)),
          isUnused: row.integer(Field.isUnused) == 1, isRetried: row.integer(Field.isRetried) == 1,
          queue: Int32(row.integer(Field.jobQueue)), definition: Int32(row.integer(Field.jobDefinition)),
          tagSet: Int32(row.integer(Field.tagSet)), cost: row.integer(Field.cost),
          resourceTime: row.integer(Field.milliVcpuMs), jobs: row.integer(Field.jobs),
          time: PricedTime(billed: row.integer(Field.ms), unpriced: row.integer(Field.unpricedMs))))
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
