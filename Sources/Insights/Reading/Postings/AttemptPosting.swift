import Domain
import Store

/// A posting to an attempt, as it waits for the block of its job. Without optionals and strings, because there are a
/// million of them. Money is in nanodollars, resource-time in milli-vCPU·ms, MiB·ms and GPU·ms.
struct AttemptPosting: Sendable {
  let attempt: Int64
  let milliseconds: Int64
  private let knownCost, knownOnDemand: Int64
  let resourceTime: Resources
  /// The part of `milliseconds` without a price.
  let unpriced: Int32
  /// `resource.id`
  let resource: Int32
  let day: Int32
  /// The number of the resource's pool, see `WorkTable`; −1 if it has none.
  let pool: Int32
  /// The attempt's, among those of its block.
  var position: Int32 = -1
  private let accountNumber: Int8
  /// Whether rows of its day are recomputed.
  let isComputed: Bool

  init(_ row: PostingReader.Row, pool: Int32, isComputed: Bool) {
    (attempt, milliseconds, resourceTime) = (row.attempt, row.milliseconds, row.resourceTime)
    (knownCost, knownOnDemand) = (row.cost ?? RowFeed.null, row.onDemand ?? RowFeed.null)
    unpriced = Int32(clamping: row.unpriced)
    (resource, day, self.pool) = (Int32(truncatingIfNeeded: row.resource), row.day, pool)
    accountNumber = Int8(truncatingIfNeeded: row.account)
    self.isComputed = isComputed
  }

  var account: Int { Int(accountNumber) }
  var isStartup: Bool { account == Account.startup.rawValue }
  var cost: Int64? { knownCost == RowFeed.null ? nil : knownCost }
  var onDemand: Int64? { knownOnDemand == RowFeed.null ? nil : knownOnDemand }
  var job: Int64 { AttemptID.job(of: attempt) }
}
