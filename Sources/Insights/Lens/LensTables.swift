import Accounting
import Domain
import Queries
import Store

/// What takes the place of the database's tables when a lens narrows it.
///
/// Facts, and tables by job, attempt or resource, become views of the chosen rows. Rollups are computed again from the
/// chosen postings, and insights from these. Views are created again, so that they read the replacements. Tables
/// without data on chosen jobs are empty, see `leftOut`.
struct LensTables {
  private let choice: ChosenJobs
  private let connection: Connection
  /// Every job is chosen, and every host if hosts are chosen: results about jobs stay unchanged.
  private let isWhole: Bool

  /// - Parameter anew: whether to compute everything again even if all jobs are chosen.
  init(_ choice: ChosenJobs, _ connection: Connection, anew: Bool) throws {
    (self.choice, self.connection) = (choice, connection)
    // Insights with names must be computed again from the replaced names.
    isWhole = try !anew && choice.lens.pseudonyms == nil && choice.isWhole()
  }

  private var isOfPlaces: Bool { choice.lens.isOfPlaces }

  func makers() throws -> [String: StandIns.Maker] {
    var makers: [String: StandIns.Maker] = [:]
    let tables = try schema("table")
    for (name, sql) in try schema("view") where !Self.ofAll.contains(name) {
      let kind = Self.readOften.contains(name) ? "TEMP TABLE" : "TEMP VIEW"
      let definition = "CREATE \(kind)" + sql.dropFirst("CREATE VIEW".count)
      makers[name] = { try $0.execute(definition) }
    }
    let daily = try dailyCostCondition()
    let insights = NarrowedInsights(choice.lens, tables, isWhole: isWhole, rollsUp: daily == nil)
    makers.merge(insights.makers) { $1 }
    for name in tables.keys where makers[name] == nil || !choice.dividesFamilies || !Self.ofFamilies.contains(name) {
      guard let condition = try condition(name) else { continue }
      makers[name] =
        Self.readOften.contains(name)
        ? try copy(name, tables, condition) : view(name, "SELECT * FROM main.\(name) WHERE \(condition)")
    }
    if !isOfPlaces {
      let select = sql("resource_day")
      makers["resource_day"] = { try insights.makeResourceDay(select, $0) }
      if let make = makers["resource"] { makers["resource"] = insights.afterResourceDay(make) }
    }
    if let daily {
      makers["daily_cost"] = try copy("daily_cost", tables, daily)
    } else {
      makers["daily_cost"] = { try insights.makeDailyCost($0) }
    }
    if isWhole, isOfPlaces {
      makers["daily_cost"] = nil
    } else {
      makers["ledger_finding"] = view("ledger_finding", sql("ledger_finding"))
    }
    if !isWhole {
      makers["workflow_run"] = table("workflow_run", sql("workflow_run"))
      if choice.isOfQueues {
        makers["wait_part"] = view("wait_part", "SELECT * FROM main.wait_part WHERE \(choice.rollupCondition)")
      }
    }
    for (name, _) in choice.lens.leftOut {
      makers[name] = view(name, "SELECT * FROM main.\(name) WHERE FALSE")
    }
    guard let pseudonyms = choice.lens.pseudonyms else { return makers }
    let named = Array(tables.keys) + Self.ofAll
    return pseudonyms.covering(makers, columns: try named.reduce(into: [:]) { $0[$1] = try columns(of: $1) })
  }

  /// Views that always cover all jobs: one run is compared with others.
  private static let ofAll: Set<String> = ["run_series"]

  /// Rollups of arrays and multi-node jobs, which a lens may split.
  private static let ofFamilies: Set<String> = ["submission_day", "long_attempt_day", "array_run"]

  /// Smaller tables and views that many queries read completely: their chosen rows are copied once.
  private static let readOften = ofFamilies.union([
    "failed_attempt", "named_step", "on_demand_run", "resource", "resource_day",
  ])

  /// The rows of a table that are kept unchanged; nil if all are, if it is not about jobs, or if it is computed again.
  private func condition(_ table: String) throws -> String? {
    let columns = try self.columns(of: table)
    if isWhole {
      if isOfPlaces { return nil }
      return switch table {
      case "posting": "attempt IS NOT NULL"
      case "resource": "id IN (SELECT resource FROM resource_day)"
      default: nil
      }
    }
    func isChosen(_ attempt: String) -> String {
      choice.hasEnvironments
        ? "\(attempt) IN (SELECT id FROM lens_attempt)" : choice.isChosen(AttemptID.job(of: attempt))
    }
    let isHost = "IN (SELECT id FROM lens_resource)"
    switch table {
    case "job": return choice.isChosen("id")
    case "attempt": return isChosen("id")
    case "posting":
      if isOfPlaces { return "resource \(isHost)" }
      return isChosen("attempt") + (choice.hasEnvironments ? " AND resource \(isHost)" : "")
    case "resource": return isOfPlaces ? "id \(isHost)" : "id IN (SELECT resource FROM resource_day)"
    case "resource_day": return isOfPlaces ? "resource \(isHost)" : nil
    case "hourly_use": return "compute_environment IN (SELECT COALESCE(compute_environment, 0) FROM resource)"
    case "array_run": return "parent IN (SELECT id FROM lens_parent)"
    // Their names depend on which others there are.
    case "job_step": return "id IN (SELECT job_step FROM job_identity)"
    case "submission_day": return choice.isChosen("job")
    case "changed", "daily_cost", "witness": return nil
    default: break
    }
    if columns.contains("attempt") {
      let onHost = choice.hasEnvironments && columns.contains("resource") ? " AND resource \(isHost)" : ""
      return isChosen("attempt") + onHost
    }
    return columns.contains("job") ? choice.isChosen("job") : nil
  }

  /// The rows of the ledger's rollup to keep, if it has the columns for the conditions; nil if it must be computed
  /// again.
  private func dailyCostCondition() throws -> String? {
    if isOfPlaces {
      let isHost = "COALESCE(compute_environment, 0) IN (SELECT id FROM lens_environment)"
      return try choice.keepsEnvironmentsWhole() ? isHost : nil
    }
    let work = "account IN (SELECT id FROM main.ledger_account WHERE kind <> 'unused')"
    if isWhole { return work }
    return choice.isOfRollups ? "\(work) AND \(choice.rollupCondition)" : nil
  }

  // MARK: Plumbing

  private func view(_ name: String, _ select: String) -> StandIns.Maker {
    { try $0.execute("CREATE TEMP VIEW \(name) AS \(select)") }
  }

  /// A table as in the file, with its indexes and the rows of a condition.
  private func copy(_ name: String, _ tables: [String: String], _ condition: String) throws -> StandIns.Maker {
    let definition = "CREATE TEMP TABLE" + (tables[name] ?? "").dropFirst("CREATE TABLE".count)
    let indexes = try schema("index", of: name).values.map {
      $0.replacing("CREATE INDEX ", with: "CREATE INDEX temp.", maxReplacements: 1)
    }
    return { connection in
      try connection.execute(definition)
      try connection.execute("INSERT INTO temp.\(name) SELECT * FROM main.\(name) WHERE \(condition)")
      for index in indexes { try connection.execute(index) }
    }
  }

  private func table(_ name: String, _ select: String) -> StandIns.Maker {
    { try $0.execute("CREATE TEMP TABLE \(name) AS \(select)") }
  }

  private func sql(_ name: String) -> String { lensTables.first { $0.name == name }?.text ?? "" }

  /// The file's schema, by name.
  ///
  /// - Parameter table: the table it belongs to; nil for all.
  private func schema(_ type: String, of table: String? = nil) throws -> [String: String] {
    var found: [String: String] = [:]
    try connection.each(
      """
      SELECT name, sql FROM main.sqlite_schema
      WHERE type = ? AND tbl_name = COALESCE(?, tbl_name) AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
      """, type, table
    ) { (name: String, sql: String) in found[name] = sql }
    return found
  }

  private func columns(of table: String) throws -> [String] {
    try connection.column("SELECT name FROM pragma_table_info(?, 'main')", table, of: String.self)
  }
}

extension Lens {
  /// Tables without data about what it chooses, and their subjects in words.
  var leftOut: KeyValuePairs<String, String> {
    if conditions.isEmpty { return [:] }
    return isOfPlaces
      ? [
        "reported_day": "restated days", "reconciliation": "differences from the bill", "budget": "budgets",
        "around_rest": "costs around jobs that no job names",
      ]
      : [
        "hourly_use": "use of capacity", "advice": "advice on compute environments", "graviton": "Graviton",
        "dear_pool": "dear Spot pools", "poisson_limit": "interruption rates", "reported_day": "restated days",
        "reconciliation": "differences from the bill", "budget": "budgets",
        "around_rest": "costs around jobs that no job names",
      ]
  }

  /// The note beside the rows of a query: only what it reads is named.
  package func note(of query: NamedQuery, columns: [String]) -> String {
    let isOfCost = columns.contains { $0.hasSuffix("_usd") }
    let what =
      if isOfPlaces { ": all that ran there\(isOfCost ? ", unused cost too" : "")" } else if isOfCost {
        ": the cost of their attempts, startup included; unused cost belongs to no job"
      } else { "" }
    let out = leavesOut(of: query)
    return "Only \(words)\(what)."
      + (out.isEmpty ? "" : " Left out, because computed for everything together: \(Self.listed(out)).")
  }

  /// What a query reads that the lens leaves out, in words.
  package func leavesOut(of query: NamedQuery) -> [String] {
    let words = Set(StandIns.words(of: query.sql))
    return leftOut.filter { words.contains($0.key) }.map(\.value)
  }
}
