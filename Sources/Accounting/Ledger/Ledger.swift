import Domain
import Store

/// The ledger of a database: what every resource cost, and which account bears it.
package enum Ledger {
  /// Computes the ledger from the facts, in one transaction: readers see the old or the new ledger, never a mixture.
  ///
  /// If nothing that it is computed from changed, nothing is done. If little changed, only the resources that depend on
  /// it are computed, and the rollups of the days that changed. Otherwise everything is computed, and the differences
  /// are written. The result is always the same.
  ///
  /// - Parameter anew: discard the existing ledger, and compute and write everything.
  /// - Throws: `StoreError`, or `LedgerError` if the rows written do not add up.
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

  /// What the ledger in the database was computed from; nil if unknown.
  package static func inputs(_ connection: Connection) throws -> String? { try LedgerInputs.recorded(connection) }
}

/// The ledger broke one of its own rules, and nothing was written.
package struct LedgerError: Error, CustomStringConvertible {
  /// Which rows differ, and by how much.
  package var message: String

  package var description: String { "the ledger does not add up, and nothing was written: \(message)" }
}
