import Domain
import Foundation
import Store

/// What Datasette shows beside the rows: descriptions of tables, views and columns, and named queries to run with a
/// click.
///
/// Datasette 0.65 reads queries from its metadata; 1.0 reads them only from its configuration, and ignores those in the
/// metadata. So both files have them.
struct DatasetteFiles {
  private struct Metadata: Encodable {
    let title = "AWS Batch cost"
    let databases: [String: Database]
  }

  private struct Database: Encodable {
    let tables: [String: Table]?
    let queries: [String: Query]
  }

  private struct Table: Encodable {
    let description: String
    let columns: [String: String]
  }

  private struct Query: Encodable {
    let sql: String
    let title: String
    let description: String
    let params: [String]
  }

  /// File names and contents.
  let files: [(name: String, bytes: [UInt8])]

  /// - Parameter database: the database's name in Datasette: its file name without the ending.
  init(database: String, library: QueryLibrary, _ connection: Connection) throws {
    var tables: [String: Table] = [:]
    let notes = SchemaNotes().notes
    try connection.each("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')") { (name: String) in
      if let note = notes[name] { tables[name] = Table(description: note.text, columns: note.columns) }
    }
    var queries: [String: Query] = [:]
    for name in library.names {
      let query = try library.query(name)
      // Leaves out queries that cannot be prepared alone, such as the last of several steps.
      guard let statement = try? connection.prepare(query.sql) else { continue }
      let parameters = statement.parameterNames.compactMap { $0.map { String($0.dropFirst()) } }
      queries[name] = Query(
        sql: query.sql, title: query.title, description: query.documentation, params: parameters)
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let metadata = Metadata(databases: [database: Database(tables: tables, queries: queries)])
    let configuration = ["databases": [database: ["queries": queries]]]
    files = [
      ("metadata.json", Array(try encoder.encode(metadata))),
      ("datasette.json", Array(try encoder.encode(configuration))),
    ]
  }
}
