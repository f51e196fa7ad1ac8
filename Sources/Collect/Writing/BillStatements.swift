import Domain
import Store

/// The statements that write a bill. Rows of one resource, hour and item add up.
struct BillStatements {
  private let line: Statement
  private let task: Statement

  init(_ connection: Connection) throws {
    line = try connection.prepare(
      """
      INSERT INTO bill_line VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
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

/// What was collected, by id: the rows of a bill that are about it are kept.
struct KnownResources {
  private var ids: Set<UInt64> = []
  private var clusters: Set<UInt64> = []

  init(_ connection: Connection) throws {
    let rows = try connection.prepare(
      """
      SELECT instance_id FROM instance_description UNION SELECT instance_id FROM instance_event
      UNION SELECT instance_id FROM container_instance WHERE instance_id IS NOT NULL
      UNION SELECT instance_id FROM attempt WHERE instance_id IS NOT NULL
      UNION SELECT instance_id FROM task_usage WHERE instance_id IS NOT NULL
      UNION SELECT volume_id FROM volume WHERE instance_id IS NOT NULL
      """)
    while try rows.step() { ids.insert(rows.withBytes(0) { UnsafeRawBufferPointer($0).fnv }) }
    let names = try connection.prepare("SELECT name FROM cluster")
    while try names.step() { clusters.insert(names.withBytes(0) { UnsafeRawBufferPointer($0).fnv }) }
  }

  @inline(__always) func contains(_ id: UnsafeRawBufferPointer) -> Bool { ids.contains(id.fnv) }

  /// `arn:aws:ecs:eu-west-1:111122223333:task/AWSBatch-spot-…/8340cc08…`: Batch names the clusters it makes.
  func isBatchTask(_ arn: UnsafeRawBufferPointer) -> Bool {
    guard let slash = arn.firstIndex(of: UInt8(ascii: "/")) else { return false }
    let rest = UnsafeRawBufferPointer(rebasing: arn[(slash + 1)...])
    guard let end = rest.firstIndex(of: UInt8(ascii: "/")) else { return false }
    let cluster = UnsafeRawBufferPointer(rebasing: rest[..<end])
    return cluster.hasPrefix("AWSBatch-") || cluster.contains("_Batch_") || clusters.contains(cluster.fnv)
  }
}
