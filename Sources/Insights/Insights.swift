import Accounting
import Domain
import Store

/// What the ledger means: answers that SQL alone cannot give, computed once after the ledger and kept as tables.
///
/// Each insight is one file: a function of the ledger and the facts to the rows of its own tables. To add one, write
/// its file and name it in `all`.
package struct Insight: Sendable {
  /// The question it answers, in a word or two.
  package let name: String
  /// The tables that it fills, emptied before it runs.
  let tables: [String]
  let run: @Sendable (LedgerView, Connection) throws -> Void

  init(_ name: String, tables: [String], run: @escaping @Sendable (LedgerView, Connection) throws -> Void) {
    self.name = name
    self.tables = tables
    self.run = run
  }
}

package enum Insights {
  static let all: [Insight] = [
    .spotLoss, .onDemandRuns, .poissonLimits, .dearPools, .retries, .bridge, .unitCosts, .submissions, .starts,
    .stragglers,
    .workflowRuns, .anomalies, .forecasts, .budgets, .rightSizing,
  ]

  /// Computes every insight from the ledger as it stands and replaces what was there, in one transaction. Where neither
  /// ledger nor settings changed, nothing is done.
  ///
  /// - Parameter anew: compute all of them even then.
  package static func build(
    _ database: Database, settings: InsightSettings = InsightSettings(), anew: Bool = false
  ) throws {
    try database.derive { connection in
      let inputs = try inputs(connection, settings)
      if !anew, let inputs, try inputs == connection.inputs(of: product) { return }
      let view = try LedgerView(connection, settings)
      for insight in all {
        for table in insight.tables { try connection.execute("DELETE FROM \(table)") }
        try insight.run(view, connection)
      }
      try connection.record(inputs ?? "", of: product)
    }
  }

  private static let product = "insights"

  /// The revision of facts, what the ledger was computed from, and the settings; nil where the ledger's are not known.
  private static func inputs(_ connection: Connection, _ settings: InsightSettings) throws -> String? {
    guard let ledger = try Ledger.inputs(connection) else { return nil }
    return "facts \(try connection.factRevision()), ledger of \(ledger), \(settings)"
  }
}
