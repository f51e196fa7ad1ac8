import Domain
import Store

/// Writes pages into one database, each in a transaction of its own with its checkpoint.
struct PageWriter {
  private var references = ReferenceWriter()
  private let database: Database

  init(_ database: Database) { self.database = database }

  /// Writes a page.
  ///
  /// - Parameters:
  ///   - subject: the file or API that its findings are about.
  ///   - isFirst: the first page of its subject, whose earlier findings are forgotten.
  ///   - also: more to write in the same transaction: a checkpoint.
  /// - Returns: rows that were added or changed.
  mutating func write(
    _ page: Page, subject: String, isFirst: Bool, also: (Connection) throws -> Void
  ) throws -> Int {
    do {
      return try database.write { connection in
        let changed = try writeFacts(page, connection)
        if isFirst { try forgetFindings(subject, connection) }
        try writeFindings(page.findings, subject, connection)
        if changed > 0 {
          try connection.execute("INSERT INTO changed (kind, name) VALUES ('all', '*') ON CONFLICT DO NOTHING")
        }
        try also(connection)
        return changed
      }
    } catch {
      references.forget()
      throw error
    }
  }

  private mutating func writeFacts(_ page: Page, _ connection: Connection) throws -> Int {
    if page.rows.isEmpty { return 0 }
    let before = try connection.integer("SELECT total_changes()")
    let binder = Binder(page: page, numbers: try references.numbers(page, connection))
    var upserts: [Table: Upsert] = [:]
    var jobs: JobWriter?
    var usage: UsageWriter?
    var touchedTasks: [Int] = []
    for index in page.rows.indices {
      let table = page.rows[index].table
      switch table {
      case .job:
        let writer = try jobs ?? JobWriter(connection)
        jobs = writer
        try writer.write(index, binder, connection)
      case .attempt: continue
      case .taskUsageSample:
        let writer = try usage ?? UsageWriter(connection)
        usage = writer
        try writer.write(page.fields(ofRow: index), binder)
        touchedTasks.append(index)
      default:
        guard let layout = table.layout else { continue }
        let upsert =
          try upserts[table]
          ?? Upsert(connection, into: layout.name, columns: layout.columns, key: layout.key, conflict: layout.conflict)
        upserts[table] = upsert
        try upsert.write { binder.bind(page.fields(ofRow: index), to: $0) }
      }
    }
    if let usage { for index in touchedTasks { try usage.summarize(page.fields(ofRow: index).prefix(1), binder) } }
    return Int(try connection.integer("SELECT total_changes()") - before)
  }

  private func forgetFindings(_ subject: String, _ connection: Connection) throws {
    let statement = try connection.prepare("DELETE FROM collection_finding WHERE subject = ?")
    statement.bind(1, subject)
    try statement.run()
  }

  private func writeFindings(_ findings: Findings, _ subject: String, _ connection: Connection) throws {
    if findings.isEmpty { return }
    let statement = try connection.prepare(
      """
      INSERT INTO collection_finding (check_name, severity, subject, place, message) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT DO NOTHING
      """)
    for finding in findings.list {
      statement.bind(1, finding.check.rawValue)
      statement.bind(2, finding.severity)
      statement.bind(3, subject)
      statement.bind(4, finding.place)
      statement.bind(5, finding.message)
      try statement.run()
    }
  }

  /// Gives usage that is known by Batch job to the job's last attempt, whichever was collected first.
  func resolveJobUsage() throws {
    try database.write { connection in
      if try connection.integer("SELECT EXISTS (SELECT 1 FROM job_usage)") == 0 { return }
      try connection.execute("DELETE FROM task_usage WHERE source = 'nextflow'")
      try connection.execute(
        """
        INSERT INTO task_usage (task_id, source, memory_maximum_mib, milli_vcpus_average)
        SELECT a.task_id, u.source, MAX(u.memory_maximum_mib), MAX(u.milli_vcpus_average)
        FROM job_usage u
        JOIN job j ON j.job_id = u.job_id
        JOIN attempt a ON a.id = (
          SELECT MAX(t.id) FROM attempt t WHERE t.id >= j.id << 10 AND t.id < (j.id + 1) << 10 AND t.task_id IS NOT NULL
        )
        GROUP BY a.task_id, u.source
        """)
    }
  }

  /// Records when each account and region of the page was last seen at work.
  mutating func writeNewest(_ newest: [AccountRegion: Instant], source: String, replacing: Bool) throws {
    try database.write { connection in
      let statement = try connection.prepare(
        """
        INSERT INTO collection (account_region, source, as_of_ms)
        SELECT id, ?, ? FROM account_region WHERE account = ? AND region = ?
        ON CONFLICT (account_region, source) DO UPDATE SET as_of_ms = excluded.as_of_ms
        WHERE \(replacing ? "excluded.as_of_ms <> as_of_ms" : "excluded.as_of_ms > as_of_ms")
        """)
      for (place, instant) in newest.sorted(by: { $0.key < $1.key }) {
        statement.bind(1, source)
        statement.bind(2, instant.milliseconds)
        statement.bind(3, place.account)
        statement.bind(4, place.region)
        try statement.run()
      }
    }
  }
}
