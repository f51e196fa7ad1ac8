import Domain
import Store

/// Insights computed anew of what a lens chooses, each when one of its tables is first read.
final class NarrowedInsights: @unchecked Sendable {
  private let lens: Lens
  /// The statement that makes each table of the file.
  private let schema: [String: String]
  // Used by the one connection that is read through the lens.
  private var view: LedgerView?
  private var begun: Set<String> = []

  init(_ lens: Lens, _ schema: [String: String]) { (self.lens, self.schema) = (lens, schema) }

  var makers: [String: StandIns.Maker] {
    var makers: [String: StandIns.Maker] = [:]
    // Runs keep the numbers under which jobs know them, budgets are what a user set, and what a GPU did is told by all who
    // held one of its host.
    let kept = [Insight.workflowRuns.name, Insight.budgets.name, Insight.gpuUse.name]
    for insight in Insights.all where !kept.contains(insight.name) {
      for table in insight.tables { makers[table] = { try self.run(insight, $0) } }
    }
    return makers
  }

  private func run(_ insight: Insight, _ connection: Connection) throws {
    // Making one of its tables may name another.
    guard begun.insert(insight.name).inserted else { return }
    for table in insight.tables {
      guard let sql = schema[table] else { continue }
      try connection.execute("CREATE TEMP TABLE IF NOT EXISTS" + sql.dropFirst("CREATE TABLE".count))
    }
    let view = try view ?? LedgerView(narrowed: connection, prices: lens.isOfPlaces)
    self.view = view
    try insight.run(view, nil, connection)
  }
}
