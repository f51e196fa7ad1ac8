import Domain
import Store

/// The ledger of a database: what every resource cost, and who bears it.
package enum Ledger {
  /// Computes the ledger from the facts and writes what differs from what was there, in one transaction: a reader sees
  /// the old one or the new one, never a half.
  ///
  /// - Throws: `StoreError`, or `LedgerError` where the rows written do not add up.
  @discardableResult
  package static func build(_ database: Database, settings: LedgerSettings = LedgerSettings()) throws -> LedgerSummary {
    try database.write { connection in
      var reader = try WorldReader(connection, asOf: settings.asOf)
      var world = try reader.read()
      world.bill = try BillBook(connection)
      var builder = LedgerBuilder(world, settings)
      var writer = try LedgerWriter(connection, world)
      try builder.build(into: &writer)
      try builder.reconciliation.write(connection, world)
      try connection.execute("DELETE FROM changed")
      return builder.summary
    }
  }
}

/// The ledger broke one of its own rules. Nothing was written.
package struct LedgerError: Error, CustomStringConvertible {
  package var message: String

  package var description: String { "the ledger does not add up, and nothing was written: \(message)" }
}
