import Domain
import Foundation
import Store

@testable import Collect

/// A database in memory that has ingested these documents, in this order.
func collected(_ documents: String...) throws -> Database {
  let database = try Database(path: ":memory:")
  try ingest(documents, into: database)
  return database
}

@discardableResult
func ingest(
  _ documents: [String], into database: Database, limits: CollectionLimits = CollectionLimits()
) throws -> CollectionSummary {
  var ingestor = try Ingestor(database: database, limits: limits)
  for document in documents { try ingestor.ingest(Array(document.utf8), named: "test", accountRegion: nil) }
  return ingestor.summary
}

extension Database {
  var findings: [String] {
    get throws { try lines("SELECT check_name, place, message FROM collection_finding ORDER BY 1, 2, 3") }
  }
}
