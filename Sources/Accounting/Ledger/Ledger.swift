import Domain
import Store

/// The ledger of a database: what every resource cost, and who bears it.
package enum Ledger {
  /// Computes the ledger from the facts and writes what differs from what was there, in one transaction: a reader sees
  /// the old one or the new one, never a half. Where nothing changed that it is computed from, nothing is done.
  ///
  /// - Parameter anew: throw away what was there, and compute and write all of it.
  /// - Throws: `StoreError`, or `LedgerError` where the rows written do not add up.
  @discardableResult
  package static func build(
    _ database: Database, settings: LedgerSettings = LedgerSettings(), anew: Bool = false
  ) throws -> LedgerSummary {
    try database.derive { connection in
      let inputs = try inputs(connection, settings)
      if !anew, let inputs, try inputs == connection.inputs(of: product) {
        return try LedgerSummary(storedIn: connection)
      }
      var world = try WorldReader.read(connection, asOf: settings.asOf)
      world.bill = try BillBook(connection)
      var builder = LedgerBuilder(world, settings)
      let isKept = try !anew && LedgerSettings(storedIn: connection).hasSameRules(as: settings)
      var writer = try LedgerWriter(connection, world, keepingRows: isKept)
      do {
        try builder.build(into: &writer)
      } catch {
        writer.abandon()
        throw error
      }
      try builder.reconciliation.write(connection, world)
      try builder.summary.store(connection)
      try connection.record(inputs ?? "", of: product)
      return builder.summary
    }
  }

  /// What the ledger in the database was computed from; nil where that cannot be told.
  package static func inputs(_ connection: Connection) throws -> String? {
    try connection.inputs(of: product).flatMap { $0.isEmpty ? nil : $0 }
  }

  private static let product = "ledger"

  /// The program, the facts and the settings; nil where the program cannot tell which build of itself it is.
  private static func inputs(_ connection: Connection, _ settings: LedgerSettings) throws -> String? {
    guard let program = ProgramIdentity.current else { return nil }
    let asOf = settings.asOf.map { " as of \($0.milliseconds)" } ?? ""
    let revision = try connection.factRevision()
    return "program \(program), facts \(revision), \(settings.scheme.name) \(settings.spotRule.rawValue)\(asOf)"
  }
}

/// The ledger broke one of its own rules. Nothing was written.
package struct LedgerError: Error, CustomStringConvertible {
  package var message: String

  package var description: String { "the ledger does not add up, and nothing was written: \(message)" }
}
