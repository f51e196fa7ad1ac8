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

  /// Hands out what is made of the records of each day, day by day, and forgets them. Rows of one day are made on another
  /// core while those of the day before it are written.
  ///
  /// - Parameter make: receives the records in the order of their arrival.
  func drain<Made>(
    _ make: @escaping @Sendable (Int32, ContiguousArray<Record>) throws -> Made, write: (Int32, Made) throws -> Void
  ) throws {
    let days = groups.sorted { $0.key < $1.key }
    try SideReading.each(
      days.count, make: { [spool] in try make(days[$0].key, spool.take(days[$0].value)) },
      use: { try write(days[$0].key, $1) })
  }
}
