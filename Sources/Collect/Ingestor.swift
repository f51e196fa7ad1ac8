import Domain
import Store

/// How far a source has been read, to be written in one transaction with what was read.
package struct Checkpoint: Equatable, Sendable {
  package var source: String
  package var scope: String
  package var position: String
  package var at: Instant

  package init(source: String, scope: String, position: String, at: Instant) {
    self.source = source
    self.scope = scope
    self.position = position
    self.at = at
  }
}

/// Puts answers of AWS into a database, one page after the other: the way that files and the live collector share.
package struct Ingestor {
  package private(set) var summary = CollectionSummary()

  private let reader: DocumentReader
  private var writer: PageWriter
  private let database: Database

  /// - Throws: `CollectionError` where there is no memory for the parser.
  package init(database: Database, limits: CollectionLimits = CollectionLimits()) throws {
    do {
      reader = try DocumentReader(limits: limits)
    } catch {
      throw CollectionError(path: "", reason: "the parser \(error.message)")
    }
    self.database = database
    writer = PageWriter(database)
  }

  /// Ingests one page of bytes and its checkpoint in one transaction.
  ///
  /// - Parameters:
  ///   - name: what findings call the page: an API, such as `batch:DescribeJobs`.
  ///   - accountRegion: whose the page is, for answers that do not say.
  ///   - observedAt: when AWS answered. It tells newer from older for what bears no time of its own: job queues, job
  ///     definitions, compute environments.
  package mutating func ingest(
    _ bytes: [UInt8], named name: String, accountRegion: AccountRegion?, observedAt: Instant? = nil,
    checkpoint: Checkpoint? = nil
  ) throws {
    var page = Page()
    page.fallbackPlace = accountRegion?.text ?? ":"
    page.observedAt = observedAt?.milliseconds ?? 0
    let padded = bytes + [UInt8](repeating: 0, count: JSONParser.padding)
    padded.withUnsafeBytes {
      reader.read(UnsafeRawBufferPointer(rebasing: $0[..<bytes.count]), offset: 0, into: &page)
    }
    try write(&page, subject: name, isFirst: false) { connection in
      if let checkpoint { try connection.write(checkpoint) }
    }
  }

  /// Records when each account and region that was seen was last looked at: `asOf`, else the newest time seen.
  package mutating func recordNewest(source: String, asOf: Instant?) throws {
    let newest = asOf.map { asOf in summary.newest.mapValues { _ in asOf } } ?? summary.newest
    try writer.writeNewest(newest, source: source, replacing: asOf != nil)
    try writer.resolveJobUsage()
  }

  // MARK: For files

  func read(_ bytes: UnsafeRawBufferPointer, offset: Int, into page: inout Page) {
    reader.read(bytes, offset: offset, into: &page)
  }

  /// - Parameter isFirst: the first page of its subject, whose earlier findings are forgotten.
  mutating func write(
    _ page: inout Page, subject: String, isFirst: Bool, also: (Connection) throws -> Void = { _ in }
  ) throws {
    page.flushNewest()
    summary.rows += try writer.write(page, subject: subject, isFirst: isFirst, also: also)
    summary.add(page)
  }

  mutating func addUnreadable(_ error: CollectionError) throws {
    var page = Page()
    page.findings.add(.unreadable, "", error.reason)
    try write(&page, subject: error.path, isFirst: true)
  }

  mutating func countFile(bytes: Int64) {
    summary.files += 1
    summary.bytes += bytes
  }

  mutating func countUnchanged(_ newest: [AccountRegion: Instant]) {
    summary.unchangedFiles += 1
    summary.merge(newest)
  }

  /// The checkpoint of a file, as it was left.
  func checkpoint(source: String, scope: String) throws -> String? {
    try database.read { connection in
      let statement = try connection.prepare("SELECT position FROM checkpoint WHERE source = ? AND scope = ?")
      statement.bind(1, source)
      statement.bind(2, scope)
      guard try statement.step() else { return nil }
      let position = statement.text(0)
      statement.reset()
      return position
    }
  }
}

extension Connection {
  func write(_ checkpoint: Checkpoint) throws {
    let statement = try prepare(
      """
      INSERT INTO checkpoint (source, scope, position, at_ms) VALUES (?, ?, ?, ?)
      ON CONFLICT (source, scope) DO UPDATE SET position = excluded.position, at_ms = excluded.at_ms
      """)
    statement.bind(1, checkpoint.source)
    statement.bind(2, checkpoint.scope)
    statement.bind(3, checkpoint.position)
    statement.bind(4, checkpoint.at.milliseconds)
    try statement.run()
  }
}
