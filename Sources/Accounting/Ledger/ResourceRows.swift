import Domain
import Store

/// Writes a resource with its days and postings, where they differ from what the ledger already holds.
///
/// Every resource and each of its days keeps the digest of its rows: what is computed again and is as it was is not
/// written again. The result is the same as that of a build into an empty ledger, but for the numbers that rows are
/// kept under.
struct ResourceRows {
  struct Outcome {
    /// Resources whose rows were written or removed.
    var changed = 0
    /// Days of which the rollups are no longer what they were; of a ledger that was there before.
    var changedDays: Set<Day> = []
    var addedPostings = 0
    var removedPostings = 0
  }

  private struct Known {
    var id: Int64
    var digest: Int64
    var seen = false
  }

  private let connection: Connection
  private let resourceStatement: Statement
  private let dayStatement: Statement
  private let postingRows: RowFeed
  private let deletePostings: Statement
  private let deleteDays: Statement
  private var known: [String: Known] = [:]
  private var nextID: Int64
  private(set) var outcome = Outcome()
  private let findDays: Statement
  /// What insights are told; nil where they are computed as a whole, or were told.
  private var changes: InsightChanges?

  /// - Parameter scope: whose resources are handed in; what is missing of them goes away.
  init(_ connection: Connection, _ scope: FactScope, noting changes: InsightChanges? = nil) throws {
    self.connection = connection
    self.changes = changes
    resourceStatement = try connection.prepare(LedgerTable.insert("resource", 24, replacing: true))
    dayStatement = try connection.prepare(LedgerTable.insert("resource_day", 11))
    postingRows = try RowFeed(connection, into: "posting", columns: 15)
    deletePostings = try connection.prepare("DELETE FROM posting WHERE id >= ? AND id < ?")
    deleteDays = try connection.prepare("DELETE FROM resource_day WHERE resource = ?")
    findDays = try connection.prepare("SELECT day, digest FROM resource_day WHERE resource = ?")
    nextID = try connection.integer("SELECT COALESCE(MAX(id), 0) + 1 FROM resource")
    let rows = try connection.prepare(
      "SELECT kind, name, id, digest FROM \(scope.isPart ? "scope_resource CROSS JOIN resource USING (kind, name)" : "resource")"
    )
    while try rows.step() {
      known["\(rows.text(0))/\(rows.text(1))"] = Known(id: rows.integer(2), digest: rows.integer(3))
    }
  }

  mutating func write(_ batch: ResourceBatch) throws {
    for slot in batch.slots {
      try write(slot.entry, batch.days[slot.days], batch.postings[slot.postings], batch.attempts[slot.attempts])
    }
  }

  /// - Parameter attempts: rows of `attempt`, by the position that postings have.
  private mutating func write(
    _ entry: ResourceEntry, _ days: ArraySlice<ResourceDay>, _ postings: ArraySlice<Posting>,
    _ attempts: ArraySlice<Int64>
  ) throws {
    let digest = Self.digest(entry, days)
    let id: Int64
    if let old = known.isEmpty ? nil : known[Self.name(entry)] {
      known[Self.name(entry)]?.seen = true
      if old.digest == digest {
        changes?.unchanged(Self.posted(postings, attempts))
        return
      }
      known[Self.name(entry)]?.digest = digest
      id = old.id
      let changed = try compare(days, with: id)
      try changes?.changed(Set(Self.posted(postings, attempts)), days: changed, resource: id)
      try remove(id)
    } else {
      id = nextID
      nextID += 1
      let new = Set(days.map(\.day))
      outcome.changedDays.formUnion(new)
      try changes?.changed(Set(Self.posted(postings, attempts)), days: new, resource: nil)
    }
    outcome.changed += 1
    outcome.addedPostings += postings.count
    try write(entry, id, digest)
    for day in days { try write(day, entry, id) }
    for (number, posting) in postings.enumerated() {
      try write(
        posting, PostingID.make(resource: id, number: Int64(number)), posting.option ?? entry.option,
        posting.attempt.map { attempts[attempts.startIndex + $0] })
    }
  }

  /// The days on which attempts cost something.
  private static func posted(
    _ postings: ArraySlice<Posting>, _ attempts: ArraySlice<Int64>
  ) -> some Sequence<InsightChanges.Posted> {
    postings.lazy.compactMap { posting in
      posting.attempt.map {
        InsightChanges.Posted(attempt: attempts[attempts.startIndex + $0], day: posting.day.number)
      }
    }
  }

  private static func name(_ entry: ResourceEntry) -> String { "\(entry.kind.rawValue)/\(entry.name)" }

  /// Writes the postings that still wait.
  func flush() throws { try postingRows.flush() }

  /// Removes the resources that are no longer in the ledger.
  mutating func finish() throws {
    for old in known.values.filter({ !$0.seen }).sorted(by: { $0.id < $1.id }) {
      let changed = try compare([], with: old.id)
      try changes?.changed([], days: changed, resource: old.id)
      try remove(old.id)
      try connection.execute("DELETE FROM resource WHERE id = \(old.id)")
      outcome.changed += 1
    }
    try changes?.write(changedDays: outcome.changedDays)
  }

  /// Notes the days on which a resource was something else.
  private mutating func compare(_ days: ArraySlice<ResourceDay>, with id: Int64) throws -> Set<Day> {
    struct Row: Hashable {
      var day: Day
      var digest: Int64
    }
    let now = Set(days.map { Row(day: $0.day, digest: $0.digest) })
    var before: Set<Row> = []
    findDays.bind(1, id)
    while try findDays.step() {
      before.insert(Row(day: Day(number: Int32(findDays.integer(0))), digest: findDays.integer(1)))
    }
    let changed = Set(now.symmetricDifference(before).map(\.day))
    outcome.changedDays.formUnion(changed)
    return changed
  }

  private mutating func remove(_ id: Int64) throws {
    try postingRows.flush()
    deletePostings.bind(1, PostingID.start(ofResource: id))
    deletePostings.bind(2, PostingID.start(ofResource: id + 1))
    try deletePostings.run()
    outcome.removedPostings += deletePostings.changes
    deleteDays.bind(1, id)
    try deleteDays.run()
  }

  private func write(_ entry: ResourceEntry, _ id: Int64, _ digest: Int64) throws {
    let row = resourceStatement
    row.bind(1, id)
    row.bind(2, entry.kind.rawValue)
    row.bind(3, entry.name)
    row.bind(4, entry.accountRegion)
    row.bind(5, entry.computeEnvironment)
    row.bind(6, entry.instanceType)
    row.bind(7, entry.zone)
    row.bind(8, Int64(entry.option.rawValue))
    row.bind(9, entry.span.start.milliseconds)
    row.bind(10, entry.startSource)
    row.bind(11, entry.span.end.milliseconds)
    row.bind(12, entry.stopSource)
    row.bind(13, Int64(entry.isOpen ? 1 : 0))
    row.bind(14, Int64(entry.interrupted ? 1 : 0))
    row.bind(15, Int64(entry.isFree ? 1 : 0))
    row.bind(16, entry.capacity?.milliVCPUs)
    row.bind(17, entry.capacity?.memoryMiB)
    row.bind(18, entry.capacity?.gpus)
    row.bind(19, entry.billed)
    row.bind(20, entry.unpriced)
    row.bind(21, entry.cost?.nanodollars)
    row.bind(22, entry.onDemand?.nanodollars)
    row.bind(23, Int64(entry.attempts))
    row.bind(24, digest)
    try row.run()
  }

  private func write(_ day: ResourceDay, _ entry: ResourceEntry, _ id: Int64) throws {
    dayStatement.bind(1, id)
    dayStatement.bind(2, Int64(day.day.number))
    dayStatement.bind(3, Int64((day.option ?? entry.option).rawValue))
    dayStatement.bind(4, day.billed)
    dayStatement.bind(5, day.unpriced)
    dayStatement.bind(6, entry.isOpen ? day.billed : 0)
    dayStatement.bind(7, day.cost?.nanodollars)
    dayStatement.bind(8, day.onDemand?.nanodollars)
    dayStatement.bind(9, day.unused.nanodollars)
    dayStatement.bind(10, day.lost.nanodollars)
    dayStatement.bind(11, day.digest)
    try dayStatement.run()
  }

  private func write(_ posting: Posting, _ id: Int64, _ option: PurchaseOption, _ attempt: Int64?) throws {
    postingRows.append(id)
    postingRows.append(Int64(posting.day.number))
    postingRows.append(Int64(posting.account.rawValue))
    postingRows.append(attempt)
    postingRows.append(Int64(option.rawValue))
    postingRows.append(Int64(posting.source.rawValue))
    postingRows.append(posting.milliseconds)
    postingRows.append(posting.resourceTime.milliVCPUs)
    postingRows.append(posting.resourceTime.memoryMiB)
    postingRows.append(posting.resourceTime.gpus)
    postingRows.append(posting.unpricedMilliseconds)
    postingRows.append(posting.cost?.nanodollars)
    postingRows.append(posting.onDemand?.nanodollars)
    postingRows.append(posting.unusedByInstance.nanodollars)
    postingRows.append(posting.unusedByAWS.nanodollars)
    try postingRows.endRow()
  }
}

/// Statements over the ledger's tables, whose columns are bound in the order of the schema.
enum LedgerTable {
  static func insert(_ table: String, _ columns: Int, rows: Int = 1, replacing: Bool = false) -> String {
    let row = "(\([String](repeating: "?", count: columns).joined(separator: ", ")))"
    let values = [String](repeating: row, count: rows).joined(separator: ", ")
    return "INSERT \(replacing ? "OR REPLACE " : "")INTO \(table) VALUES \(values)"
  }
}
