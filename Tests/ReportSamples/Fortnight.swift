import Accounting
import Collect
import Domain
import Foundation
import Insights
import Reporting
import Store

/// The bundled sample account as a database, built once for all tests. `Resources/fortnight/README.md` has its figures.
package enum Fortnight {
  /// The reports' week, 2026-W44, complete.
  package static let week = subject(from: Day(year: 2026, month: 10, day: 26), to: Day(year: 2026, month: 11, day: 2))
  /// All the data: two whole weeks and an unfinished day.
  package static let all = subject(from: Day(year: 2026, month: 10, day: 19), to: Day(year: 2026, month: 11, day: 3))

  package static func source() throws -> StoreSource { StoreSource(database: try built.get()) }

  /// 2026-11-02T05:20:00Z.
  package static let collectedAt = Instant(milliseconds: 1_793_596_800_000)

  private static let built = Result {
    let files = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Sources/batchcost/Resources/fortnight").standardized.path
    let database = try Database(path: ":memory:")
    _ = try Collector().collect(paths: [files], asOf: collectedAt, database: database)
    _ = try Ledger.build(database)
    // Ten dollars less than the week cost.
    let budget = Limit(.everything, .weekly(Money(nanodollars: 9_846_569_985_875)))
    try Insights.build(database, settings: InsightSettings(budgets: [budget]))
    return database
  }

  private static func subject(from: Day, to: Day) -> ReportSubject {
    ReportSubject(
      from: from, to: to, accounts: ["111122223333"], regions: ["eu-west-1"], collectedAt: collectedAt,
      policy: "unused cost kept separate · vCPU : GB weighted 9 : 1")
  }
}
