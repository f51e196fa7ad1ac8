import Domain
import Store

/// Writes jobs with their attempts, as one: if two documents describe a job, the later one replaces it completely.
struct JobWriter {
  /// Columns that attempts repeat from their job.
  private static let repeated: [(of: JobColumn, as: AttemptColumn)] = [
    (.kind, .kind), (.platform, .platform), (.parent, .parent), (.jobQueue, .jobQueue),
    (.jobDefinition, .jobDefinition),
    (.tagSet, .tagSet),
  ]

  private let insert: Statement
  private let find: Statement
  private let update: Statement
  private let deleteAttempts: Statement
  private let insertAttempt: Statement
  private let tagParent: Statement

  init(_ connection: Connection) throws {
    insert = try connection.prepare("\(JobColumn.insertion) ON CONFLICT DO NOTHING")
    find = try connection.prepare("SELECT id, progress, digest FROM job WHERE job_id = ?")
    update = try connection.prepare(
      "UPDATE job SET \(JobColumn.allCases.map { "\($0.name) = ?" }.joined(separator: ", ")) WHERE id = ?")
    deleteAttempts = try connection.prepare("DELETE FROM attempt WHERE id >= ? AND id < ?")
    insertAttempt = try connection.prepare(AttemptColumn.insertion)
    tagParent = try connection.prepare("UPDATE job_parent SET tag_set = ? WHERE id = ?")
  }

  /// Writes the job at `index` of the page's rows, and the attempts that follow.
  func write(_ index: Int, _ rows: PageRows, _ connection: Connection) throws {
    let job = rows.fields(of: index)
    rows.bind(job, to: insert)
    try insert.run()
    if connection.changes == 1 {
      try writeAttempts(after: index, of: connection.lastInsertedRow, job, rows)
      return try writeParent(job, rows)
    }
    rows.bind(UnsafeBufferPointer(rebasing: job[..<1]), to: find)
    let known = try find.first { (id: Int64, progress: Int64, digest: Int64) in (id, progress, digest) }
    guard let (id, progress, digest) = known,
      (job[JobColumn.progress].word, job[JobColumn.digest].word) > (progress, digest)
    else { return }
    rows.bind(job, to: update)
    update.bind(id, at: Int32(job.count + 1))
    try update.run()
    deleteAttempts.bind(AttemptID.start(ofJob: id), AttemptID.start(ofJob: id + 1))
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
      let ordinal = attempt[AttemptColumn.ordinal].word
      insertAttempt.bind(AttemptID.make(job: id, ordinal: ordinal), at: AttemptColumn.id.parameter)
      insertAttempt.bind(id, at: AttemptColumn.job.parameter)
      for column in Self.repeated { insertAttempt.bind(rows.number(job[column.of]), at: column.as.parameter) }
      try insertAttempt.run()
      next += 1
    }
  }

  /// A parent's tags apply to its children.
  private func writeParent(_ job: UnsafeBufferPointer<Field>, _ rows: PageRows) throws {
    let kind = JobKind(rawValue: job[JobColumn.kind].word)
    guard kind == .arrayParent || kind == .multiNodeParent,
      let parent = rows.number(job[JobColumn.parent])
    else { return }
    tagParent.bind(rows.number(job[JobColumn.tagSet]), parent)
    try tagParent.run()
  }
}
