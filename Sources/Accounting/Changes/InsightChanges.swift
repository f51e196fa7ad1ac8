import Domain
import Store

/// What a build changed of the ledger, job by job and day by day, for what is computed from it: rows of `insight_change`.
struct InsightChanges {
  private enum Kind: String {
    case job, posted, reshaped
  }

  private struct Row: Hashable {
    var kind: Kind
    var job: Int64
    /// −1 for none.
    var day: Int32
  }

  /// A day on which an attempt cost something.
  struct Posted: Hashable {
    var attempt: Int64
    var day: Int32
  }

  /// Jobs of which facts changed.
  private let jobs: Set<Int64>
  private let connection: Connection
  private let before: Statement
  private var rows: Set<Row> = []

  init(_ connection: Connection) throws {
    self.connection = connection
    before = try connection.prepare("SELECT attempt, day FROM posting WHERE id >= ? AND id < ? AND attempt IS NOT NULL")
    var jobs: Set<Int64> = []
    let changed = try connection.prepare(
      """
      SELECT name FROM changed WHERE kind = 'job'
      UNION SELECT j.id FROM changed c CROSS JOIN job j ON j.parent = c.name WHERE c.kind = 'parent'
      """)
    while try changed.step() { jobs.insert(changed.integer(0)) }
    self.jobs = jobs
  }

  /// A resource is as it was. Facts of its jobs may not be.
  mutating func unchanged(_ now: some Sequence<Posted>) {
    if jobs.isEmpty { return }
    for posted in now {
      let job = AttemptID.job(of: posted.attempt)
      if jobs.contains(job) { rows.insert(Row(kind: .posted, job: job, day: posted.day)) }
    }
  }

  /// The rows of a resource are written anew, or go away.
  ///
  /// - Parameters:
  ///   - days: on which it is no longer what it was.
  ///   - resource: its number; nil where it is new.
  mutating func changed(_ now: Set<Posted>, days: Set<Day>, resource: Int64?) throws {
    let old = try resource.map { try posted(on: $0) } ?? []
    for posted in now.union(old) {
      let job = AttemptID.job(of: posted.attempt)
      let isChanged = days.contains(Day(number: posted.day))
      rows.insert(Row(kind: .posted, job: job, day: posted.day))
      rows.insert(Row(kind: .job, job: job, day: isChanged ? posted.day : -1))
    }
    for posted in now.symmetricDifference(old) {
      rows.insert(Row(kind: .reshaped, job: AttemptID.job(of: posted.attempt), day: -1))
    }
  }

  private func posted(on resource: Int64) throws -> Set<Posted> {
    before.bind(1, PostingID.start(ofResource: resource))
    before.bind(2, PostingID.start(ofResource: resource + 1))
    var posted: Set<Posted> = []
    while try before.step() { posted.insert(Posted(attempt: before.integer(0), day: Int32(before.integer(1)))) }
    return posted
  }

  func write(changedDays: Set<Day>) throws {
    let statement = try connection.prepare("INSERT OR IGNORE INTO insight_change VALUES (?, ?, ?)")
    for row in rows {
      statement.bind(1, row.kind.rawValue)
      statement.bind(2, row.job)
      statement.bind(3, Int64(row.day))
      try statement.run()
    }
    statement.bind(1, "day")
    statement.bind(2, "")
    for day in changedDays {
      statement.bind(3, Int64(day.number))
      try statement.run()
    }
  }

  // MARK: What facts tell

  /// Jobs whose tasks changed, of which no posting may tell.
  ///
  /// - Parameter connection: with the tables of a scope.
  static func noteTasks(_ connection: Connection) throws {
    if try connection.integer("SELECT EXISTS (SELECT 1 FROM changed WHERE kind = 'task')") == 0 { return }
    try connection.execute(
      """
      INSERT OR IGNORE INTO insight_change
      SELECT 'job', a.job, -1 FROM scope_attempt CROSS JOIN attempt a ON a.id = scope_id
      WHERE a.task_id IN (SELECT name FROM changed WHERE kind = 'task')
      """)
  }

  /// Takes over what is noted in `changed`, before that is emptied.
  static func noteFacts(_ connection: Connection, isWhole: Bool) throws {
    if isWhole {
      try connection.execute("DELETE FROM insight_change; INSERT INTO insight_change VALUES ('all', '', -1)")
      return
    }
    try connection.execute(
      """
      INSERT OR IGNORE INTO insight_change
      SELECT 'job', name, -1 FROM changed WHERE kind = 'job'
      UNION ALL SELECT 'job', j.id, -1 FROM changed c CROSS JOIN job j ON j.parent = c.name WHERE c.kind = 'parent'
      UNION ALL SELECT 'day', '', name FROM changed WHERE kind = 'day'
      UNION ALL SELECT kind, name, -1 FROM changed WHERE kind IN ('system', 'gpu', 'object')
      UNION ALL SELECT 'pool', name, CASE WHEN since_ms >= 0 THEN since_ms / \(millisecondsPerDay) ELSE -1 END
        FROM changed WHERE kind = 'pool'
      """)
  }
}
