import Domain
import Store

/// How far a source has been read; written in the same transaction as the data.
package struct Checkpoint: Equatable, Sendable {
  /// The name of the live source, or that of files.
  package var source: String
  /// What of the source: a place, a queue, a Spot pool, a file. One checkpoint is kept for each source and scope.
  package var scope: String
  /// How far, in the source's own terms: a time, a key, a token.
  package var position: String
  /// When that was.
  package var at: Instant

  package init(source: String, scope: String, position: String, at: Instant) {
    self.source = source
    self.scope = scope
    self.position = position
    self.at = at
  }
}

/// What happened to a message or an object with events.
struct EventOutcome: Sendable {
  /// Objects that it refers to, which contain the events themselves.
  let objects: [S3Object]
  /// Whether something in it should have been kept but could not be.
  let isLost: Bool
}

/// Writes AWS answers to a database page by page, for files and for the live collector.
package struct Ingestor {
  /// Of everything ingested so far.
  package private(set) var summary = CollectionSummary()

  private let reader: DocumentReader
  private let database: Database
  private let documentBytes: Int
  private var references = ReferenceWriter()

  /// - Throws: `CollectionError` if there is no memory for the parser.
  package init(database: Database, limits: CollectionLimits = CollectionLimits()) throws {
    reader = try DocumentReader(limits)
    documentBytes = limits.documentBytes
    self.database = database
  }

  /// Ingests one answer and its checkpoint in one transaction. What cannot be read becomes a finding.
  ///
  /// - Parameters:
  ///   - name: the page's name in findings: an API, such as `batch:DescribeJobs`.
  ///   - accountRegion: the account and region of answers that do not give them.
  ///   - observedAt: when AWS answered. It decides which is newer for things without a time of their own: job queues,
  ///     job definitions, compute environments.
  ///   - windowStart: the start of the time that a log query covered.
  /// - Throws: `StoreError` if the database fails: then neither is written.
  package mutating func ingest(
    _ bytes: [UInt8], named name: String, accountRegion: AccountRegion?, observedAt: Instant? = nil,
    windowStart: Instant? = nil, checkpoint: Checkpoint? = nil
  ) throws {
    var page = Page()
    page.fallbackPlace = accountRegion?.text ?? ":"
    page.observedAt = observedAt?.milliseconds ?? 0
    page.windowStart = windowStart?.milliseconds
    read(bytes, into: &page)
    page.reportObjects()
    // Unused parts of an answer were not asked for, and are not reported.
    page.findings.flushTally { $0 != .notUsed }
    try transaction { try $0.write(page, subject: name, isFirst: false, checkpoint: checkpoint) }
  }

  /// Ingests data put together from several answers, and a checkpoint, in one transaction.
  mutating func ingest(_ minutes: GPUMinutes, named name: String, checkpoint: Checkpoint) throws {
    var page = Page()
    minutes.write(to: &page)
    try transaction { try $0.write(page, subject: name, isFirst: false, checkpoint: checkpoint) }
  }

  /// Ingests messages or objects with events, one by one, in one transaction.
  ///
  /// - Parameter isFirst: whether these are the first with this name, so that earlier findings are removed.
  /// - Returns: what happened to each.
  mutating func ingest(
    events: [[UInt8]], named name: String, isFirst: Bool, checkpoint: Checkpoint? = nil
  ) throws -> [EventOutcome] {
    var pages: [Page] = []
    var outcomes: [EventOutcome] = []
    for bytes in events {
      var page = Page()
      read(bytes, into: &page)
      outcomes.append(EventOutcome(objects: page.takeObjects(), isLost: page.outcome.lost > 0))
      page.findings.flushTally()
      pages.append(page)
    }
    // Nothing came, so earlier findings are removed.
    if isFirst && pages.isEmpty { pages.append(Page()) }
    try transaction { writer in
      for (index, page) in pages.enumerated() {
        let isLast = index == pages.count - 1
        try writer.write(
          page, subject: name, isFirst: isFirst && index == 0, checkpoint: isLast ? checkpoint : nil)
      }
    }
    return outcomes
  }

  private func read(_ bytes: [UInt8], into page: inout Page) {
    let padded = bytes + [UInt8](repeating: 0, count: JSONParser.padding)
    padded.withUnsafeBytes {
      reader.read(UnsafeRawBufferPointer(rebasing: $0[..<bytes.count]), offset: 0, into: &page)
    }
    page.flushNewest()
  }

  /// Ingests documents that name their own account and region, and a checkpoint, in one transaction; only a part of the
  /// bytes is in memory at a time.
  ///
  /// - Returns: what happened to them.
  /// - Throws: `CollectionError` if the bytes are truncated or unpack to more than `mostBytes`; nothing of them is
  ///   kept.
  @discardableResult
  mutating func ingest(
    _ input: ByteInput, named name: String, mostBytes: Int = 1 << 30, checkpoint: Checkpoint?
  ) throws -> EventOutcome {
    let window = Window(input, size: 16 << 20, limit: documentBytes)
    let reader = reader
    var objects: [S3Object] = []
    var isLost = false
    try transaction { writer in
      var found = 0
      var isEnd = false
      var tally = Tally()
      while !isEnd {
        var page = Page()
        page.fallbackPlace = ":"
        page.findings.room = Findings.limit - found
        page.findings.resume(tally)
        let isFirst = window.offset == 0
        let bytes = window.fill()
        isEnd = window.isEnd
        if isEnd, let fault = input.fault { throw CollectionError(path: name, reason: fault) }
        if window.offset + bytes.count > mostBytes {
          throw CollectionError(path: name, reason: "holds more than \(mostBytes >> 20) MiB")
        }
        reader.read(bytes, offset: window.offset, into: &page)
        page.flushNewest()
        objects += page.takeObjects()
        isLost = isLost || page.outcome.lost > 0
        tally = page.findings.tally
        if isEnd { page.findings.flushTally() }
        found += page.findings.list.count
        try writer.write(page, subject: name, isFirst: isFirst, checkpoint: isEnd ? checkpoint : nil)
        window.drop(bytes.count)
      }
    }
    return EventOutcome(objects: objects, isLost: isLost)
  }

  /// Records that a place was looked at, even if nothing happened there.
  mutating func cover(_ place: AccountRegion, at instant: Instant) { summary.merge([place: instant]) }

  /// Ends a collection. Records for each account and region that was seen when it was last looked at: `asOf`, else the
  /// newest time seen. Assigns usage that is known by job to the job's attempts, instances to attempts on EKS, and
  /// events of Spot requests to the instances that name these requests.
  ///
  /// A given time replaces the stored one; a time from the data does so only if it is later.
  ///
  /// - Parameter visited: where `asOf` applies; nil: everywhere. Other places appear only in documents.
  /// - Throws: `StoreError` if the database fails.
  package func recordNewest(source: String, asOf: Instant?, visited: Set<AccountRegion>? = nil) throws {
    try database.write { connection in
      for (place, newest) in summary.newest.sorted(by: { $0.key < $1.key }) {
        let told = visited?.contains(place) ?? true ? asOf : nil
        try connection.record(told ?? newest, of: place, source: source, isTold: told != nil)
      }
      try connection.resolveJobUsage()
      try connection.resolveNodes()
      try connection.resolveSpotRequests()
    }
  }

  /// Writes pages in one transaction: all of them, or none.
  mutating func transaction(_ body: (inout PageWriter) throws -> Void) throws {
    // Row numbers of a failed transaction are discarded with it.
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
    statement.bind(source, instant.milliseconds, place.account, place.region)
    try statement.run()
  }

  func write(_ checkpoint: Checkpoint) throws {
    let statement = try prepare(
      """
      INSERT INTO checkpoint (source, scope, position, at_ms) VALUES (?, ?, ?, ?)
      ON CONFLICT (source, scope) DO UPDATE SET position = excluded.position, at_ms = excluded.at_ms
      """)
    statement.bind(checkpoint.source, checkpoint.scope, checkpoint.position, checkpoint.at.milliseconds)
    try bookkeeping { try statement.run() }
  }
}
