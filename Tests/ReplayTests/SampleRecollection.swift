import Accounting
import Collect
import Domain
import Insights
import Store
import TestSupport

@testable import Replay

/// The sample account, read once. Its README gives its figures.
enum Sample {
  static let recollection = Swift.Result {
    let database = try Database(path: ":memory:")
    _ = try Collector().collect(
      paths: [Repository.fortnight], asOf: Instant(milliseconds: 1_793_596_800_000), database: database)
    _ = try Ledger.build(database)
    try Insights.build(database)
    return try database.read { try Recollection($0) }
  }
  /// 2026-W43 and W44.
  static let first = Day(number: 20745)..<Day(number: 20752)
  static let second = Day(number: 20752)..<Day(number: 20759)
}
