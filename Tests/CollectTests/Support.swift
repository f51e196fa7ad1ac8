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
  /// The rows of a query, one a line: values separated by bars, NULL as a dash.
  func lines(_ sql: String) throws -> [String] {
    try read { connection in
      let statement = try connection.prepare(sql)
      let count = statement.columnNames.count
      var lines: [String] = []
      while try statement.step() {
        lines.append((0..<count).map { statement.optionalText(Int32($0)) ?? "-" }.joined(separator: "|"))
      }
      return lines
    }
  }

  var findings: [String] {
    get throws { try lines("SELECT check_name, place, message FROM collection_finding ORDER BY 1, 2, 3") }
  }
}

/// A folder that is removed with the test.
final class Folder {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "collect-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  @discardableResult
  func add(_ name: String, _ bytes: [UInt8]) throws -> String {
    let file = URL(fileURLWithPath: "\(path)/\(name)")
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
    return file.path
  }

  @discardableResult
  func add(_ name: String, _ text: String) throws -> String { try add(name, Array(text.utf8)) }
}

/// Pseudo-random numbers determined by a seed (SplitMix64).
struct Seeded: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
