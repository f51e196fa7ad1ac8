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
  private let database: Database
  private let documentBytes: Int
  private var references = ReferenceWriter()

  /// - Throws: `CollectionError` where there is no memory for the parser.
  package init(database: Database, limits: CollectionLimits = CollectionLimits()) throws {
    reader = try DocumentReader(limits)
    documentBytes = limits.documentBytes
    self.database = database
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
    page.flushNewest()
    try transaction { try $0.write(page, subject: name, isFirst: false, checkpoint: checkpoint) }
  }

  /// Ingests documents that say themselves whose they are, and a checkpoint, in one transaction; of the bytes no more
  /// than a part is held.
  ///
  /// - Throws: `CollectionError` where the bytes break off or unpack to more than `mostBytes`; nothing of them is kept.
  mutating func ingest(
    _ input: ByteInput, named name: String, mostBytes: Int = 1 << 30, checkpoint: Checkpoint
  ) throws {
    let window = Window(input, size: 16 << 20, limit: documentBytes)
    let reader = reader
    try transaction { writer in
      var found = 0
      var isEnd = false
      while !isEnd {
        var page = Page()
        page.fallbackPlace = ":"
        page.findings.room = Findings.limit - found
        let bytes = window.fill()
        isEnd = window.isEnd
        if isEnd, let fault = input.fault { throw CollectionError(path: name, reason: fault) }
        if window.offset + bytes.count > mostBytes {
          throw CollectionError(path: name, reason: "holds more than \(mostBytes >> 20) MiB")
        }
        reader.read(bytes, offset: window.offset, into: &page)
        page.flushNewest()
        found += page.findings.list.count
        try writer.write(page, subject: name, isFirst: false, checkpoint: isEnd ? checkpoint : nil)
        window.drop(bytes.count)
      }
    }
  }

  /// Notes that a place was looked at, even if nothing there moved.
  mutating func cover(_ place: AccountRegion, at instant: Instant) { summary.merge([place: instant]) }

  /// Ends a collection: records when each account and region that was seen was last looked at, `asOf`, else the newest
  /// time seen; and gives usage that is known by job to its attempts.
  ///
  /// A time that is told replaces the one before; one that is found only if it is later.
  ///
  /// - Parameter visited: where `asOf` holds; nil: everywhere. Elsewhere documents told of a place that nobody visited.
  package func recordNewest(source: String, asOf: Instant?, visited: Set<AccountRegion>? = nil) throws {
    try database.write { connection in
      for (place, newest) in summary.newest.sorted(by: { $0.key < $1.key }) {
        let told = visited?.contains(place) ?? true ? asOf : nil
        try connection.record(told ?? newest, of: place, source: source, isTold: told != nil)
      }
      try connection.resolveJobUsage()
    }
  }

  /// Writes pages in one transaction: all of them, or none.
  mutating func transaction(_ body: (inout PageWriter) throws -> Void) throws {
    // Numbers of a transaction that fails are forgotten with it.
    let known = references
    references = ReferenceWriter()
    let writer = try database.write { connection in
      var writer = try PageWriter(connection, known)
      try body(&writer)
      return writer
    }
    references = writer.references
    summary.merge(writer.summary)
  }
}

extension Connection {
  fileprivate func record(_ instant: Instant, of place: AccountRegion, source: String, isTold: Bool) throws {
    let statement = try prepare(
      """
      INSERT INTO collection (account_region, source, as_of_ms)
      SELECT id, ?, ? FROM account_region WHERE account = ? AND region = ?
      ON CONFLICT (account_region, source) DO UPDATE SET as_of_ms = excluded.as_of_ms
      WHERE \(isTold ? "excluded.as_of_ms <> as_of_ms" : "excluded.as_of_ms > as_of_ms")
      """)
    statement.bind(1, source)
    statement.bind(2, instant.milliseconds)
    statement.bind(3, place.account)
    statement.bind(4, place.region)
    try statement.run()
  }

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
    try bookkeeping { try statement.run() }
  }
}
