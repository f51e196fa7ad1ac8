import Domain
import Store

/// Writes the ledger's notes apart from resources and rollups: findings, attempts without an instance, and what
/// attempts say about instances.
///
/// Notes about resources arrive while another thread writes the resources, and wait for `finish`.
final class NoteRows {
  private let connection: Connection
  private let scope: FactScope
  private let extent: LedgerExtent
  private let unplacedRows: TableWriter<UnplacedColumn>
  private let findings: FindingWriter
  private var witnesses: [(instance: String, attempt: Int64)] = []
  private var later: [(kind: Later, name: String)] = []

  /// What may begin after the time of collection.
  enum Later: String {
    case attempt, instance, volume
  }

  /// Deletes the rows that will be written again.
  init(_ connection: Connection, _ scope: FactScope, _ extent: LedgerExtent) throws {
    self.connection = connection
    self.scope = scope
    self.extent = extent
    unplacedRows = try TableWriter(connection, replacing: true)
    findings = try FindingWriter(connection)
    if !extent.hasNotes { return }
    switch scope {
    case .all:
      for table in ["ledger_finding", "unplaced", "witness", "told_registration", "later"] {
        try connection.execute("DELETE FROM \(table)")
      }
    case .part:
      try connection.execute(
        """
        DELETE FROM ledger_finding WHERE subject IN (SELECT name FROM scope_resource);
        DELETE FROM unplaced
        WHERE attempt IN (SELECT scope_id FROM scope_attempt WHERE is_subject = 1)
          OR \(AttemptID.job(of: "attempt")) IN (SELECT name FROM changed WHERE kind = 'job');
        DELETE FROM later
        WHERE (kind = 'attempt' AND (
            CAST(name AS INTEGER) IN (SELECT scope_id FROM scope_attempt WHERE is_subject = 1)
            OR \(AttemptID.job(of: "CAST(name AS INTEGER)")) IN (SELECT CAST(name AS INTEGER) FROM changed WHERE kind = 'job')))
          OR (kind = 'instance' AND name IN (SELECT name FROM scope_instance))
          OR (kind = 'volume' AND name IN (SELECT name FROM scope_resource WHERE kind = 'volume'));
        DELETE FROM witness WHERE instance IN (SELECT name FROM scope_instance);
        DELETE FROM told_registration
        WHERE registration IN (SELECT id FROM scope_registration) OR instance IN (SELECT name FROM scope_instance)
        """)
    }
  }

  func witness(_ instance: String, _ attempt: Int64) {
    if extent.hasNotes { witnesses.append((instance, attempt)) }
  }

  func later(_ kind: Later, _ name: String) {
    if extent.hasNotes { later.append((kind, name)) }
  }

  func unplaced(attempt: Int64, day: Day, milliseconds: Int64) throws {
    if !extent.hasNotes { return }
    unplacedRows.put(.attempt, attempt)
    unplacedRows.put(.day, Int64(day.number))
    unplacedRows.put(.ms, milliseconds)
    try unplacedRows.write()
  }

  func write(_ finding: Finding) throws { if extent.hasNotes { try findings.write(finding) } }

  func finish(_ testimony: World.Testimony) throws {
    if !extent.hasNotes { return }
    let witness = try connection.prepare("INSERT OR IGNORE INTO witness VALUES (?, ?)")
    for (instance, attempt) in witnesses + testimony.witnesses where scope.contains(instance: instance) {
      witness.bind(instance, attempt)
      try witness.run()
    }
    let ahead = try connection.prepare("INSERT OR IGNORE INTO later VALUES (?, ?)")
    for (kind, name) in later {
      ahead.bind(kind.rawValue, name)
      try ahead.run()
    }
    // Other registrations were not read completely.
    let told = try connection.prepare(
      "INSERT OR IGNORE INTO told_registration SELECT ?1, ?2"
        + (scope.isPart ? " WHERE ?1 IN (SELECT id FROM scope_registration)" : ""))
    for (registration, instance) in testimony.registrations {
      told.bind(registration, instance)
      try told.run()
    }
  }
}
