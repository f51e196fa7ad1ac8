import Foundation
import Queries
import TestSupport
import Testing

/// The program embeds the files of `Queries` unchanged.
@Suite struct EmbeddedSQLTests {
  private static let folder = Repository.root.appending(path: "Queries")

  private static func names(in folder: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".sql") }.map { String($0.dropLast(4)) }.sorted()
  }

  @Test func everyFileIsEmbedded() throws {
    #expect(
      try namedQueries.map(\.name) + [changeTriggers.name] == Self.names(in: Self.folder).filter { $0 != "changes" } + [
        "changes"
      ])
    #expect(try migrations.map(\.name) == Self.names(in: Self.folder.appending(path: "schema")))
    for query in namedQueries + [changeTriggers] {
      let file = Self.folder.appending(path: "\(query.name).sql")
      if FileManager.default.fileExists(atPath: file.deletingPathExtension().path) { continue }
      #expect(try query.text == String(contentsOf: file, encoding: .utf8), "\(query.name)")
    }
  }

  @Test("A query with steps is a single statement of them all, in order, below its own comment")
  func steps() throws {
    let query = try #require(namedQueries.first { $0.name == "ledger-reference" })
    let folder = Self.folder.appending(path: query.name)
    let own = try String(contentsOf: folder.appendingPathExtension("sql"), encoding: .utf8)
    var rest = query.text[...]
    let select = try #require(own.firstRange(of: "SELECT"))
    let comment = own.prefix(upTo: select.lowerBound)
    #expect(rest.hasPrefix(comment + "WITH\nnumber AS (\n"))
    let names = try Self.names(in: folder)
    #expect(names.count > 10 && names.first == "01-number" && names.last?.hasSuffix("-reserved") == true)
    for name in names {
      let text = try String(contentsOf: folder.appending(path: "\(name).sql"), encoding: .utf8)
      let place = try #require(rest.firstRange(of: "\(name.dropFirst(3)) AS (\n\(text)\n)"), "\(name)")
      rest = rest[place.upperBound...]
    }
    #expect(rest == "\n" + own.dropFirst(comment.count))
  }

  @Test("Migrations are numbered in the order they were made, each number once")
  func numbers() throws {
    let numbers = try migrations.map { try #require(Int($0.name.prefix(4))) }
    #expect(numbers.first == 1 && zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 })
  }
}
