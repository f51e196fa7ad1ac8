import Domain
import Store

/// The ledger of a database: what every resource cost, and who bears it.
package enum Ledger {
  /// Computes the ledger from the facts, in one transaction: a reader sees the old one or the new one, never a half.
  ///
  /// Where nothing changed that it is computed from, nothing is done. Where little changed, the resources that depend on
  /// it are computed, and the rollups of the days on which they are no longer what they were. Else everything is
  /// computed, and what differs is written. The result is always the same.
  ///
  /// - Parameter anew: throw away what was there, and compute and write all of it.
  /// - Throws: `StoreError`, or `LedgerError` where the rows written do not add up.
  @discardableResult
  package static func build(
    _ database: Database, settings: LedgerSettings = LedgerSettings(), anew: Bool = false
  ) throws -> LedgerSummary {
    try database.derive { connection in
      let inputs = try LedgerInputs(connection, settings)
      if !anew, let inputs, try inputs.areThose(of: connection) { return try LedgerSummary(storedIn: connection) }
      let build = try LedgerBuild(connection, settings)
      let isKept = try !anew && LedgerSettings(storedIn: connection).hasSameRules(as: settings)
      var isDone = false
      if isKept, let inputs, try inputs.haveRules(of: connection) { isDone = try build.computeChanges() }
      if !isDone { try build.computeAll(isKept ? .whole : .anew) }
      let summary = try build.close()
      try LedgerInputs.record(inputs, canBeChanged: !build.hasSharedTasks, connection)
      return summary
    }
  }

  /// What the ledger in the database was computed from; nil where that cannot be told.
  package static func inputs(_ connection: Connection) throws -> String? { try LedgerInputs.recorded(connection) }
}

/// The ledger broke one of its own rules. Nothing was written.
package struct LedgerError: Error, CustomStringConvertible {
  package var message: String

  package var description: String { "the ledger does not add up, and nothing was written: \(message)" }
}
