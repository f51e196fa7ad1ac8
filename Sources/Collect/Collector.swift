import Domain
import Store

/// Reads files of AWS answers and events into a database.
///
/// ```swift
/// let summary = try Collector().collect(paths: ["samples/fortnight"], asOf: nil, database: database)
/// ```
///
/// Nothing is read twice: unchanged files are skipped. Reading the same data again, or in another order, changes
/// nothing.
package struct Collector: Sendable {
  /// How much of a document may be read.
  package var limits = CollectionLimits()

  package init() {}

  /// Reads files, folders with everything in them, and `-` for standard input; unpacks gzip.
  ///
  /// - Parameters:
  ///   - asOf: when AWS was asked; what was still running is charged until then. Nil: the newest time in the input.
  ///   - progress: called with the name of each file before it is read.
  /// - Throws: `CollectionError` if nothing at all could be read, `StoreError` if the database fails. Unusable input is
  ///   no error: it becomes a finding in the database, and is counted.
  /// - Complexity: O(bytes), in constant memory except for the largest document.
  package func collect(
    paths: [String], asOf: Instant?, database: Database, progress: (String) -> Void = { _ in }
  ) throws -> CollectionSummary {
    var ingestor = try Ingestor(database: database, limits: limits)
    let (files, limits, known) = (inputFiles(paths), limits, try database.read(FilePosition.all))
    let reader = ReadAhead(depth: 2) {
      try FilePages(files: files, known: known, asOf: asOf, limits: limits)
    }
    defer { reader.stop() }
    // Nobody should wait for a lock while standard input is quiet.
    let size = paths.contains("-") ? 0 : Self.transactionRows
    var failure: CollectionError?
    while let first = try reader.next() {
      let before = ingestor.summary
      try ingestor.transaction { writer in
        var next: FilePage? = first
        var isAtEnd = false
        while let page = next {
          if page.isFirst { progress(page.path) }
          failure = failure ?? page.failure
          try write(page, to: &writer)
          if case .rows(let rows, _, _) = page.content { reader.recycle(rows) }
          next = writer.size < size ? try reader.next() : nil
          isAtEnd = next == nil && writer.size < size
        }
        // Nothing was read: problems are reported, but not stored.
        if isAtEnd, before.isEmpty, writer.summary.isEmpty {
          throw try failure ?? Self.fault(of: paths, writer.connection) ?? Self.nothing(paths)
        }
      }
    }
    var summary = ingestor.summary
    if summary.isEmpty {
      throw try failure ?? database.read { try Self.fault(of: paths, $0) } ?? Self.nothing(paths)
    }
    try ingestor.recordNewest(source: FilePosition.source, asOf: asOf)
    summary.findings += try database.write { try $0.reportMissingPages() }
    return summary
  }

  /// The first problem with the input, if there is no other result.
  private static func fault(of paths: [String], _ connection: Connection) throws -> CollectionError? {
    enum Field: Int32, SelectedColumn {
      case subject, place, message
    }
    let rows = try connection.prepare(
      """
      SELECT \(Field.list) FROM collection_finding
      WHERE check_name IN (\(Finding.Check.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")))
      ORDER BY check_name = 'not-used', subject, place
      """)
    defer { rows.reset() }
    while try rows.step() {
      // Findings of this collection, not of an earlier one.
      let (subject, place) = (rows.text(Field.subject), rows.text(Field.place))
      guard paths.contains(where: { subject == $0 || subject.hasPrefix($0.hasSuffix("/") ? $0 : $0 + "/") }) else {
        continue
      }
      return CollectionError(path: subject, reason: (place.isEmpty ? "" : "\(place): ") + rows.text(Field.message))
    }
    return nil
  }

  private static func nothing(_ paths: [String]) -> CollectionError {
    CollectionError(path: paths.joined(separator: ", "), reason: "nothing here that batchcost can read")
  }

  /// The number of rows after which a transaction ends: each transaction rewrites the index pages over which its rows
  /// are scattered.
  private static let transactionRows = 1_000_000

  private func write(_ page: FilePage, to writer: inout PageWriter) throws {
    switch page.content {
    case .unchanged(let newest): writer.countUnchanged(newest)
    case .failed(let error):
      var finding = Page()
      finding.findings.add(.unreadable, "", error.reason)
      try writer.write(finding, subject: page.path, isFirst: true)
    case .rows(let rows, let isFirst, let end):
      try writer.write(rows, subject: page.path, isFirst: isFirst, checkpoint: end?.checkpoint)
      if let end { writer.countFile(bytes: end.bytes) }
    }
  }
}
