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
  let way: Way

  /// Computes what to write; the connection is only for reading.
  typealias Computation = @Sendable (LedgerView, Connection) throws -> Writing
  typealias Writing = @Sendable (Connection) throws -> Void

  /// How it is computed.
  enum Way: Sendable {
    /// From the view and from tables of earlier insights.
    case inTurn(@Sendable (LedgerView, Connection) throws -> Void)
    /// From rollups alone.
    case ofRollups(@Sendable (Rollups, Connection) throws -> Void)
    /// From all jobs, block by block.
    case ofJobs(@Sendable (LedgerView, Connection) throws -> any JobGathering)
    /// On another core while others are computed and written, from facts and ledger alone.
    case beside(Computation, from: Start)
  }

  /// When another core begins. Both are busy while jobs are read.
  enum Start {
    /// At once, for what may take longest.
    case reading
    /// When one core only writes.
    case writing
  }

  private init(_ name: String, _ tables: [String], _ key: Key, _ way: Way) {
    (self.name, self.tables, self.key, self.way) = (name, tables, key, way)
  }

  init(
    _ name: String, tables: [String], by key: Key = .nothing,
    run: @escaping @Sendable (LedgerView, Connection) throws -> Void
  ) {
    self.init(name, tables, key, .inTurn(run))
  }

  static func ofRollups(
    _ name: String, tables: [String], run: @escaping @Sendable (Rollups, Connection) throws -> Void
  ) -> Insight {
    Insight(name, tables, .nothing, .ofRollups(run))
  }

  static func ofJobs<Gathering: JobGathering>(
    _ name: String, tables: [String], by key: Key, _ gathering: Gathering.Type
  ) -> Insight {
    Insight(name, tables, key, .ofJobs { try Gathering($0, $1) })
  }

  static func beside(
    _ name: String, tables: [String], by key: Key = .nothing, from start: Start = .writing,
    compute: @escaping Computation
  ) -> Insight {
    Insight(name, tables, key, .beside(compute, from: start))
  }

  var isOfRollups: Bool { if case .ofRollups = way { true } else { false } }

  /// Removes the rows that will be replaced.
  func clear(_ view: LedgerView, _ connection: Connection) throws {
    for table in tables {
      if let deletion = view.scope.deletion(of: table, by: key) { try connection.execute(deletion) }
    }
  }
}

/// What an insight gathers from jobs, block by block, and then writes.
protocol JobGathering: SendableMetatype {
  /// - Parameter view: before its blocks were read.
  init(_ view: LedgerView, _ connection: Connection) throws

  /// Blocks come in the order of their jobs' ids. May write rows of its own tables.
  mutating func add(_ block: JobBlock) throws

  /// Writes what is not written yet.
  mutating func finish() throws
}

/// What is computed from the ledger beyond costs: a list of insights, each of which fills tables of its own.
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
    .onDemandRuns, .poissonLimits, .failures, .neverStarted, .starts, .bridge, .unitCosts, .stepCosts, .submissions,
    .waitParts, .stragglers, .quietJobs, .runJobs, .workByDay, .aroundParts, .workflowRuns, .anomalies, .forecasts,
    .budgets, .gpuUse, .gpuAdvice, .rightSizing, .dearPools, .environmentAdvice,
  ]

  /// Computes every insight from the current ledger and replaces the old rows, in one transaction. If neither the
  /// ledger nor the settings changed, it does nothing. If little changed, it computes and replaces only the rows of the
  /// jobs and days affected, and the rows that are computed from everything. The result is the same.
  ///
  /// - Parameters:
  ///   - anew: compute all of them in any case.
  ///   - whenWriting: called when another core has little to do, to begin something there; not if nothing changed.
  @discardableResult
  package static func build(
    _ database: Database, settings: InsightSettings = InsightSettings(), anew: Bool = false,
    whenWriting: () -> Void = {}
  ) throws -> Extent {
    // What is known of so many jobs fits into the processor's cache.
    try build(database, settings, anew: anew, jobsPerBlock: 32768, whenWriting: whenWriting)
  }

  static func build(
    _ database: Database, _ settings: InsightSettings, anew: Bool, jobsPerBlock: Int64,
    whenWriting: () -> Void = {}
  ) throws -> Extent {
    try database.derive { connection in
      let inputs = try inputs(connection, settings)
      if !anew, let inputs, try inputs == connection.inputs(of: .insights) { return .nothing }
      try WorkflowClient.write(settings.clients, connection)
      try settings.tags.write(connection)
      try CheckpointRule.write(settings.checkpoints, connection)
      let rules = ProgramIdentity.current.map { "program \($0), \(settings)" }
      let isKept =
        try !anew && rules != nil && rules == connection.inputs(of: .insightRules) && knowsChanges(connection)
      var part = isKept ? try LedgerView(changed: connection, settings) : nil
      let isPart = part != nil
      var view = try part.take() ?? LedgerView(connection, of: database, settings, .blocks(of: jobsPerBlock))
      try run(&view, connection, database, whenWriting)
      try connection.execute("DELETE FROM insight_change")
      if isKept { try PartTables(connection).clear() }
      try connection.record(inputs ?? "", of: .insights)
      try connection.record(rules ?? "", of: .insightRules)
      return isPart ? .part : .everything
    }
  }

  /// Jobs are read while what takes long or needs no connection runs on another core; the other insights follow in turn.
  private static func run(
    _ view: inout LedgerView, _ connection: Connection, _ database: Database, _ whenWriting: () -> Void
  ) throws {
    var begun = all.map { beginBeside($0, .reading, view, database) }
    var gathered = try all.map { insight -> (any JobGathering)? in
      guard case .ofJobs(let begin) = insight.way else { return nil }
      try insight.clear(view, connection)
      return try begin(view, connection)
    }
    try gather(&gathered, &view, connection, database)
    for (index, insight) in all.enumerated() {
      if let reading = beginBeside(insight, .writing, view, database) { begun[index] = reading }
    }
    whenWriting()
    for (index, insight) in all.enumerated() {
      switch insight.way {
      case .ofJobs:
        try gathered[index]?.finish()
        gathered[index] = nil
      case .inTurn(let run):
        try insight.clear(view, connection)
        try run(view, connection)
      case .ofRollups(let run):
        try insight.clear(view, connection)
        try run(view.rollups, connection)
      case .beside(let compute, _):
        try insight.clear(view, connection)
        let write = try begun[index]?.value() ?? compute(view, connection)
        try write(connection)
      }
    }
  }

  /// Nil for what this core computes in turn: a side connection does not see what a transaction has changed, and a part
  /// needs other insights.
  private static func beginBeside(
    _ insight: Insight, _ now: Insight.Start, _ view: LedgerView, _ database: Database
  ) -> SideReading<Insight.Writing>? {
    guard case .beside(let compute, from: let start) = insight.way, start == now, !view.scope.isPart else { return nil }
    return database.readBeside(inTurn: now == .writing) { try compute(view, $0) }
  }

  private static func gather(
    _ gathered: inout [(any JobGathering)?], _ view: inout LedgerView, _ connection: Connection, _ database: Database
  ) throws {
    let besides = gathered.indices.filter { gathered[$0] is any BlockSums }
    let sums = SumsBeside(besides.compactMap { gathered[$0] as? any BlockSums })
    for index in besides { gathered[index] = nil }
    try view.readBlocks(connection, database) { block in
      sums.add(block)
      for index in gathered.indices { try gathered[index]?.add(block) }
    }
    for (index, sums) in zip(besides, try sums.gathered()) { gathered[index] = sums }
  }

  /// Whether everything that changed since the last build is recorded by job and day.
  private static func knowsChanges(_ connection: Connection) throws -> Bool {
    try connection.integer("SELECT EXISTS (SELECT 1 FROM insight_change WHERE kind = 'all')") == 0
  }

  /// The revision of the facts, the inputs of the ledger, and the settings; nil if the ledger's inputs are unknown.
  private static func inputs(_ connection: Connection, _ settings: InsightSettings) throws -> String? {
    guard let ledger = try Ledger.inputs(connection) else { return nil }
    return "facts \(try connection.factRevision()), ledger of \(ledger), \(settings)"
  }
}
