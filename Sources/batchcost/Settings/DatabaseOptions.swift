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

  /// The database, which must exist.
  func openExisting() throws -> Database {
    let path = try path()
    guard FileManager.default.fileExists(atPath: path) else { throw StoreError.missing(path) }
    return try Database(path: path)
  }

  /// Runs `body` to fill the database. Removes a database that it created but could put nothing into.
  func filling(_ body: (Database) async throws -> Void) async throws -> Database {
    let path = try path()
    let isNew = path != ":memory:" && !FileManager.default.fileExists(atPath: path)
    let database = try Database(path: path)
    do { try await body(database) } catch {
      let isEmpty = try? database.read { try $0.integer("SELECT EXISTS (SELECT 1 FROM account_region)") == 0 }
      if isNew, isEmpty == true {
        for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
      }
      throw error
    }
    return database
  }
}
