import Domain
import Store

/// Writes jobs with their attempts, as one: where two documents speak of a job, the later one has all of it.
struct JobWriter {
  private static let columns = """
    job_id account_region name kind parent child_index job_queue job_definition status status_reason created_at_ms
    started_at_ms stopped_at_ms platform architecture ephemeral_gib size share_identifier tag_set retry_attempts
    timeout_seconds cancelled terminated image parameters propagate_tags attempts progress digest
    """.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init)

  /// Positions in `columns` of what attempts repeat.
  private enum Column {
    static let kind = 3
    static let parent = 4
    static let jobQueue = 6
    static let jobDefinition = 7
    static let platform = 13
    static let tagSet = 18
    static let progress = 27
    static let digest = 28
  }

  /// What attempts repeat of their job, in the order of `insertAttempt`.
  private static let repeated = [
    Column.kind, Column.platform, Column.parent, Column.jobQueue, Column.jobDefinition, Column.tagSet,
  ]

  private let insert: Statement
  private let find: Statement
  private let update: Statement
  private let deleteAttempts: Statement
  private let insertAttempt: Statement
  private let tagParent: Statement

  init(_ connection: Connection) throws {
    let columns = Self.columns
    insert = try connection.prepare(
      "INSERT INTO job (\(columns.joined(separator: ", "))) VALUES (\(columns.map { _ in "?" }.joined(separator: ", "))) "
        + "ON CONFLICT DO NOTHING")
    find = try connection.prepare("SELECT id, progress, digest FROM job WHERE job_id = ?")
    update = try connection.prepare(
      "UPDATE job SET \(columns.map { "\($0) = ?" }.joined(separator: ", ")) WHERE id = ?")
    deleteAttempts = try connection.prepare("DELETE FROM attempt WHERE id >= ? AND id < ?")
    insertAttempt = try connection.prepare(
      """
      INSERT INTO attempt (ordinal, started_at_ms, stopped_at_ms, milli_vcpus, memory_mib, gpus, container_instance,
        exit_code, task_id, instance_id, status_reason, container_reason, id, job, kind, platform, parent, job_queue,
        job_definition, tag_set)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """)
    tagParent = try connection.prepare("UPDATE job_parent SET tag_set = ? WHERE id = ?")
  }

  /// Writes the job at `index` of the page's rows, and the attempts that follow it.
  func write(_ index: Int, _ rows: PageRows, _ connection: Connection) throws {
    let job = rows.fields(of: index)
    rows.bind(job, to: insert)
    try insert.run()
    if connection.changes == 1 {
      try writeAttempts(after: index, of: connection.lastInsertedRow, job, rows)
      return try writeParent(job, rows)
    }
    rows.bind(UnsafeBufferPointer(rebasing: job[..<1]), to: find)
    guard try find.step() else { return }
    let (id, progress, digest) = (find.integer(0), find.integer(1), find.integer(2))
    find.reset()
    let (newProgress, newDigest) = (
      job[Column.progress].word, job[Column.digest].word
    )
    guard (newProgress, newDigest) > (progress, digest) else { return }
    rows.bind(job, to: update)
    update.bind(Int32(Self.columns.count + 1), id)
    try update.run()
    deleteAttempts.bind(1, AttemptID.start(ofJob: id))
    deleteAttempts.bind(2, AttemptID.start(ofJob: id + 1))
    try deleteAttempts.run()
    try writeAttempts(after: index, of: id, job, rows)
    try writeParent(job, rows)
  }

  private func writeAttempts(after index: Int, of id: Int64, _ job: UnsafeBufferPointer<Field>, _ rows: PageRows) throws
  {
    var next = index + 1
    while next < rows.rows.count, rows.rows[next].table == .attempt {
      let attempt = rows.fields(of: next)
      rows.bind(attempt, to: insertAttempt)
      let ordinal = attempt[0].word
      var parameter = Int32(attempt.count) + 1
      insertAttempt.bind(parameter, AttemptID.make(job: id, ordinal: ordinal))
      insertAttempt.bind(parameter + 1, id)
      parameter += 2
      for column in Self.repeated {
        insertAttempt.bind(parameter, rows.number(job[column]))
        parameter += 1
      }
      try insertAttempt.run()
      next += 1
    }
  }

  /// A parent's tags are those of its children.
  private func writeParent(_ job: UnsafeBufferPointer<Field>, _ rows: PageRows) throws {
    let kind = JobKind(rawValue: job[Column.kind].word)
    guard kind == .arrayParent || kind == .multiNodeParent,
      let parent = rows.number(job[Column.parent])
    else { return }
    tagParent.bind(1, rows.number(job[Column.tagSet]))
    tagParent.bind(2, parent)
    try tagParent.run()
  }
}
