import ArgumentParser
import Foundation
import Store

/// Where the database is.
struct DatabaseOptions: ParsableArguments {
  @Option(help: "The database. [default: $BATCHCOST_DATABASE, the configuration file's, batchcost.sqlite]")
  var database: String?

  func path() throws -> String {
    // Every command reports wrong settings before it does anything.
    let configured = try ConfigurationFile.load().database
    if let database { return database }
    if let named = ProcessInfo.processInfo.environment["BATCHCOST_DATABASE"], !named.isEmpty { return named }
    return configured ?? "batchcost.sqlite"
  }

  func openForReading() throws -> Database { try Database(readingFrom: path()) }
  func open() throws -> Database { try Database(path: path()) }

  /// The database, which must exist.
  func openExisting() throws -> Database {
    let path = try path()
    guard FileManager.default.fileExists(atPath: path) else { throw StoreError.missing(path) }
    return try Database(path: path)
  }

  /// Runs `body` to fill the database. Removes a database that it created but could put nothing into.
  func filling(_ body: (Database) throws -> Void) throws -> Database {
    let path = try path()
    let isNew = path != ":memory:" && !FileManager.default.fileExists(atPath: path)
    do {
      let database = try Database(path: path)
      try body(database)
      return database
    } catch {
      if isNew { for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) } }
      throw error
    }
  }
}
