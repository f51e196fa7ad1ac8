import Accounting
import Domain
import Queries
import Store

/// What stands in for the database's tables where it is narrowed by a lens.
///
/// Facts, and what is kept by job, attempt or resource, are views of what is chosen; rollups are made anew of the chosen
/// postings, insights are computed anew of these; views are made again, so that they see what stands in. What says nothing
/// of chosen jobs is empty, see `leftOut`.
struct LensTables {
  private let choice: ChosenJobs
  private let connection: Connection

  init(_ choice: ChosenJobs, _ connection: Connection) { (self.choice, self.connection) = (choice, connection) }

  private var isOfPlaces: Bool { choice.lens.isOfPlaces }

  func makers() throws -> [String: StandIns.Maker] {
    var makers: [String: StandIns.Maker] = [:]
    let tables = try schema("table")
    for (name, sql) in try schema("view") where !Self.ofAll.contains(name) {
      let definition = "CREATE TEMP VIEW" + sql.dropFirst("CREATE VIEW".count)
      makers[name] = { try $0.execute(definition) }
    }
    let insights = NarrowedInsights(choice.lens, tables)
    makers.merge(insights.makers) { $1 }
    for name in tables.keys where makers[name] == nil || !choice.dividesFamilies || !Self.ofFamilies.contains(name) {
      if let condition = try condition(name) {
        makers[name] = view(name, "SELECT * FROM main.\(name) WHERE \(condition)")
      }
    }
    makers["ledger_finding"] = view("ledger_finding", sql("ledger_finding"))
    makers["daily_cost"] = try dailyCost()
    if choice.isOfQueues {
      makers["wait_part"] = view("wait_part", "SELECT * FROM main.wait_part WHERE \(choice.rollupCondition)")
    }
    makers["workflow_run"] = table("workflow_run", sql("workflow_run"))
    if !isOfPlaces { makers["resource_day"] = table("resource_day", sql("resource_day")) }
    for (name, _) in choice.lens.leftOut {
      makers[name] = view(name, "SELECT * FROM main.\(name) WHERE FALSE")
    }
    guard let pseudonyms = choice.lens.pseudonyms else { return makers }
    let named = Array(tables.keys) + Self.ofAll
    return pseudonyms.covering(makers, columns: try named.reduce(into: [:]) { $0[$1] = try columns(of: $1) })
  }

  /// Views that are of all jobs, whatever is chosen: one run is compared with others.
  private static let ofAll: Set<String> = ["run_series"]

  /// Rollups of arrays and multi-node jobs, which a lens may divide.
  private static let ofFamilies: Set<String> = ["submission_day", "long_attempt_day", "array_run"]

  /// What of a table is kept as it is; nil where it is not about jobs, or is computed anew.
  private func condition(_ table: String) throws -> String? {
    let columns = try self.columns(of: table)
    func isChosen(_ attempt: String) -> String {
      choice.hasEnvironments
        ? "\(attempt) IN (SELECT id FROM lens_attempt)"
        : "\(AttemptID.job(of: attempt)) IN (SELECT id FROM lens_job)"
    }
    let isHost = "IN (SELECT id FROM lens_resource)"
    switch table {
    case "job": return "id IN (SELECT id FROM lens_job)"
    case "attempt": return isChosen("id")
    case "posting":
      if isOfPlaces { return "resource \(isHost)" }
      return isChosen("attempt") + (choice.hasEnvironments ? " AND resource \(isHost)" : "")
    case "resource": return isOfPlaces ? "id \(isHost)" : "id IN (SELECT resource FROM resource_day)"
    case "resource_day": return isOfPlaces ? "resource \(isHost)" : nil
    case "hourly_use": return "compute_environment IN (SELECT COALESCE(compute_environment, 0) FROM resource)"
    case "array_run": return "parent IN (SELECT parent FROM main.job WHERE id IN (SELECT id FROM lens_job))"
    case "submission_day": return "job IN (SELECT id FROM lens_job)"
    case "changed", "daily_cost", "witness": return nil
    default: break
    }
    if columns.contains("attempt") {
      let onHost = choice.hasEnvironments && columns.contains("resource") ? " AND resource \(isHost)" : ""
      return isChosen("attempt") + onHost
    }
    return columns.contains("job") ? "job IN (SELECT id FROM lens_job)" : nil
  }

  /// The ledger's rollup, where it keeps what the conditions are about; else made anew.
  private func dailyCost() throws -> StandIns.Maker {
    if isOfPlaces, try choice.keepsEnvironmentsWhole() {
      return view(
        "daily_cost",
        "SELECT * FROM main.daily_cost WHERE COALESCE(compute_environment, 0) IN (SELECT id FROM lens_environment)")
    }
    guard !isOfPlaces, choice.isOfRollups else { return table("daily_cost", sql("daily_cost")) }
    let work = "account IN (SELECT id FROM main.ledger_account WHERE kind <> 'unused')"
    return view("daily_cost", "SELECT * FROM main.daily_cost WHERE \(work) AND \(choice.rollupCondition)")
  }

  // MARK: Plumbing

  private func view(_ name: String, _ select: String) -> StandIns.Maker {
    { try $0.execute("CREATE TEMP VIEW \(name) AS \(select)") }
  }

  private func table(_ name: String, _ select: String) -> StandIns.Maker {
    { try $0.execute("CREATE TEMP TABLE \(name) AS \(select)") }
  }

  private func sql(_ name: String) -> String { lensTables.first { $0.name == name }?.text ?? "" }

  /// What the file has, by name.
  private func schema(_ type: String) throws -> [String: String] {
    let rows = try connection.prepare(
      "SELECT name, sql FROM main.sqlite_schema WHERE type = ? AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'")
    rows.bind(1, type)
    var found: [String: String] = [:]
    while try rows.step() { found[rows.text(0)] = rows.text(1) }
    return found
  }

  private func columns(of table: String) throws -> [String] {
    let rows = try connection.prepare("SELECT name FROM pragma_table_info(?, 'main')")
    rows.bind(1, table)
    var names: [String] = []
    while try rows.step() { names.append(rows.text(0)) }
    return names
  }
}

extension Lens {
  /// Tables that say nothing of what it chooses, and what they are about in words.
  var leftOut: KeyValuePairs<String, String> {
    if conditions.isEmpty { return [:] }
    return isOfPlaces
      ? ["reported_day": "restated days", "reconciliation": "differences from the bill", "budget": "budgets"]
      : [
        "hourly_use": "use of capacity", "advice": "advice on compute environments", "graviton": "Graviton",
        "dear_pool": "dear Spot pools", "poisson_limit": "interruption rates", "reported_day": "restated days",
        "reconciliation": "differences from the bill", "budget": "budgets",
      ]
  }

  /// What a query names that the lens leaves out, in words.
  package func leavesOut(of query: NamedQuery) -> [String] {
    let words = Set(StandIns.words(of: query.sql))
    return leftOut.filter { words.contains($0.key) }.map(\.value)
  }
}
