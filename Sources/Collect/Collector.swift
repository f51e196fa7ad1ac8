import Domain
import Store

/// Reads files of AWS answers and events into a database.
///
/// ```swift
/// let summary = try Collector().collect(paths: ["samples/fortnight"], asOf: nil, database: database)
/// ```
///
/// Nothing is read twice: a file that is as it was is passed over. Reading the same things again, or in another
/// order, changes nothing.
package struct Collector: Sendable {
  package var limits = CollectionLimits()

  package init() {}

  /// Reads files, folders with all that lies in them, and `-` for standard input; unpacks gzip.
  ///
  /// - Parameters:
  ///   - asOf: when AWS was asked; until then what still runs is charged. Nil: the newest time in the input.
  ///   - progress: called with the name of each file before it is read.
  /// - Throws: `CollectionError` where nothing at all could be read, `StoreError` where the database fails. Input
  ///   that cannot be used is no error: it is a finding in the database, and counted.
  /// - Complexity: O(bytes), in constant memory but for the largest document.
  package func collect(
    paths: [String], asOf: Instant?, database: Database, progress: (String) -> Void = { _ in }
  ) throws -> CollectionSummary {
    var ingestor = try Ingestor(database: database, limits: limits)
    var failure: CollectionError?
    for file in inputFiles(paths) {
      progress(file.path)
      do {
        try FileCollector(file: file, asOf: asOf, limits: limits).collect(into: &ingestor)
      } catch let error as CollectionError {
        try ingestor.addUnreadable(error)
        failure = failure ?? error
      }
    }
    let summary = ingestor.summary
    if summary.documents.isEmpty && summary.unchangedFiles == 0 {
      throw failure
        ?? CollectionError(
          path: paths.joined(separator: ", "), reason: "nothing here that batchcost can read")
    }
    try ingestor.recordNewest(source: "file", asOf: asOf)
    return summary
  }
}
