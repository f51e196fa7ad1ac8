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
  /// Computes what is to be written; the connection is for reading.
  typealias Computation = @Sendable (LedgerView, Connection) throws -> Writing
  typealias Writing = @Sendable (Connection) throws -> Void

  private let compute: Computation
  private let takesLong: Bool

  /// Computes and writes at once.
  init(_ name: String, tables: [String], run: @escaping @Sendable (LedgerView, Connection) throws -> Void) {
    self.name = name
    self.tables = tables
    compute = { view, _ in { try run(view, $0) } }
    takesLong = false
  }

  private init(_ name: String, _ tables: [String], _ compute: @escaping Computation) {
    self.name = name
    self.tables = tables
    self.compute = compute
    takesLong = true
  }

  /// Computes on another core while the insights before it are written.
  static func beside(_ name: String, tables: [String], compute: @escaping Computation) -> Insight {
    Insight(name, tables, compute)
  }

  /// Begins where it takes long; else it waits for its turn.
  fileprivate func begin(_ view: LedgerView, _ database: Database) -> SideReading<Writing>? {
    takesLong ? database.readBeside { try compute(view, $0) } : nil
  }

  func run(_ view: LedgerView, _ begun: SideReading<Writing>?, _ connection: Connection) throws {
    for table in tables { try connection.execute("DELETE FROM \(table)") }
    let write = try begun?.value() ?? compute(view, connection)
    try write(connection)
  }
}

package enum Insights {
  static let all: [Insight] = [
    .onDemandRuns, .poissonLimits, .dearPools, .failures, .neverStarted, .bridge, .unitCosts, .stepCosts, .submissions,
    .starts, .waitParts,
    .stragglers,
    .workflowRuns, .anomalies, .forecasts, .budgets, .rightSizing, .environmentAdvice,
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
      try WorkflowClient.write(settings.clients, connection)
      try settings.tags.write(connection)
      let view = try LedgerView(connection, of: database, settings)
      let begun = all.map { $0.begin(view, database) }
      for (insight, begun) in zip(all, begun) { try insight.run(view, begun, connection) }
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
