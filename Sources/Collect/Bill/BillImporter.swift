import Base
import Domain
import Store

/// The result of a bill import.
package struct BillSummary: Equatable, Sendable {
  /// One payer's bill of one period.
  package struct Bill: Equatable, Sendable {
    /// The account that is invoiced; empty if the export does not name it.
    package var payer: String
    /// The month: `2026-10`.
    package var period: String
    /// `cur-2.0`, `cur`, `focus`.
    package var format: String
    /// Those of products that can have a job's cost.
    package var rows: Int
    /// Rows for Batch.
    package var kept: Int
    /// False if it replaced an earlier import.
    package var isNew: Bool
  }

  /// Those that were replaced or are new.
  package var bills: [Bill] = []
  package var files = 0
  /// Input as stored, including packed files.
  package var bytes: Int64 = 0
  package var rows = 0
  /// Rows of split cost allocation that were kept.
  package var taskRows = 0
  /// Instance-hours of the Spot data feed.
  package var feedRows = 0
  /// Rows that could not be read; few enough for the import to succeed.
  package var unread = 0
  /// What was skipped or could not be read, each a finding in the database.
  package var notes = 0

  package init() {}
}

/// Reads bills into a database: CUR 2.0, legacy CUR, FOCUS, the Spot data feed.
///
/// ```swift
/// let summary = try await BillImporter().importBills(paths: ["billing/"], database: database)
/// ```
///
/// An existing bill is replaced in one transaction: readers see either the old or the new one.
package struct BillImporter: Sendable {
  private let mayBeOlder: Bool

  /// - Parameter mayBeOlder: whether an edition that covers less than the one imported before may replace it.
  package init(mayBeOlder: Bool = false) { self.mayBeOlder = mayBeOlder }

  /// - Parameter progress: called with the name of each file before it is read.
  /// - Throws: `CollectionError` if there is no bill, or one that cannot be used as a whole: the existing bill stays;
  ///   `StoreError` if the database fails. A row that cannot be used is a finding, up to the tolerated share.
  ///   `CancellationError` if the task is cancelled: nothing of the import is kept.
  /// - Complexity: O(bytes), in constant memory except for the set of tags and of instances that are not Batch's.
  package func importBills(
    paths: [String], database: Database, progress: @escaping @Sendable (String) -> Void = { _ in }
  ) async throws -> BillSummary {
    let stop = StopSign()
    return try await withTaskCancellationHandler {
      try await onOwnThread { try importBills(paths, database, stop, progress) }
    } onCancel: {
      stop.raise()
    }
  }

  private func importBills(
    _ paths: [String], _ database: Database, _ stop: StopSign, _ progress: (String) -> Void
  ) throws -> BillSummary {
    let found = try BillFiles(paths)
    if found.files.isEmpty {
      throw CollectionError(
        path: paths.joined(separator: ", "),
        reason: found.notes.first.map { "no bill here: \($0.path) \($0.message)" } ?? "no bill here")
    }
    var findings = BillFindings()
    do {
      return try database.write { connection in
        var run = try BillRun(connection, stop: stop, mayBeOlder: mayBeOlder)
        defer { findings = run.findings }
        for note in found.notes { run.findings.add(note.path, "", note.message) }
        for file in found.files {
          progress(file.path)
          try run.read(file)
        }
        return try run.finish()
      }
    } catch let refusal as CollectionError {
      // Nothing of the import is kept except the reason.
      findings.refuse(refusal)
      try database.write { connection in try connection.bookkeeping { try findings.write(connection) } }
      throw refusal
    }
  }
}
