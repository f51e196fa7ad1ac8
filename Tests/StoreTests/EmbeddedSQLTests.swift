import Foundation
import Queries
import Testing

/// The program carries what lies in `Queries`, as it stands there.
@Suite struct EmbeddedSQLTests {
  private static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().appending(path: "Queries")

  private static func names(in folder: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".sql") }.map { String($0.dropLast(4)) }.sorted()
  }

  @Test func everyFileIsCarried() throws {
    #expect(
      try namedQueries.map(\.name) + [changeTriggers.name] == Self.names(in: Self.folder).filter { $0 != "changes" } + [
        "changes"
      ])
    #expect(try migrations.map(\.name) == Self.names(in: Self.folder.appending(path: "schema")))
    for query in namedQueries + [changeTriggers] {
      let file = Self.folder.appending(path: "\(query.name).sql")
      #expect(try query.text == String(contentsOf: file, encoding: .utf8), "\(query.name)")
    }
  }

  @Test("Migrations are numbered without a gap and without a number twice")
  func numbers() {
    #expect(migrations.map { Int($0.name.prefix(4)) } == (1...migrations.count).map { $0 })
  }
}
