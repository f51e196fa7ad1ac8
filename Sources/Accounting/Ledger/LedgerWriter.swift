import Domain
import Store

/// Receives the rows of the ledger resource by resource, checks that they add up, writes them, and adds up the rollups
/// on the way, so that nothing is read back.
struct LedgerWriter {
  private let connection: Connection
  private let extent: LedgerExtent
  private let groups: AttemptGroups
  private let rows: BackgroundRows
  private var batch = ResourceBatch()
  private let notes: NoteRows
  private var rollup = DailyRollup()
  private var hourly = HourlyUse()

  private var entry: ResourceEntry?
  private var attempts: [AttemptFacts] = []
  private var days: [ResourceDay] = []
  private var digests: [RowDigest] = []
  /// For each posting of the resource: the position of its day.
  private var dayOfPosting: [Int?] = []
  /// For each day: the sum of its postings.
  private var posted: [(cost: Money, onDemand: Money)] = []
  /// For each position of an attempt: whether it has a posting.
  private var isPosted: [Bool] = []
  private var type: Int32 = 0

  /// - Parameter changes: notes for insights what becomes different; nil if nothing is to be noted.
  init(_ connection: Connection, _ world: World, _ extent: LedgerExtent, noting changes: InsightChanges?) throws {
    self.connection = connection
    self.extent = extent
    groups = world.groups
    if case .anew = extent {
      for table in ["posting", "resource_day", "resource"] { try connection.execute("DELETE FROM \(table)") }
    }
    rows = BackgroundRows(try ResourceRows(connection, world.scope, noting: changes))
    notes = try NoteRows(connection, world.scope, extent)
    try Self.deleteRollups(connection, extent)
  }

  private static func deleteRollups(_ connection: Connection, _ extent: LedgerExtent) throws {
    switch extent {
    case .anew, .whole: try connection.execute("DELETE FROM daily_cost; DELETE FROM hourly_use")
    case .changes: break
    case .rollups(let days):
      for day in days.map(\.number).sorted() {
        try connection.execute(
          """
          DELETE FROM daily_cost WHERE day = \(day);
          DELETE FROM hourly_use WHERE hour >= \(Int64(day) * 24) AND hour < \(Int64(day) * 24 + 24)
          """)
      }
    }
  }

  /// Begins a resource; add its postings, then call `end`.
  mutating func begin(_ entry: ResourceEntry, _ days: [ResourceDay], _ attempts: [AttemptFacts]) {
    self.entry = entry
    self.days = days
    self.attempts = attempts
    type = hourly.symbol(of: entry.instanceType)
    batch.begin()
  }

  mutating func write(_ posting: Posting) { batch.append(posting) }

  /// Completes a resource.
  ///
  /// - Throws: `LedgerError` if the postings of a day do not add up to its charges.
  mutating func end(_ residences: [Residence] = []) throws {
    guard let entry else { return }
    self.entry = nil
    findDays()
    try checkConservation(entry)
    let environment = entry.computeEnvironment
    let (holdsAttempts, isAttached) = (entry.kind.holdsAttempts, entry.kind.isAttached)
    isPosted.reset(attempts.count)
    digests.removeAll(keepingCapacity: true)
    for day in days { digests.append(Self.digest(of: day, entry)) }
    for (posting, position) in zip(batch.current, dayOfPosting) {
      let option = posting.option ?? entry.option
      let isRolledUp = extent.rollsUp(posting.day)
      guard let index = posting.attempt else {
        if isRolledUp {
          rollup.add(
            posting, isAttached: isAttached, option: option, environment: environment, group: nil, begins: false,
            isFirst: false)
        }
        guard let position else { continue }
        if let cost = posting.cost { days[position].unused += cost }
        digests[position].add(posting, nil)
        continue
      }
      let attempt = attempts[index]
      let group = groups.list[Int(attempt.group)]
      let begins =
        holdsAttempts && posting.account == .attempt && !attempt.flags.contains(.neverStarted)
        && Instant(milliseconds: attempt.started).day == posting.day
      if isRolledUp {
        rollup.add(
          posting, isAttached: isAttached, option: option, environment: environment, group: attempt.group,
          begins: begins, isFirst: attempt.flags.contains(.first))
      }
      isPosted[index] = true
      guard let position else { continue }
      digests[position].add(posting, attempt.id)
      digests[position].add(attempt, group, begins: begins, on: posting.day)
    }
    for index in days.indices { days[index].digest = digests[index].value }
    if extent.rollsUp { hourly.add(entry, type: type, residences, extent) }
    if entry.kind == .instance { noteAttempts(entry) }
    batch.end(entry, days, attempts)
    if batch.isFull { try handOver() }
  }

  /// A digest of what the rows and the rollups of a day hold of its resource.
  private static func digest(of day: ResourceDay, _ entry: ResourceEntry) -> RowDigest {
    var digest = RowDigest()
    digest.add(day)
    digest.add(entry.computeEnvironment)
    digest.add(entry.instanceType)
    digest.add(entry.zone)
    digest.add(Int64(entry.option.rawValue))
    digest.add(entry.capacity?.milliVCPUs)
    digest.add(entry.capacity?.memoryMiB)
    digest.add(entry.capacity?.gpus)
    digest.add(max(entry.span.start, day.day.start).milliseconds)
    digest.add(min(entry.span.end, (day.day + 1).start).milliseconds)
    return digest
  }

  /// Notes attempts without postings, and those still running.
  private func noteAttempts(_ entry: ResourceEntry) {
    for (index, attempt) in attempts.enumerated() where !isPosted[index] || attempt.flags.goesOn {
      notes.witness(entry.name, attempt.id)
    }
  }

  private mutating func handOver() throws {
    rows.write(batch)
    batch = ResourceBatch()
  }

  /// Waits until all resources are written. Until then nothing else may use the connection.
  mutating func settle() throws {
    try handOver()
    try rows.settle()
  }

  /// Waits for writing to end, whether it succeeds or not.
  func abandon() { rows.abandon() }

  /// Finds the day of each posting. Both are in order of days, so each search starts where the previous one ended.
  private mutating func findDays() {
    dayOfPosting.removeAll(keepingCapacity: true)
    var next = 0
    for posting in batch.current {
      func isDay(_ index: Int) -> Bool { days[index].day == posting.day && days[index].option == posting.option }
      let found = days.indices[next...].first(where: isDay) ?? days.indices.first(where: isDay)
      dayOfPosting.append(found)
      next = found ?? next
    }
  }

  private mutating func checkConservation(_ entry: ResourceEntry) throws {
    posted.removeAll(keepingCapacity: true)
    posted.append(contentsOf: repeatElement((.zero, .zero), count: days.count))
    for (posting, position) in zip(batch.current, dayOfPosting) {
      guard let position else { continue }
      posted[position].cost += posting.cost ?? .zero
      posted[position].onDemand += posting.onDemand ?? .zero
    }
    for (day, sums) in zip(days, posted) where sums != (day.cost ?? .zero, day.onDemand ?? .zero) {
      throw LedgerError(message: "\(entry.name) on \(day.day): charged \(day.cost ?? .zero), posted \(sums.cost)")
    }
  }

  // MARK: Notes

  /// An attempt that matters to an instance apart from its postings.
  func witness(_ instance: String, _ attempt: Int64) { notes.witness(instance, attempt) }

  /// Notes what began after the time of collection.
  func later(_ kind: NoteRows.Later, _ name: String) { notes.later(kind, name) }

  func unplaced(attempt: Int64, day: Day, milliseconds: Int64) throws {
    try notes.unplaced(attempt: attempt, day: day, milliseconds: milliseconds)
  }

  func write(_ finding: Finding) throws { try notes.write(finding) }

  /// Writes everything that is left.
  ///
  /// - Returns: a summary of what was done to resources.
  mutating func finish(_ testimony: World.Testimony) throws -> ResourceRows.Outcome {
    let outcome = try rows.finish()
    try rollup.write(connection, groups)
    try hourly.write(connection)
    try notes.finish(testimony)
    return outcome
  }
}

extension RowDigest {
  fileprivate mutating func add(_ day: ResourceDay) {
    add(Int64(day.day.number))
    add(day.billed)
    add(day.unpriced)
    add(day.option.map { Int64($0.rawValue) })
    add(day.cost?.nanodollars)
    add(day.onDemand?.nanodollars)
  }

  /// - Parameter attempt: `attempt.id`.
  fileprivate mutating func add(_ posting: Posting, _ attempt: Int64?) {
    add(Int64(posting.account.rawValue) << 8 | Int64(posting.source.rawValue))
    add(attempt)
    add(posting.milliseconds)
    add(posting.resourceTime.milliVCPUs)
    add(posting.resourceTime.memoryMiB)
    add(posting.resourceTime.gpus)
    add(posting.unpricedMilliseconds)
    add(posting.cost?.nanodollars)
    add(posting.onDemand?.nanodollars)
    add(posting.unusedByInstance.nanodollars)
    add(posting.unusedByAWS.nanodollars)
  }

  /// Adds what the rollups of the day hold of an attempt apart from its postings.
  fileprivate mutating func add(_ attempt: AttemptFacts, _ group: AttemptGroup, begins: Bool, on day: Day) {
    add(max(attempt.placed, day.start.milliseconds))
    add(min(attempt.stopped, (day + 1).start.milliseconds))
    add(Int64(group.jobQueue) << 32 | Int64(group.jobDefinition))
    add(Int64(group.tagSet) << 32 | Int64(group.outcome.rawValue) << 2 | (group.retried ? 2 : 0) | (begins ? 1 : 0))
    add(attempt.flags.contains(.first) ? 1 : 0)
  }
}
