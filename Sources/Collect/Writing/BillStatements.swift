import Domain
import Store

/// The statements that write a bill. Rows of one resource, hour and item add up.
struct BillStatements {
  private let line: Statement
  private let task: Statement

  init(_ connection: Connection) throws {
    line = try connection.prepare(
      """
      INSERT INTO bill_line VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (bill, resource, start_ms, item, charge) DO UPDATE SET
        end_ms = MAX(end_ms, excluded.end_ms), usage_ms = usage_ms + excluded.usage_ms,
        invoiced = invoiced + excluded.invoiced, invoiced_rest = invoiced_rest + excluded.invoiced_rest,
        effective = effective + excluded.effective, effective_rest = effective_rest + excluded.effective_rest,
        public = COALESCE(public + excluded.public, public, excluded.public),
        public_rest = COALESCE(public_rest + excluded.public_rest, public_rest, excluded.public_rest)
      """)
    task = try connection.prepare(
      """
      INSERT INTO bill_task VALUES (?, ?, ?, ?, ?, 1, ?, ?, ?, ?)
      ON CONFLICT (bill, task_id, start_ms) DO UPDATE SET
        rows = rows + 1, split = split + excluded.split, split_rest = split_rest + excluded.split_rest,
        unused = unused + excluded.unused, unused_rest = unused_rest + excluded.unused_rest
      """)
  }

  func write(_ row: BillLine, bill: Int64) throws {
    line.bind(1, bill)
    line.bind(2, bytes: row.resource)
    line.bind(3, row.span.start.milliseconds)
    line.bind(4, row.span.end.milliseconds)
    line.bind(5, bytes: row.item)
    line.bind(6, row.charge.rawValue)
    line.bind(7, row.kind.rawValue)
    line.bind(8, bytes: row.account)
    line.bind(9, row.usageMilliseconds)
    line.bind(10, row.invoiced)
    line.bind(12, row.effective)
    if let cost = row.publicCost {
      line.bind(14, cost)
    } else {
      line.bindNull(14)
      line.bindNull(15)
    }
    if row.commitment.isEmpty { line.bindNull(16) } else { line.bind(16, bytes: row.commitment) }
    try line.run()
  }

  func write(_ row: BillTask, tagSet: Int64?, bill: Int64) throws {
    task.bind(1, bill)
    task.bind(2, bytes: row.task)
    task.bind(3, row.start.milliseconds)
    if row.instance.isEmpty { task.bindNull(4) } else { task.bind(4, bytes: row.instance) }
    task.bind(5, tagSet)
    task.bind(6, row.split)
    task.bind(8, row.unused)
    try task.run()
  }
}

extension Statement {
  /// Binds nanodollars and the rest to this parameter and the next.
  func bind(_ parameter: Int32, _ amount: ExactMoney) {
    bind(parameter, amount.rounded.nanodollars)
    bind(parameter + 1, amount.rest)
  }
}
