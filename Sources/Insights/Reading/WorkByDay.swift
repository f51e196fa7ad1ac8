import Domain
import Store

private enum PoolDayColumn: Int32, TableColumns {
  case day, computeEnvironment, instanceType, account, cost
  static let table = "pool_day"
}

private enum PoolWorkDayColumn: Int32, TableColumns {
  case day, computeEnvironment, instanceType, jobQueue, jobDefinition, cost, attempts, ms, milliVcpuMs, mibMs, gpuMs
  static let table = "pool_work_day"
}

/// Each pool's cost by day, and the work of each queue and definition in it. Sums of blocks wait by day: there are too many
/// for all to be in memory.
private struct WorkByDay: BlockSums {
  private struct Key: PackedKey, Sendable {
    var day: Int32
    /// Its number in the table.
    var pool: Int32
    var queue: Int32
    var definition: Int32

    var word: UInt64 {
      (UInt64(UInt32(bitPattern: pool)) << 32 | UInt64(UInt32(bitPattern: day))) &* 0xFF51_AFD7_ED55_8CCD
        ^ UInt64(UInt32(bitPattern: queue)) << 32 ^ UInt64(UInt32(bitPattern: definition))
    }
  }

  private let connection: Connection
  private let table: WorkTable
  private var days = DaySpool<(key: Key, sum: WorkTable.Sum)>()

  init(_ view: LedgerView, _ connection: Connection) {
    (self.connection, table) = (connection, view.postings.work)
  }

  mutating func add(_ block: JobBlock) throws {
    var sums = PackedSums<Key, WorkTable.Sum>()
    for posting in block.postings where posting.isComputed && posting.pool >= 0 && table.has(day: posting.day) {
      guard let cost = posting.cost else { continue }
      let attempt = block.attempts[Int(posting.position)]
      let key = Key(day: posting.day, pool: posting.pool, queue: attempt.queue, definition: attempt.definition)
      sums.update(key, from: WorkTable.Sum()) {
        $0.add(
          WorkTable.Sum(
            cost: cost, attempts: block.begins(posting) ? 1 : 0, milliseconds: posting.milliseconds,
            resourceTime: posting.resourceTime))
      }
    }
    for (key, sum) in sums.unsorted { try days.append((key, sum), to: key.day) }
  }

  func finish() throws {
    try writeCosts()
    let rows = try TableWriter<PoolWorkDayColumn>(connection)
    let places = table.places
    try days.drain { _, records in
      var sums = PackedSums<Key, WorkTable.Sum>()
      for (key, sum) in records { sums.update(key, from: WorkTable.Sum()) { $0.add(sum) } }
      // The table's order: SQLite appends rows faster than it finds their places.
      return sums.sorted { a, b in
        (places[Int(a.pool)], a.queue, a.definition) < (places[Int(b.pool)], b.queue, b.definition)
      }
    } write: { day, sums in
      for (key, sum) in sums {
        let pool = table.pools[Int(key.pool)]
        rows.put(.day, day)
        rows.put(.computeEnvironment, pool.environment)
        rows.put(.instanceType, pool.instanceType)
        rows.put(.jobQueue, key.queue)
        rows.put(.jobDefinition, key.definition)
        rows.put(.cost, sum.cost)
        rows.put(.attempts, sum.attempts)
        rows.put(.ms, sum.milliseconds)
        rows.put(.milliVcpuMs, sum.resourceTime.milliVCPUs)
        rows.put(.mibMs, sum.resourceTime.memoryMiB)
        rows.put(.gpuMs, sum.resourceTime.gpus)
        try rows.write()
      }
    }
  }

  private func writeCosts() throws {
    let rows = try TableWriter<PoolDayColumn>(connection)
    for row in table.costsByDay {
      rows.put(.day, row.day)
      rows.put(.computeEnvironment, row.pool.environment)
      rows.put(.instanceType, row.pool.instanceType)
      rows.put(.account, row.account.rawValue)
      rows.put(.cost, row.cost)
      try rows.write()
    }
  }
}

extension Insight {
  static let workByDay = Insight.ofJobs("work by day", tables: ["pool_day", "pool_work_day"], by: .day, WorkByDay.self)
}
