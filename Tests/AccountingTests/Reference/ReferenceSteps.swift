import Foundation
import Store
import TestSupport

/// The reference, step by step: SQLite takes a second to plan them as one statement.
enum ReferenceSteps {
  private static let folder = Repository.root.appending(path: "Queries/ledger-reference")

  static func rows(in database: Database) throws -> LedgerRows {
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    return try database.derive { connection in
      var tables: [String] = []
      for file in files {
        // `07-registration.sql`
        tables.append(String(file.dropFirst(3).dropLast(4)))
        let step = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
        try connection.execute("CREATE TEMP TABLE \(tables[tables.count - 1]) AS \(step)")
      }
      let last = try String(contentsOf: folder.appendingPathExtension("sql"), encoding: .utf8)
      let rows = try LedgerRows(connection, last)
      for table in tables { try connection.execute("DROP TABLE temp.\(table)") }
      return rows
    }
  }
}
