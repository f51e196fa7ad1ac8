import Domain
import Store

/// What a build changed in the ledger, by job and day, for computations based on it: rows of `insight_change`.
struct InsightChanges {
  private enum Kind: String {
    case job, cost, posted, reshaped
  }

  private struct Row: Hashable {
    var kind: Kind
    var job: Int64
    /// −1 if there is none.
    var day: Int32
  }

  /// A day on which an attempt had a cost.
  struct Posted: Hashable {
    var attempt: Int64
    var day: Int32
  }

  /// Jobs with changed facts.
  private let jobs: Set<Int64>
  private let connection: Connection
  private let before: Statement
  private let row: Statement
  private var rows: Set<Row> = []
  private var isMuch: Bool { rows.count > Self.limit }

  /// With more rows than this, computing all insights is less work than looking up a part.
  private static let limit = 250_000

  private var daysBeforeEnds: Set<Day> = []

  private enum RowField: Int32, SelectedColumn {
    case accountRegion, startedAtMs, stoppedAtMs, interrupted, free
  }

  init(_ connection: Connection) throws {
    self.connection = connection
    before = try connection.prepare("SELECT attempt, day FROM posting WHERE id >= ? AND id < ? AND attempt IS NOT NULL")
    row = try connection.prepare("SELECT \(RowField.list) FROM resource WHERE id = ?")
    let changed = try connection.column(
      """
      SELECT name FROM changed WHERE kind = 'job'
      UNION SELECT j.id FROM changed c CROSS JOIN job j ON j.parent = c.name WHERE c.kind = 'parent'
      """, of: Int64.self)
    jobs = Set(changed)
  }

  /// Notes a resource that did not change. The facts of its jobs may have.
  mutating func unchanged(_ now: some Sequence<Posted>) {
    if jobs.isEmpty || isMuch { return }
    for posted in now {
      let job = AttemptID.job(of: posted.attempt)
      if jobs.contains(job) { rows.insert(Row(kind: .posted, job: job, day: posted.day)) }
    }
  }

  /// Notes a resource whose rows are written again or removed.
  ///
  /// - Parameters:
  ///   - days: the days on which it changed.
  ///   - resource: its number; nil if it is new.
  ///   - entry: what it is now; nil if it is removed.
  mutating func changed(
    _ now: some Sequence<Posted>, days: Set<Day>, resource: Int64?, _ entry: ResourceEntry?
  ) throws {
    if isMuch { return }
    let now = Set(now)
    let old = try resource.map { try posted(on: $0) } ?? []
    let isOther = try resource.map { try self.isOther(entry, than: $0) } ?? true
    for posted in now.union(old) {
      let job = AttemptID.job(of: posted.attempt)
      let isChanged = days.contains(Day(number: posted.day))
      rows.insert(Row(kind: .posted, job: job, day: posted.day))
      if isChanged || isOther { rows.insert(Row(kind: .cost, job: job, day: isChanged ? posted.day : -1)) }
    }
    for posted in now.symmetricDifference(old) {
      rows.insert(Row(kind: .reshaped, job: AttemptID.job(of: posted.attempt), day: -1))
    }
  }

  private func posted(on resource: Int64) throws -> Set<Posted> {
    before.bind(PostingID.start(ofResource: resource), PostingID.start(ofResource: resource + 1))
    var posted: Set<Posted> = []
    try before.each { (attempt: Int64, day: Int64) in posted.insert(Posted(attempt: attempt, day: Int32(day))) }
    return posted
  }

  /// Whether a resource differs in what counts on days that did not change. The rest of it is in the digest of the day.
  private mutating func isOther(_ entry: ResourceEntry?, than resource: Int64) throws -> Bool {
    row.bind(resource)
    defer { row.reset() }
    guard let entry, try row.step() else { return true }
    let end = row.integer(RowField.stoppedAtMs)
    if end != entry.span.end.milliseconds {
      for end in [Instant(milliseconds: end), entry.span.end] { noteEnd(end) }
    }
    return entry.accountRegion != row.integer(RowField.accountRegion)
      || entry.span.start.milliseconds != row.integer(RowField.startedAtMs)
      || entry.interrupted != (row.integer(RowField.interrupted) == 1)
      || entry.isFree != (row.integer(RowField.free) == 1)
  }

  /// The last instance-hour of a resource may have begun on the day before, and its price is rounded as a whole.
  private mutating func noteEnd(_ end: Instant) {
    if end.milliseconds - end.day.start.milliseconds < millisecondsPerHour { daysBeforeEnds.insert(end.day + -1) }
  }

  func write(changedDays: Set<Day>) throws {
    if isMuch { return try Self.noteAll(connection) }
    let statement = try connection.prepare("INSERT OR IGNORE INTO insight_change VALUES (?, ?, ?)")
    for row in rows {
      statement.bind(row.kind.rawValue, row.job, Int64(row.day))
      try statement.run()
    }
    statement.bind("day", "")
    for day in changedDays.union(daysBeforeEnds) {
      statement.bind(Int64(day.number), at: 3)
      try statement.run()
    }
  }

  /// Notes that everything may have changed.
  static func noteAll(_ connection: Connection) throws {
    try connection.execute("DELETE FROM insight_change; INSERT INTO insight_change VALUES ('all', '', -1)")
  }

  // MARK: Changed facts

  /// Notes jobs whose tasks changed, which may have no posting.
  ///
  /// - Parameter scope: what was computed.
  static func noteTasks(_ connection: Connection, _ scope: FactScope) throws {
    if try connection.integer("SELECT EXISTS (SELECT 1 FROM changed WHERE kind = 'task')") == 0 { return }
    try connection.execute(
      """
      INSERT OR IGNORE INTO insight_change
      SELECT 'job', a.job, -1
      FROM \(scope.isPart ? "scope_attempt CROSS JOIN attempt a ON a.id = scope_id" : "attempt a NOT INDEXED")
      WHERE a.task_id IN (SELECT name FROM changed WHERE kind = 'task')
      """)
  }

  /// Copies what `changed` notes, before that table is emptied.
  static func noteFacts(_ connection: Connection) throws {
    try connection.execute(
      """
      INSERT OR IGNORE INTO insight_change
      SELECT 'job', name, -1 FROM changed WHERE kind = 'job'
      UNION ALL SELECT 'job', j.id, -1 FROM changed c CROSS JOIN job j ON j.parent = c.name WHERE c.kind = 'parent'
      UNION ALL SELECT 'day', '', name FROM changed WHERE kind = 'day'
      UNION ALL SELECT kind, name, -1 FROM changed WHERE kind IN ('system', 'gpu', 'object', 'definition', 'bill')
      UNION ALL SELECT 'pool', name, CASE WHEN since_ms >= 0 THEN since_ms / \(millisecondsPerDay) ELSE -1 END
        FROM changed WHERE kind = 'pool'
      UNION ALL SELECT 'fargate', '', -1 FROM changed WHERE kind = 'list-price' AND name LIKE 'AmazonECS %'
      """)
  }
}
