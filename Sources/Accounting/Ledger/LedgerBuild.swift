import Domain
import Store

/// One build of the ledger, inside its transaction.
final class LedgerBuild {
  private let connection: Connection
  private let settings: LedgerSettings
  private var isWhole = false
  /// What becomes different is noted for insights; if not, they are computed from scratch.
  private var notesChanges = false
  private var changed = 0
  private var changedDays: Set<Day> = []
  private var postings: Int
  /// Part of it cannot be computed alone.
  private(set) var hasSharedTasks = false
  /// The ledger's side of the comparison with bills or the Spot data feed changed.
  private var needsComparison = false

  init(_ connection: Connection, _ settings: LedgerSettings) throws {
    self.connection = connection
    self.settings = settings
    postings = try LedgerSummary(storedIn: connection).postings
  }

  /// Computes everything.
  ///
  /// - Parameter extent: `anew` or `whole`.
  func computeAll(_ extent: LedgerExtent) throws {
    isWhole = true
    if case .anew = extent { postings = 0 }
    _ = try compute(.all, extent)
    if notesChanges { try InsightChanges.noteTasks(connection, .all) }
  }

  /// Computes what depends on changed facts; false if everything must be computed.
  func computeChanges() throws -> Bool {
    // If the time of collection moves back, resources that had ended are running again.
    let before = try CollectionTimes(storedIn: connection)
    if try CollectionTimes(connection, asOf: settings.asOf).goBack(from: before) { return false }
    notesChanges = try connection.integer("SELECT EXISTS (SELECT 1 FROM changed WHERE kind = 'all')") == 0
    guard let scope = try ChangedScope.make(connection, since: before.earliest) else { return false }
    let outcome = try compute(scope, .changes)
    try InsightChanges.noteTasks(connection, scope)
    if hasSharedTasks || needsComparison { return false }
    if outcome.changedDays.isEmpty { return true }
    guard let scope = try DayScope.make(connection, outcome.changedDays) else { return false }
    _ = try compute(scope, .rollups(outcome.changedDays))
    return true
  }

  private func compute(_ scope: FactScope, _ extent: LedgerExtent) throws -> ResourceRows.Outcome {
    var world = try WorldReader.read(connection, asOf: settings.asOf, scope: scope)
    world.bill = try BillBook(connection, scope)
    if !scope.isPart { world.bill.blocks = try BillBlocks(connection, world) }
    hasSharedTasks = hasSharedTasks || world.hasSharedTasks
    var builder = LedgerBuilder(world, settings)
    // Rollups were noted with what they are made of.
    let changes = notesChanges && extent.hasNotes ? try InsightChanges(connection) : nil
    var writer = try LedgerWriter(connection, world, extent, noting: changes)
    let outcome: ResourceRows.Outcome
    do {
      outcome = try builder.build(into: &writer)
    } catch {
      writer.abandon()
      throw error
    }
    if !scope.isPart {
      try builder.reconciliation.write(connection, world)
    } else if case .changes = extent {
      needsComparison = try !builder.reconciliation.update(connection, world)
    }
    if extent.hasNotes { try ReservationStay.write(of: world, connection) }
    changed += outcome.changed
    changedDays.formUnion(outcome.changedDays)
    postings += outcome.addedPostings - outcome.removedPostings
    return outcome
  }

  /// Writes what is derived from the finished tables.
  func close() throws -> LedgerSummary {
    let asOf =
      try settings.asOf ?? WorldReader.places(connection, asOf: nil).values.map(\.asOf).max()
      ?? Instant(milliseconds: 0)
    let closing = LedgerClosing(connection: connection)
    try closing.close(settings, asOf: asOf)
    var summary = try closing.summary(postings: postings)
    try summary.store(connection)
    try notesChanges ? InsightChanges.noteFacts(connection) : InsightChanges.noteAll(connection)
    try connection.execute("DELETE FROM changed")
    summary.isWhole = isWhole
    summary.changedResources = changed
    summary.changedDays = isWhole ? nil : changedDays
    return summary
  }
}
