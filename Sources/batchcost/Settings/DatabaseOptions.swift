import ArgumentParser
import Foundation
import Store

/// Where the database is.
struct DatabaseOptions: ParsableArguments {
  @Option(help: "The database. [default: $BATCHCOST_DATABASE, the configuration file's, batchcost.sqlite]")
  var database: String?

  func path() throws -> String {
    if let database { return database }
    if let named = ProcessInfo.processInfo.environment["BATCHCOST_DATABASE"], !named.isEmpty { return named }
    return try ConfigurationFile.load().database ?? "batchcost.sqlite"
  }

  func openForReading() throws -> Database { try Database(readingFrom: path()) }
  func open() throws -> Database { try Database(path: path()) }
}
