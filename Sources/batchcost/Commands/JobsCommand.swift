import ArgumentParser
import Base
import Domain
import Store

struct JobsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "jobs",
    abstract: "List jobs with their cost, or print the total of a run.",
    discussion: """
      Like `squeue` and `sacct`, with dollars: an array is one line, and the newest jobs come first. A job's cost includes
      all its attempts and their startup, but no unused cost of its hosts; `sure` says what may be missing.

        $ batchcost jobs --run brave_hopper --total
        $ batchcost jobs --where user=ana --sort cost --limit 10
        $ batchcost jobs --week 2026-W44 --format csv

      `batchcost query workflow-runs` lists runs by the name that --run takes.
      """.paragraphs)

  @Option(name: .customLong("run"), help: "Only jobs of this workflow run.") var workflowRun: String?
  @Option(help: "Sort by \(JobOrder.words).") var sort: JobOrder = .created
  @Option(help: "Print at most this many jobs; 0: all. [default: 50 as table or markdown, else all]") var limit: Int?
  @Flag(help: "Print their total in one line.") var total = false
  @OptionGroup var period: PeriodOptions
  @OptionGroup var lens: LensOptions
  @OptionGroup var output: FormatOptions
  @OptionGroup var database: DatabaseOptions

  mutating func validate() throws {
    if let limit, limit < 0 { throw ValidationError("--limit \(limit): must be 0 or more") }
    if total, limit != nil || output.format != .table {
      throw ValidationError("--total prints one line: leave out --limit and --format")
    }
  }

  func run() throws {
    let query = try QueryLibrary(folders: ["Queries", "\(ConfigurationFile.userFolder)/Queries"]).query("jobs")
    let opened = try lens.open(database)
    let all = try opened.read { connection in
      try connection.rows(query, parameters: period.period(connection).parameters)
    }
    let jobs = sort.sorted(try chosen(all))
    if total {
      let sum = JobTotal(jobs, run: workflowRun, isOfDays: period.isGiven, in: opened.currency)
      return Console.result("\(sum.line)\n")
    }
    let most = limit ?? (output.format.isForReading ? 50 : 0)
    let shown = most == 0 ? jobs : jobs.rows(Array(0..<min(most, jobs.rowCount)))
    output.show(shown, in: opened.currency)
    if shown.rowCount < jobs.rowCount {
      Console.message("\(shown.rowCount) of \(jobs.rowCount) jobs; --limit 0 shows all")
    }
  }

  /// The jobs of the run that was asked for.
  private func chosen(_ jobs: DataTable) throws -> DataTable {
    guard let workflowRun, let runs = jobs["run"] else { return jobs }
    let rows = runs.indices.filter { runs[$0] == .text(workflowRun) }
    guard rows.isEmpty else { return jobs.rows(rows) }
    let known = Set(runs.compactMap { if case .text(let name) = $0 { name } else { nil } }).sorted()
    throw ValidationError(
      "--run \(workflowRun): no such run\(Spelling.hint(workflowRun, among: known)); "
        + "`batchcost query workflow-runs` lists the runs")
  }
}

/// The order of a list of jobs.
enum JobOrder: String, CaseIterable, ExpressibleByArgument {
  case created, started, elapsed, wait, tries, cost, lost, name, state

  static var words: String { allCases.map(\.rawValue).joined(separator: ", ") }

  /// The column of the query `jobs`.
  private var column: String {
    switch self {
    case .created, .started: "\(rawValue)_at"
    case .elapsed, .wait: "\(rawValue)_seconds"
    case .cost, .lost: "\(rawValue)_usd"
    case .name: "job_name"
    case .tries, .state: rawValue
    }
  }

  /// Numbers and times from the largest, text from A to Z, unknown values last. Equal rows keep their order.
  func sorted(_ jobs: DataTable) -> DataTable {
    guard let cells = jobs[column] else { return jobs }
    return jobs.rows(
      cells.indices.sorted { a, b in
        if cells[a] == cells[b] { return a < b }
        if cells[a].isNull || cells[b].isNull { return cells[b].isNull }
        return comesFirst(cells[a], cells[b])
      })
  }

  private func comesFirst(_ a: Cell, _ b: Cell) -> Bool {
    switch (a, b) {
    case (.instant(let a), .instant(let b)): a > b
    case (.money(let a), .money(let b)): a > b
    case (.text(let a), .text(let b)): a < b
    default: (a.number ?? 0) > (b.number ?? 0)
    }
  }
}
