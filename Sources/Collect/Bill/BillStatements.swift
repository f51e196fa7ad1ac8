import Domain
import Store

/// The columns of `bill_line`.
enum BillLineColumn: Int32, TableColumns {
  case bill, resource, startMs, endMs, item, charge, kind, account, usageMs, invoiced, invoicedRest, effective,
    effectiveRest, `public`, publicRest, commitment

  static let table = "bill_line"
}

/// The columns of `bill_around`.
enum BillAroundColumn: Int32, TableColumns {
  case bill, kind, name, account, region, day, item, cost, costRest, kilobytes

  static let table = "bill_around"
}

/// The columns of `bill_task`.
enum BillTaskColumn: Int32, TableColumns {
  case bill, taskId, startMs, instanceId, tagSet, rows, split, splitRest, unused, unusedRest

  static let table = "bill_task"
}

/// The statements that write a bill. Rows of one resource, hour and item add up.
struct BillStatements {
  private let lines: TableWriter<BillLineColumn>
  private let tasks: TableWriter<BillTaskColumn>
  private let around: TableWriter<BillAroundColumn>

  init(_ connection: Connection) throws {
    lines = try TableWriter(
      connection,
      conflict: """
        ON CONFLICT (bill, resource, start_ms, item, charge) DO UPDATE SET
          end_ms = MAX(end_ms, excluded.end_ms), usage_ms = usage_ms + excluded.usage_ms,
          invoiced = invoiced + excluded.invoiced, invoiced_rest = invoiced_rest + excluded.invoiced_rest,
          effective = effective + excluded.effective, effective_rest = effective_rest + excluded.effective_rest,
          public = COALESCE(public + excluded.public, public, excluded.public),
          public_rest = COALESCE(public_rest + excluded.public_rest, public_rest, excluded.public_rest)
        """)
    tasks = try TableWriter(
      connection,
      conflict: """
        ON CONFLICT (bill, task_id, start_ms) DO UPDATE SET
          rows = rows + 1, split = split + excluded.split, split_rest = split_rest + excluded.split_rest,
          unused = unused + excluded.unused, unused_rest = unused_rest + excluded.unused_rest
        """)
    around = try TableWriter(
      connection,
      conflict: """
        ON CONFLICT (bill, kind, name, account, region, day, item) DO UPDATE SET
          cost = cost + excluded.cost, cost_rest = cost_rest + excluded.cost_rest,
          kilobytes = kilobytes + excluded.kilobytes
        """)
  }

  /// - Parameters:
  ///   - name: of the resource, as jobs name it.
  ///   - cost: of the day; `gigabytes` too.
  func write(
    _ line: AroundLine, of name: UnsafeRawBufferPointer, on day: Day, _ cost: ExactMoney, _ gigabytes: ExactMoney,
    bill: Int64
  ) throws {
    around.put(.bill, bill)
    around.put(.kind, line.kind.rawValue)
    around.put(.name, bytes: name)
    around.put(.account, bytes: line.account)
    around.put(.region, bytes: line.place)
    around.put(.day, day.number)
    around.put(.item, bytes: line.item)
    around.put(.cost, .costRest, cost)
    around.put(.kilobytes, Int64(clamping: dividedHalfToEven(gigabytes.attodollars, by: 1_000_000_000_000)))
    try around.write()
  }

  func write(_ row: BillLine, bill: Int64) throws {
    lines.put(.bill, bill)
    lines.put(.resource, bytes: row.resource)
    lines.put(.startMs, row.span.start.milliseconds)
    lines.put(.endMs, row.span.end.milliseconds)
    lines.put(.item, bytes: row.item)
    lines.put(.charge, row.charge.rawValue)
    lines.put(.kind, row.kind.rawValue)
    lines.put(.account, bytes: row.account)
    lines.put(.usageMs, row.usageMilliseconds)
    lines.put(.invoiced, .invoicedRest, row.invoiced)
    lines.put(.effective, .effectiveRest, row.effective)
    if let cost = row.publicCost { lines.put(.public, .publicRest, cost) }
    if !row.commitment.isEmpty { lines.put(.commitment, bytes: row.commitment) }
    try lines.write()
  }

  func write(_ row: BillTask, tagSet: Int64?, bill: Int64) throws {
    tasks.put(.bill, bill)
    tasks.put(.taskId, bytes: row.task)
    tasks.put(.startMs, row.start.milliseconds)
    if !row.instance.isEmpty { tasks.put(.instanceId, bytes: row.instance) }
    tasks.put(.tagSet, tagSet)
    tasks.put(.rows, 1)
    tasks.put(.split, .splitRest, row.split)
    tasks.put(.unused, .unusedRest, row.unused)
    try tasks.write()
  }
}

extension TableWriter {
  /// Writes nanodollars, and the remainder beyond them.
  func put(_ column: Columns, _ rest: Columns, _ amount: ExactMoney) {
    put(column, amount.rounded.nanodollars)
    put(rest, amount.rest)
  }
}
