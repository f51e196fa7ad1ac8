import Domain
import Store

/// Writes a resource with its days and postings if they differ from what the ledger holds.
///
/// Every resource and each of its days store a digest of their rows: rows that are computed again without change are
/// not written again. The result is the same as building into an empty ledger, except for row numbers.
struct ResourceRows {
  struct Outcome {
    /// Resources whose rows were written or removed.
    var changed = 0
    /// Days whose rollups changed, in a ledger that existed before.
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
  private let resourceRows: TableWriter<ResourceColumn>
  private let dayRows: TableWriter<ResourceDayColumn>
  private let postingRows: TableFeed<PostingColumn>
  private let deletePostings: Statement
  private let deleteDays: Statement
  private var known: [String: Known] = [:]
  private var nextID: Int64
  private(set) var outcome = Outcome()
  private let findDays: Statement
  /// Changes to report for insights; nil if they are computed from scratch, or were already reported.
  private var changes: InsightChanges?

  /// - Parameter scope: the resources that will be passed in; those missing are removed.
  init(_ connection: Connection, _ scope: FactScope, noting changes: InsightChanges? = nil) throws {
    self.connection = connection
    self.changes = changes
    resourceRows = try TableWriter(connection, replacing: true)
    dayRows = try TableWriter(connection)
    postingRows = try TableFeed(connection, PostingColumn.self)
    deletePostings = try connection.prepare("DELETE FROM posting WHERE id >= ? AND id < ?")
    deleteDays = try connection.prepare("DELETE FROM resource_day WHERE resource = ?")
    findDays = try connection.prepare("SELECT day, digest FROM resource_day WHERE resource = ?")
    nextID = try connection.integer("SELECT COALESCE(MAX(id), 0) + 1 FROM resource")
    let source = scope.isPart ? "scope_resource CROSS JOIN resource USING (kind, name)" : "resource"
    try connection.each("SELECT kind || '/' || name, id, digest FROM \(source)") {
      (key: String, id: Int64, digest: Int64) in known[key] = Known(id: id, digest: digest)
    }
  }

  mutating func write(_ batch: ResourceBatch) throws {
    for slot in batch.slots {
      try write(slot.entry, batch.days[slot.days], batch.postings[slot.postings], batch.attempts[slot.attempts])
    }
  }

  /// - Parameter attempts: rows of `attempt`, by the positions in postings.
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
      try changes?.changed(Self.posted(postings, attempts), days: changed, resource: id, entry)
      try remove(id)
    } else {
      id = nextID
      nextID += 1
      let new = Set(days.map(\.day))
      outcome.changedDays.formUnion(new)
      try changes?.changed(Self.posted(postings, attempts), days: new, resource: nil, entry)
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

  /// The days on which attempts had a cost.
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

  /// Writes the postings that are still waiting.
  func flush() throws { try postingRows.flush() }

  /// Removes the resources that are no longer in the ledger.
  mutating func finish() throws {
    for old in known.values.filter({ !$0.seen }).sorted(by: { $0.id < $1.id }) {
      let changed = try compare([], with: old.id)
      try changes?.changed(EmptyCollection(), days: changed, resource: old.id, nil)
      try remove(old.id)
      try connection.execute("DELETE FROM resource WHERE id = \(old.id)")
      outcome.changed += 1
    }
    try changes?.write(changedDays: outcome.changedDays)
  }

  /// Notes the days on which a resource was different.
  private mutating func compare(_ days: ArraySlice<ResourceDay>, with id: Int64) throws -> Set<Day> {
    struct Row: Hashable {
      var day: Day
      var digest: Int64
    }
    let now = Set(days.map { Row(day: $0.day, digest: $0.digest) })
    var before: Set<Row> = []
    findDays.bind(id)
    try findDays.each { (day: Int64, digest: Int64) in
      before.insert(Row(day: Day(number: Int32(day)), digest: digest))
    }
    let changed = Set(now.symmetricDifference(before).map(\.day))
    outcome.changedDays.formUnion(changed)
    return changed
  }

  private mutating func remove(_ id: Int64) throws {
    try postingRows.flush()
    deletePostings.bind(PostingID.start(ofResource: id), PostingID.start(ofResource: id + 1))
    try deletePostings.run()
    outcome.removedPostings += deletePostings.changes
    deleteDays.bind(id)
    try deleteDays.run()
  }

  private func write(_ entry: ResourceEntry, _ id: Int64, _ digest: Int64) throws {
    let row = resourceRows
    row.put(.id, id)
    row.put(.kind, entry.kind.rawValue)
    row.put(.name, entry.name)
    row.put(.accountRegion, entry.accountRegion)
    row.put(.computeEnvironment, entry.computeEnvironment)
    row.put(.instanceType, entry.instanceType)
    row.put(.zone, entry.zone)
    row.put(.purchaseOption, Int64(entry.option.rawValue))
    row.put(.startedAtMs, entry.span.start.milliseconds)
    row.put(.startSource, entry.startSource)
    row.put(.stoppedAtMs, entry.span.end.milliseconds)
    row.put(.stopSource, entry.stopSource)
    row.put(.open, entry.isOpen)
    row.put(.interrupted, entry.interrupted)
    row.put(.free, entry.isFree)
    row.put(.milliVcpus, entry.capacity?.milliVCPUs)
    row.put(.memoryMib, entry.capacity?.memoryMiB)
    row.put(.gpus, entry.capacity?.gpus)
    row.put(.billedMs, entry.billed)
    row.put(.unpricedMs, entry.unpriced)
    row.put(.cost, entry.cost?.nanodollars)
    row.put(.onDemand, entry.onDemand?.nanodollars)
    row.put(.attempts, entry.attempts)
    row.put(.digest, digest)
    try row.write()
  }

  private func write(_ day: ResourceDay, _ entry: ResourceEntry, _ id: Int64) throws {
    dayRows.put(.resource, id)
    dayRows.put(.day, Int64(day.day.number))
    dayRows.put(.purchaseOption, Int64((day.option ?? entry.option).rawValue))
    dayRows.put(.billedMs, day.billed)
    dayRows.put(.unpricedMs, day.unpriced)
    dayRows.put(.openMs, entry.isOpen ? day.billed : 0)
    dayRows.put(.cost, day.cost?.nanodollars)
    dayRows.put(.onDemand, day.onDemand?.nanodollars)
    dayRows.put(.unused, day.unused.nanodollars)
    dayRows.put(.digest, day.digest)
    try dayRows.write()
  }

  private func write(_ posting: Posting, _ id: Int64, _ option: PurchaseOption, _ attempt: Int64?) throws {
    postingRows.put(.id, id)
    postingRows.put(.day, Int64(posting.day.number))
    postingRows.put(.account, Int64(posting.account.rawValue))
    postingRows.put(.attempt, attempt)
    postingRows.put(.purchaseOption, Int64(option.rawValue))
    postingRows.put(.priceSource, Int64(posting.source.rawValue))
    postingRows.put(.ms, posting.milliseconds)
    postingRows.put(.milliVcpuMs, posting.resourceTime.milliVCPUs)
    postingRows.put(.mibMs, posting.resourceTime.memoryMiB)
    postingRows.put(.gpuMs, posting.resourceTime.gpus)
    postingRows.put(.unpricedMs, posting.unpricedMilliseconds)
    postingRows.put(.cost, posting.cost?.nanodollars)
    postingRows.put(.onDemand, posting.onDemand?.nanodollars)
    postingRows.put(.unusedByInstance, posting.unusedByInstance.nanodollars)
    postingRows.put(.unusedByAws, posting.unusedByAWS.nanodollars)
    try postingRows.write()
  }
}
