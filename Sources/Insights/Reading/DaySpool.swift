import Store

/// Records by day, for sums that are complete only when all jobs were read.
struct DaySpool<Record> {
  private let spool = Spool<Record>(pool: SpoolPool(capacity: SpoolPool.capacity / 8))
  private var groups: [Int32: Int] = [:]
  /// Records of a day are mostly adjacent.
  private var last: (day: Int32, group: Int)?

  mutating func append(_ record: Record, to day: Int32) throws {
    try spool.append(record, to: group(of: day))
  }

  private mutating func group(of day: Int32) -> Int {
    if let last, last.day == day { return last.group }
    let group = groups[day] ?? groups.count
    groups[day] = group
    last = (day, group)
    return group
  }

  /// Hands out the records of each day in order of arrival, and forgets them.
  func drain(_ body: (Int32, ContiguousArray<Record>) throws -> Void) throws {
    for (day, group) in groups.sorted(by: { $0.key < $1.key }) { try body(day, spool.take(group)) }
  }
}
