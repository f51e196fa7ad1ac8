import Domain
import Store

/// What an import of bills found.
package struct BillSummary: Equatable, Sendable {
  package struct Bill: Equatable, Sendable {
    package var payer: String
    package var period: String
    package var format: String
    package var rows: Int
    /// Rows that concern Batch.
    package var kept: Int
    /// False: it replaced an earlier import.
    package var isNew: Bool
  }

  package var bills: [Bill] = []
  package var files = 0
  package var bytes: Int64 = 0
  package var rows = 0
  /// Rows of split cost allocation that were kept.
  package var taskRows = 0
  /// Instance-hours of the Spot data feed.
  package var feedRows = 0
  /// What was passed over or could not be read, each a finding in the database.
  package var notes = 0

  package init() {}
}

/// Reads bills into a database: CUR 2.0, legacy CUR, FOCUS, the Spot data feed.
///
/// ```swift
/// let summary = try BillImporter().importBills(paths: ["billing/"], database: database)
/// ```
///
/// A bill that is there already is replaced, in one transaction: a reader sees the old one or the new one.
package struct BillImporter: Sendable {
  package init() {}

  /// - Parameter progress: called with the name of each file before it is read.
  /// - Throws: `CollectionError` where there is no bill, or one that cannot be used as a whole; `StoreError` where the
  ///   database fails. A row that cannot be used is a finding.
  /// - Complexity: O(bytes), in constant memory but for the set of tags and of instances that are not Batch's.
  package func importBills(
    paths: [String], database: Database, progress: (String) -> Void = { _ in }
  ) throws -> BillSummary {
    let found = try BillFiles(paths)
    if found.files.isEmpty {
      throw CollectionError(
        path: paths.joined(separator: ", "),
        reason: found.notes.first.map { "no bill here: \($0.path) \($0.message)" } ?? "no bill here")
    }
    return try database.write { connection in
      var run = try BillRun(connection)
      for note in found.notes { try run.note(note.path, "", note.message) }
      for file in found.files {
        progress(file.path)
        try run.read(file)
      }
      return try run.finish()
    }
  }
}

/// One import, inside its transaction.
private struct BillRun {
  private let connection: Connection
  private let writer: BillWriter
  private let finding: Statement
  private var feed: BillSpotFeed?
  private var hashes: Set<UInt64> = []
  private var billFiles = 0
  private var files = 0
  private var bytes: Int64 = 0
  private var notes = 0

  /// Findings a file; a bill in which every row is broken must not fill the database.
  private static let limit = 100

  init(_ connection: Connection) throws {
    self.connection = connection
    writer = try BillWriter(connection)
    finding = try connection.prepare(
      """
      INSERT INTO collection_finding (check_name, severity, subject, place, message) VALUES ('bill', ?, ?, ?, ?)
      ON CONFLICT DO NOTHING
      """)
  }

  mutating func note(_ path: String, _ place: String, _ message: String, severity: String = "warning") throws {
    finding.bind(1, severity)
    finding.bind(2, path)
    finding.bind(3, place)
    finding.bind(4, message)
    try finding.run()
    notes += 1
  }

  mutating func read(_ file: BillFile) throws {
    let forget = try connection.prepare("DELETE FROM collection_finding WHERE check_name = 'bill' AND subject = ?")
    forget.bind(1, file.path)
    try forget.run()
    if try !hashes.insert(ByteInput.contentHash(path: file.path)).inserted {
      return try note(file.path, "", "is the same as a file that was read already: passed over", severity: "note")
    }
    switch file.kind {
    case .spotFeed: try readFeed(file)
    case .csv:
      let input = try ByteInput(path: file.path)
      try readRows(CSVReader(input, size: 1 << 20), file)
      bytes += input.packedBytes
    case .parquet:
      try ParquetSource(path: file.path).read { try readRows(CSVReader($0, size: 1 << 20), file) }
    }
    files += 1
  }

  private mutating func readFeed(_ file: BillFile) throws {
    let input = try ByteInput(path: file.path)
    let reader = CSVReader(input, separator: UInt8(ascii: "\t"), size: 1 << 16)
    var faults: [String] = []
    var feed = try feed ?? BillSpotFeed(connection)
    try feed.read(reader, path: file.path) { if faults.count < Self.limit { faults.append($0) } }
    self.feed = feed
    for fault in faults { try note(file.path, "", fault) }
    if let fault = reader.fault { try note(file.path, "", fault, severity: "error") }
    bytes += input.packedBytes
  }

  private mutating func readRows(_ reader: CSVReader, _ file: BillFile) throws {
    billFiles += 1
    guard reader.next() else { return try note(file.path, "", reader.fault ?? "is empty") }
    let columns = BillColumns(reader)
    let writer = writer
    writer.beginFile()
    if let cur = try BillCUR(columns, path: file.path) {
      try eachRow(reader, file) { try cur.read($0, into: writer) }
    } else if let focus = try BillFOCUS(columns, path: file.path) {
      try eachRow(reader, file) { try focus.read($0, into: writer) }
    } else {
      throw CollectionError(path: file.path, reason: "its first row names no columns of a CUR or of FOCUS")
    }
  }

  private mutating func eachRow(_ reader: CSVReader, _ file: BillFile, _ body: (CSVReader) throws -> Void) throws {
    var faults = 0
    let columns = reader.count
    while reader.next() {
      do {
        guard reader.count == columns else {
          throw BillFault(message: "has \(reader.count) fields, its header \(columns)")
        }
        try body(reader)
      } catch let fault as BillFault {
        if fault.isFatal { throw CollectionError(path: file.path, reason: "row \(reader.row) \(fault.message)") }
        faults += 1
        if faults <= Self.limit { try note(file.path, "row \(reader.row)", fault.message) }
      }
    }
    if reader.row == 1 { try note(file.path, "", "has a header and no rows") }
    if faults > Self.limit { try note(file.path, "", "\(faults) rows could not be read", severity: "error") }
    if let fault = reader.fault {
      // Half a bill is worse than none: it would look as if the rest had cost nothing.
      throw CollectionError(
        path: file.path, reason: "\(fault), after row \(reader.row): nothing of this import was kept")
    }
  }

  mutating func finish() throws -> BillSummary {
    try writer.finish(files: billFiles)
    for name in writer.unknownCharges.sorted() {
      try note(
        name, "line item type",
        "is unknown to batchcost: its rows are with the bill's other lines, in nobody's cost")
    }
    try noteDoubles()
    var summary = writer.summary
    (summary.files, summary.bytes, summary.notes) = (files, bytes, notes)
    summary.feedRows = feed?.rows ?? 0
    return summary
  }

  /// An instance cannot be used for longer than the hour has: lines that are there twice show in this.
  private mutating func noteDoubles() throws {
    try connection.execute("DELETE FROM collection_finding WHERE check_name = 'bill' AND place = 'usage'")
    let rows = try connection.prepare(
      """
      SELECT resource, MIN(start_ms), SUM(used), COUNT(*) FROM (
        SELECT resource, start_ms, SUM(usage_ms) AS used FROM bill_line
        WHERE kind = 0 AND charge <= 2 AND resource <> '' GROUP BY bill, resource, start_ms
        HAVING SUM(usage_ms) > MAX(end_ms - start_ms) + 1000)
      GROUP BY resource ORDER BY resource LIMIT \(Self.limit)
      """)
    while try rows.step() {
      let hours = rows.integer(3)
      try note(
        rows.text(0), "usage",
        "is billed for \(rows.integer(2) / 1000) s in \(hours) hour\(hours == 1 ? "" : "s"), the first from "
          + "\(Instant(milliseconds: rows.integer(1))): are its lines there twice?")
    }
  }
}
