import Domain
import Store

/// Rollups and insights computed again for what a lens chooses, each when one of its tables is first read.
final class NarrowedInsights: @unchecked Sendable {
  private let lens: Lens
  /// The statement that creates each table of the file.
  private let schema: [String: String]
  /// All jobs are chosen: results about jobs alone are kept.
  private let isWhole: Bool
  /// The ledger's own rollup cannot distinguish the chosen jobs.
  private let rollsUp: Bool
  // Used only by the connection that is read through the lens.
  private var chosen: (view: LedgerView, jobs: JobBlock)?
  private var rollups: Rollups?
  private var isBeingRead = false
  private var isMakingDays = false
  private var waiting: [StandIns.Maker] = []
  private var begun: Set<String> = []

  init(_ lens: Lens, _ schema: [String: String], isWhole: Bool, rollsUp: Bool) {
    (self.lens, self.schema, self.isWhole, self.rollsUp) = (lens, schema, isWhole, rollsUp)
  }

  var makers: [String: StandIns.Maker] {
    var makers: [String: StandIns.Maker] = [:]
    // Runs keep the numbers that jobs refer to; budgets are the user's settings; GPU use depends on all jobs that held
    // a GPU of the host, and what surrounds jobs is divided among all that share it.
    let kept = [Insight.workflowRuns, .budgets, .gpuUse, .aroundParts].map(\.name)
    for insight in Insights.all where !kept.contains(insight.name) {
      // These also depend on unused cost, which is left out unless all jobs are chosen.
      if isWhole, lens.isOfPlaces || !insight.isOfRollups { continue }
      for table in insight.tables { makers[table] = { try self.run(insight, $0) } }
    }
    return makers
  }

  /// Makes `daily_cost` from the chosen postings.
  func makeDailyCost(_ connection: Connection) throws {
    try begin("daily_cost", connection)
    if !isBeingRead { _ = try read(connection) }
  }

  /// Makes `resource_day`: the chosen jobs' part of each resource and day.
  ///
  /// - Parameter select: makes its rows from those of `lens_borne`.
  func makeResourceDay(_ select: String, _ connection: Connection) throws {
    isMakingDays = true
    if isWhole {
      let days = try ChosenDays(connection, ResourceTable(connection, from: "main.resource"), rollsUp: false)
      try days.read(connection)
      try days.writeBorne(connection)
    } else {
      _ = try read(connection)
    }
    try connection.execute("CREATE TEMP TABLE resource_day AS \(select)")
    isMakingDays = false
    try makeWaiting(connection)
  }

  /// Tables made from `resource_day`: a statement with a column of that name must not run before it exists.
  func afterResourceDay(_ make: @escaping StandIns.Maker) -> StandIns.Maker {
    { connection in
      if self.isBeingRead || self.isMakingDays { self.waiting.append(make) } else { try make(connection) }
    }
  }

  private func makeWaiting(_ connection: Connection) throws {
    let makers = waiting
    waiting = []
    for make in makers { try make(connection) }
  }

  private func run(_ insight: Insight, _ connection: Connection) throws {
    // Making one of its tables may refer to another.
    guard begun.insert(insight.name).inserted else { return }
    for table in insight.tables { try begin(table, connection) }
    switch insight.way {
    case .ofRollups(let run): try run(chosenRollups(connection), connection)
    case .ofJobs(let begin):
      let chosen = try read(connection)
      var gathering = try begin(chosen.view, connection)
      try gathering.add(chosen.jobs)
      try gathering.finish()
    case .inTurn(let run): try run(read(connection).view, connection)
    case .beside(let compute, _): try compute(read(connection).view, connection)(connection)
    }
  }

  /// The chosen jobs' rollups. Their history is as long as the ledger's, with days on which none of them ran.
  private func chosenRollups(_ connection: Connection) throws -> Rollups {
    if let rollups { return rollups }
    var rollups = try chosen?.view.rollups ?? Rollups(connection)
    if !lens.isOfPlaces {
      let first = try connection.integer("SELECT COALESCE(MIN(day), 0) FROM main.daily_cost")
      rollups.daily.firstDay = Day(number: Int32(first))
    }
    self.rollups = rollups
    return rollups
  }

  /// Creates a table as in the file, without rows.
  private func begin(_ table: String, _ connection: Connection) throws {
    guard let sql = schema[table] else { return }
    try connection.execute("CREATE TEMP TABLE IF NOT EXISTS" + sql.dropFirst("CREATE TABLE".count))
  }

  /// The chosen jobs, attempts and postings, read once.
  private func read(_ connection: Connection) throws -> (view: LedgerView, jobs: JobBlock) {
    if let chosen { return chosen }
    isBeingRead = true
    let resources = try ResourceTable(connection, from: lens.isOfPlaces ? "resource" : "main.resource")
    let days = try ChosenDays(connection, resources, rollsUp: rollsUp)
    var view = try LedgerView(narrowed: connection, resources, days, prices: lens.isOfPlaces)
    let jobs = try view.readAll(connection)
    if !lens.isOfPlaces { try days.writeBorne(connection) }
    chosen = (view, jobs)
    isBeingRead = false
    if !isMakingDays { try makeWaiting(connection) }
    return (view, jobs)
  }
}
