import Domain
import Store

/// The single pass over the postings: their cost by pool and day, and those of attempts for the blocks of their jobs.
struct PostingScan: Sendable {
  /// With the cost of each pool, but without work, which is added block by block.
  let work: WorkTable
  let ofAttempts: Spool<AttemptPosting>

  /// - Parameter others: also receives the postings, with the columns of the ledger's rollup.
  /// - Complexity: O(n) in the number of postings.
  init(
    _ connection: Connection, _ resources: ResourceTable, _ division: JobDivision, _ scope: InsightScope,
    others: (([PostingReader.Row]) -> Void)? = nil
  ) throws {
    var work = try WorkTable(connection)
    let ofAttempts = division.spool(of: AttemptPosting.self)
    // The rows of a resource are adjacent, and in the order of days.
    var (resource, day): (Int64, Int32) = (-1, -1)
    var pool: Int32 = -1
    var isComputed = false
    var reader = PostingReader(readsRollup: others != nil)
    try reader.read(connection, scope) { batch in
      others?(batch)
      for row in batch {
        if row.resource != resource {
          resource = row.resource
          pool = work.pool(of: resources[resource])
        }
        if row.day != day {
          day = row.day
          isComputed = scope.has(day: day)
        }
        if isComputed, let cost = row.cost { work.add(cost: cost, to: pool, account: row.account, day: day) }
        if row.attempt < 0 { continue }
        try ofAttempts.append(
          AttemptPosting(row, pool: pool, isComputed: isComputed),
          to: division.block(of: AttemptID.job(of: row.attempt)))
      }
    }
    self.work = work
    self.ofAttempts = ofAttempts
  }
}
