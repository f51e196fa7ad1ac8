import Store

/// Records by day, for sums that are complete only when all jobs were read.
struct DaySpool<Record> {
  private let spool = Spool<Record>(pool: SpoolPool(capacity: SpoolPool.capacity / 8))
  private var groups: [Int32: Int] = [:]

  mutating func append(_ record: Record, to day: Int32) throws {
    let group = groups[day] ?? groups.count
    groups[day] = group
    try spool.append(record, to: group)
  }

  /// Hands out the records of each day in order of arrival, and forgets them.
  func drain(_ body: (Int32, ContiguousArray<Record>) throws -> Void) throws {
    for (day, group) in groups.sorted(by: { $0.key < $1.key }) { try body(day, spool.take(group)) }
  }
}
