import Store

/// The findings of a bill import: written with the bills, or alone if they were refused.
struct BillFindings {
  private struct Row {
    var subject: String
    var place: String
    var message: String
    var severity: String
  }

  private var rows: [Row] = []
  /// Files that are read again: their earlier findings are removed.
  private var files: Set<String> = []

  /// The most findings per file: a bill in which every row is broken must not fill the database.
  static let limit = 100

  var count: Int { rows.count }

  mutating func begin(_ path: String) { files.insert(path) }

  mutating func add(_ subject: String, _ place: String, _ message: String, severity: String = "warning") {
    rows.append(Row(subject: subject, place: place, message: message, severity: severity))
  }

  mutating func refuse(_ error: CollectionError) { add(error.path, "", error.reason, severity: "error") }

  func write(_ connection: Connection) throws {
    let forget = try connection.prepare("DELETE FROM collection_finding WHERE check_name = 'bill' AND subject = ?")
    for file in files.union(rows.map(\.subject)).sorted() {
      forget.bind(file)
      try forget.run()
    }
    let insert = try connection.prepare(
      """
      INSERT INTO collection_finding (check_name, severity, subject, place, message) VALUES ('bill', ?, ?, ?, ?)
      ON CONFLICT DO NOTHING
      """)
    for row in rows {
      insert.bind(row.severity, row.subject, row.place, row.message)
      try insert.run()
    }
  }
}
