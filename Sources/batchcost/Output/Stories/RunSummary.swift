import Domain
import Store

/// The cost of a workflow run, before any derivation: the total, and its most expensive jobs.
struct RunSummary {
  /// The number of jobs shown; the others are added up.
  private static let few = 10

  let run: String
  let jobs: DataTable
  private let currency: Currency

  /// Nil where no run has this name.
  init?(_ run: String, _ connection: Connection) throws {
    let isKnown = try connection.first("SELECT 1 FROM workflow_run WHERE name = ?", run, of: Bool.self)
    if isKnown == nil { return nil }
    let period = try PeriodOptions.all(connection)
    let all = try connection.rows(QueryLibrary().query("jobs"), parameters: period.parameters)
    self.run = run
    let region = try connection.first(
      """
      SELECT a.region FROM workflow_run w JOIN job_identity i ON i.workflow_run = w.id JOIN job j ON j.id = i.job
      JOIN account_region a ON a.id = j.account_region WHERE w.name = ?
      """, run, of: String.self)
    currency = Currency(ofRegion: region ?? "")
    jobs = JobOrder.cost.sorted(all.rows((all["run"] ?? []).indices.filter { all[$0, "run"] == .text(run) }))
  }

  var text: String {
    let names = ["job_id", "step", "state", "tries", "cost_usd"]
    var table = DataTable(names)
    for row in 0..<min(Self.few, jobs.rowCount) { table.append(names.map { cell(row, $0) }) }
    let others = jobs.rowCount - table.rowCount
    if others > 0 {
      let rest = JobTotal(jobs.rows(Array(table.rowCount..<jobs.rowCount)), run: nil, in: currency)
      table.append([
        .text("\(others) other\(others == 1 ? "" : "s")"), .null, .null, .integer(Int64(rest.tries)),
        ExplanationText.exact(rest.cost),
      ])
    }
    let sum = JobTotal(jobs, run: run, in: currency)
    table.append([.text("sum"), .null, .null, .integer(Int64(sum.tries)), ExplanationText.exact(sum.cost)])
    return "\(sum.line)\n" + ExplanationText.indented(OutputFormat.table.write(table.named(in: currency)))
      + "for one of its jobs: batchcost ledger explain ID; for all of them: batchcost jobs --run \(run)\n"
  }

  private func cell(_ row: Int, _ column: String) -> Cell {
    guard let cell = jobs[row, column] else { return .null }
    if case .money(let money) = cell { return ExplanationText.exact(money) }
    return column == "cost_usd" && cell.isNull ? ExplanationText.exact(nil) : cell
  }
}
