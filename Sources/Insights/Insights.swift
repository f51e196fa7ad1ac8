import Accounting
import Domain
import Store

/// What the ledger means: answers that SQL alone cannot give, computed once after the ledger and stored in tables.
///
/// Each insight is one file: a function from the ledger and the facts to the rows of its own tables. To add one, write
/// its file and add it to `all`.
package struct Insight: Sendable {
  /// The question it answers, in a word or two.
  package let name: String
  /// The tables that it fills, emptied before it runs.
  let tables: [String]
  /// Which of their rows are replaced if little changed.
  let key: Key
  /// Computes what to write; the connection is only for reading.
  typealias Computation = @Sendable (LedgerView, Connection) throws -> Writing
  typealias Writing = @Sendable (Connection) throws -> Void

  private let compute: Computation
  private let takesLong: Bool
  /// For insights that read only rollups.
  private(set) var runOfRollups: (@Sendable (Rollups, Connection) throws -> Void)?

  /// Computes and writes in one step.
  init(
    _ name: String, tables: [String], by key: Key = .nothing,
    run: @escaping @Sendable (LedgerView, Connection) throws -> Void
  ) {
    self.name = name
    self.tables = tables
    self.key = key
    compute = { view, _ in { try run(view, $0) } }
    takesLong = false
  }

  private init(_ name: String, _ tables: [String], _ compute: @escaping Computation) {
    self.name = name
    self.tables = tables
    key = .nothing
    self.compute = compute
    takesLong = true
  }

  /// Computes from rollups alone.
  static func ofRollups(
    _ name: String, tables: [String], run: @escaping @Sendable (Rollups, Connection) throws -> Void
  ) -> Insight {
    var insight = Insight(name, tables: tables) { view, connection in try run(view.rollups, connection) }
    insight.runOfRollups = run
    return insight
  }

  /// Computes on another core while earlier insights are written.
  static func beside(_ name: String, tables: [String], compute: @escaping Computation) -> Insight {
    Insight(name, tables, compute)
  }

  /// Begins early if it takes long; otherwise it waits for its turn.
  fileprivate func begin(_ view: LedgerView, _ database: Database) -> SideReading<Writing>? {
    // A side connection does not see what a transaction has changed, and a part needs other insights.
    takesLong && !view.scope.isPart ? database.readBeside { try compute(view, $0) } : nil
  }

  func run(_ view: LedgerView, _ begun: SideReading<Writing>?, _ connection: Connection) throws {
    for table in tables {
      if let deletion = view.scope.deletion(of: table, by: key) { try connection.execute(deletion) }
    }
    let write = try begun?.value() ?? compute(view, connection)
    try write(connection)
  }
}

package enum Insights {
  /// What a build computed.
  package enum Extent {
    /// Nothing changed.
    case nothing
    /// What ran on the days that changed.
    case part
    case everything
  }

  static let all: [Insight] = [
    .onDemandRuns, .poissonLimits, .dearPools, .failures, .neverStarted, .bridge, .unitCosts, .stepCosts, .submissions,
    .starts, .waitParts, .stragglers, .quietJobs, .runJobs, .workByDay, .workflowRuns, .anomalies, .forecasts, .budgets,
    .gpuUse, .gpuAdvice, .rightSizing, .environmentAdvice,
  ]

  /// Computes every insight from the current ledger and replaces the old rows, in one transaction. If neither the
  /// ledger nor the settings changed, it does nothing. If little changed, it computes and replaces only the rows of the
  /// jobs and days affected, and the rows that are computed from everything. The result is the same.
  ///
  /// - Parameter anew: compute all of them in any case.
  @discardableResult
  package static func build(
    _ database: Database, settings: InsightSettings = InsightSettings(), anew: Bool = false
  ) throws -> Extent {
    try database.derive { connection in
      let inputs = try inputs(connection, settings)
      if !anew, let inputs, try inputs == connection.inputs(of: product) { return .nothing }
      try WorkflowClient.write(settings.clients, connection)
      try settings.tags.write(connection)
      try CheckpointRule.write(settings.checkpoints, connection)
      let rules = ProgramIdentity.current.map { "program \($0), \(settings)" }
      let isKept = try !anew && rules != nil && rules == connection.inputs(of: rulesProduct) && knowsChanges(connection)
      let part = isKept ? try LedgerView(changed: connection, settings) : nil
      let view = try part ?? LedgerView(connection, of: database, settings)
      let begun = all.map { $0.begin(view, database) }
      for (insight, begun) in zip(all, begun) { try insight.run(view, begun, connection) }
      try connection.execute("DELETE FROM insight_change")
      if isKept { try PartTables(connection).clear() }
      try connection.record(inputs ?? "", of: product)
      try connection.record(rules ?? "", of: rulesProduct)
      return part == nil ? .everything : .part
    }
  }

  /// Whether everything that changed since the last build is recorded by job and day.
  private static func knowsChanges(_ connection: Connection) throws -> Bool {
    try connection.integer("SELECT EXISTS (SELECT 1 FROM insight_change WHERE kind = 'all')") == 0
  }

  private static let rulesProduct = "insight rules"
  private static let product = "insights"

  /// The revision of the facts, the inputs of the ledger, and the settings; nil if the ledger's inputs are unknown.
  private static func inputs(_ connection: Connection, _ settings: InsightSettings) throws -> String? {
    guard let ledger = try Ledger.inputs(connection) else { return nil }
    return "facts \(try connection.factRevision()), ledger of \(ledger), \(settings)"
  }
}
