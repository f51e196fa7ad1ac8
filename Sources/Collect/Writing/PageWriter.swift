import Domain
import Store

/// Writes pages inside one transaction.
struct PageWriter {
  /// Rows written so far: the size of the transaction.
  private(set) var size = 0
  private(set) var summary = CollectionSummary()
  private(set) var references: ReferenceWriter

  let connection: Connection
  private var writers: RowWriters
  private let insertFinding: Statement
  private let before: Int64

  init(_ connection: Connection, _ references: consuming ReferenceWriter) throws {
    self.connection = connection
    self.references = references
    writers = RowWriters(connection)
    insertFinding = try connection.prepare(
      """
      INSERT INTO collection_finding (check_name, severity, subject, place, message) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT DO NOTHING
      """)
    before = try Self.totalChanges(connection)
  }

  private static func totalChanges(_ connection: Connection) throws -> Int64 {
    try connection.integer("SELECT total_changes()")
  }

  /// Writes a page.
  ///
  /// - Parameters:
  ///   - subject: the file or API for its findings.
  ///   - isFirst: whether it is the subject's first page, so that earlier findings are removed.
  ///   - checkpoint: how far its source has been read, including this page.
  mutating func write(_ page: Page, subject: String, isFirst: Bool, checkpoint: Checkpoint? = nil) throws {
    let before = try Self.totalChanges(connection)
    if !page.rows.isEmpty {
      let numbers = try references.numbers(page, connection)
      try page.withRows(numbers: numbers) { rows in
        for index in rows.rows.indices { try writers.write(index, rows) }
        try writers.finish(rows)
      }
    }
    let changed = Int(try Self.totalChanges(connection) - before)
    try connection.bookkeeping {
      if isFirst { try forgetFindings(subject) }
      try writeFindings(page.findings, subject)
    }
    if let checkpoint { try connection.write(checkpoint) }
    summary.rows += changed
    summary.add(page)
    size += page.rows.count
  }

  mutating func countFile(bytes: Int64) {
    summary.files += 1
    summary.bytes += bytes
  }

  mutating func countUnchanged(_ newest: [AccountRegion: Instant]) {
    summary.unchangedFiles += 1
    summary.merge(newest)
  }

  private func forgetFindings(_ subject: String) throws {
    let statement = try connection.prepare("DELETE FROM collection_finding WHERE subject = ?")
    statement.bind(subject)
    try statement.run()
  }

  private func writeFindings(_ findings: Findings, _ subject: String) throws {
    for finding in findings.list {
      insertFinding.bind(finding.check.rawValue, finding.severity, subject, finding.place, finding.message)
      try insertFinding.run()
    }
  }
}
