import AWS
import Domain
import Store

/// The only writer while many requests are under way.
actor LiveWriter {
  let database: Database
  /// Whether nothing is written.
  private let isRehearsal: Bool
  private var ingestor: Ingestor
  private var visited: Set<AccountRegion> = []
  /// What could not be done so far.
  private(set) var findings: [LiveFinding] = []
  /// What log queries scanned, by the place of the logs.
  private(set) var scans: [AccountRegion: LogScan] = [:]

  /// - Throws: `CollectionError` if there is no memory for the parser.
  init(_ database: Database, isRehearsal: Bool = false) throws {
    self.database = database
    self.isRehearsal = isRehearsal
    ingestor = try Ingestor(database: database)
  }

  var summary: CollectionSummary { ingestor.summary }

  /// Writes an answer and its checkpoint to the database in one transaction.
  ///
  /// - Parameter windowStart: the start of the time that a log query covered.
  func ingest(
    _ answer: Answer, _ place: AccountRegion, at asOf: Instant, windowStart: Instant? = nil,
    checkpoint: Checkpoint? = nil
  ) throws {
    if isRehearsal { return }
    try ingestor.ingest(
      answer.body, named: answer.operation.description, accountRegion: place, observedAt: asOf,
      windowStart: windowStart, checkpoint: checkpoint)
  }

  /// Writes a document made from answers to the database.
  func ingest(_ bytes: [UInt8], named name: String, _ place: AccountRegion) throws {
    if isRehearsal { return }
    try ingestor.ingest(bytes, named: name, accountRegion: place)
  }

  /// Writes GPU minutes and a checkpoint to the database in one transaction.
  func ingest(_ minutes: GPUMinutes, named name: String, checkpoint: Checkpoint) throws {
    if isRehearsal { return }
    try ingestor.ingest(minutes, named: name, checkpoint: checkpoint)
  }

  /// Writes messages with events, which name their own account and region, to the database.
  ///
  /// - Returns: what happened to each; what is not lost is written, or does not matter.
  func ingest(messages: [[UInt8]], named name: String, isFirst: Bool) throws -> [EventOutcome] {
    if isRehearsal { return [] }
    return try ingestor.ingest(events: messages, named: name, isFirst: isFirst)
  }

  /// Writes an object with events to the database, gzip or not.
  func ingest(_ bytes: [UInt8], of object: S3Object, checkpoint: Checkpoint? = nil) throws -> EventOutcome {
    if isRehearsal { return EventOutcome(objects: [], isLost: false) }
    return try ingestor.ingest(ByteInput(bytes, named: object.url), named: object.url, checkpoint: checkpoint)
  }

  func read<Result: Sendable>(_ body: @Sendable (Connection) throws -> Result) throws -> Result {
    try database.read(body)
  }

  /// Assigns instances to attempts on EKS, if they are known.
  func resolveNodes() throws {
    if isRehearsal { return }
    try database.write { try $0.resolveNodes() }
  }

  func write(_ checkpoint: Checkpoint) throws {
    if isRehearsal { return }
    try database.write { try $0.write(checkpoint) }
  }

  /// Records that a place was looked at, and removes its earlier findings.
  func begin(_ place: AccountRegion, at asOf: Instant) throws {
    if isRehearsal { return }
    ingestor.cover(place, at: asOf)
    visited.insert(place)
    try database.write { connection in
      let forget = try connection.prepare("DELETE FROM collection_finding WHERE subject = ? AND check_name = ?")
      for check in LiveFinding.Check.allCases where check.isPassing {
        forget.bind(LiveFinding.subject(place), check.rawValue)
        try connection.bookkeeping { try forget.run() }
      }
    }
  }

  func add(_ finding: LiveFinding) throws {
    findings.append(finding)
    if isRehearsal { return }
    try database.write { try $0.write(finding) }
  }

  func add(_ scan: LogScan, at place: AccountRegion) { scans[place] = (scans[place] ?? LogScan()) + scan }

  func finish(asOf: Instant) throws {
    if isRehearsal { return }
    try ingestor.recordNewest(source: "aws", asOf: asOf, visited: visited)
  }
}
