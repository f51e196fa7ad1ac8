import AWS
import Domain
import Store

/// The one hand that writes while many requests are under way.
actor LiveWriter {
  let database: Database
  /// Nothing is written.
  private let isRehearsal: Bool
  private var ingestor: Ingestor
  private var visited: Set<AccountRegion> = []
  /// What could not be done, so far.
  private(set) var findings: [LiveFinding] = []

  /// - Throws: `CollectionError` where there is no memory for the parser.
  init(_ database: Database, isRehearsal: Bool = false) throws {
    self.database = database
    self.isRehearsal = isRehearsal
    ingestor = try Ingestor(database: database)
  }

  var summary: CollectionSummary { ingestor.summary }

  /// Puts an answer and its checkpoint into the database, as one.
  func ingest(_ answer: Answer, _ place: AccountRegion, at asOf: Instant, checkpoint: Checkpoint? = nil) throws {
    if isRehearsal { return }
    try ingestor.ingest(
      answer.body, named: answer.operation.description, accountRegion: place, observedAt: asOf, checkpoint: checkpoint)
  }

  /// Puts a document that is made of answers into the database.
  func ingest(_ bytes: [UInt8], named name: String, _ place: AccountRegion) throws {
    if isRehearsal { return }
    try ingestor.ingest(bytes, named: name, accountRegion: place)
  }

  /// Puts events into the database, which say themselves whose they are.
  func ingest(_ bytes: [UInt8], named name: String) throws {
    if isRehearsal { return }
    try ingestor.ingest(bytes, named: name, accountRegion: nil)
  }

  /// Puts an object of events into the database, gzip or not.
  func ingest(object bytes: [UInt8], named name: String, checkpoint: Checkpoint) throws {
    if isRehearsal { return }
    try ingestor.ingest(ByteInput(bytes, named: name), named: name, checkpoint: checkpoint)
  }

  func read<Result: Sendable>(_ body: @Sendable (Connection) throws -> Result) throws -> Result {
    try database.read(body)
  }

  func write(_ checkpoint: Checkpoint) throws {
    if isRehearsal { return }
    try database.write { try $0.write(checkpoint) }
  }

  /// Records that a place was looked at, and forgets what went wrong there the last time.
  func begin(_ place: AccountRegion, at asOf: Instant) throws {
    if isRehearsal { return }
    ingestor.cover(place, at: asOf)
    visited.insert(place)
    try database.write { connection in
      let forget = try connection.prepare("DELETE FROM collection_finding WHERE subject = ? AND check_name = ?")
      for check in LiveFinding.Check.allCases where check.isPassing {
        forget.bind(1, LiveFinding.subject(place))
        forget.bind(2, check.rawValue)
        try connection.bookkeeping { try forget.run() }
      }
    }
  }

  func add(_ finding: LiveFinding) throws {
    findings.append(finding)
    if isRehearsal { return }
    try database.write { try $0.write(finding) }
  }

  func finish(asOf: Instant) throws {
    if isRehearsal { return }
    try ingestor.recordNewest(source: "aws", asOf: asOf, visited: visited)
  }
}
