import Base
import Domain
import Foundation
import Queries

/// A query by name: a `.sql` file whose leading comment says what a row is, followed by one statement.
package struct NamedQuery: Equatable, Sendable {
  package let name: String
  package let sql: String
  /// Where it comes from: `built in`, or the file's path.
  package let origin: String

  package init(name: String, sql: String, origin: String) {
    self.name = name
    self.sql = sql
    self.origin = origin
  }

  /// The leading comment block without its dashes.
  package var documentation: String {
    sql.split(separator: "\n", omittingEmptySubsequences: false)
      .prefix { $0.hasPrefix("--") }
      .map { $0.dropFirst(2).drop { $0 == " " } }
      .joined(separator: "\n")
  }

  /// The first line of the documentation.
  package var title: String { documentation.split(separator: "\n").first.map(String.init) ?? name }
}

/// The queries that can be named: users' own folders come before the built-in ones.
package struct QueryLibrary: Sendable {
  private let queries: [String: NamedQuery]

  /// - Parameter folders: searched in order for `NAME.sql`; missing folders are passed over.
  package init(folders: [String] = []) {
    var found: [String: NamedQuery] = [:]
    for query in namedQueries {
      found[query.name] = NamedQuery(name: query.name, sql: query.text, origin: "built in")
    }
    for folder in folders.reversed() {
      let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
      for file in files where file.hasSuffix(".sql") {
        let path = "\(folder)/\(file)"
        guard let sql = try? String(contentsOfFile: path, encoding: .utf8) else { continue }
        let name = String(file.dropLast(4))
        if found[name]?.sql == sql { continue }
        found[name] = NamedQuery(name: name, sql: sql, origin: path)
      }
    }
    queries = found
  }

  package var names: [String] { queries.keys.sorted() }

  /// - Throws: `StoreError` that names the nearest query where none has this name.
  package func query(_ name: String) throws(StoreError) -> NamedQuery {
    if let query = queries[name] { return query }
    throw StoreError(.query, "no query named \"\(name)\"\(Spelling.hint(name, among: names))")
  }
}

extension Connection {
  /// Runs a named query and presents its columns: `*_nanodollars` as `*_usd`, `*_at_ms` as `*_at`.
  ///
  /// Parameters are bound as text, or as integers where they look like one; one that the query needs and that is
  /// missing is an error, one that it does not know is not.
  package func rows(_ query: NamedQuery, parameters: [String: String]) throws -> QueryResult {
    let statement: Statement
    do {
      statement = try prepare(query.sql)
    } catch let error as StoreError {
      throw StoreError(.query, "\(query.origin == "built in" ? query.name : query.origin): \(error.message)")
    }
    guard statement.isReadOnly else { throw StoreError(.query, "\(query.name): a query must not change the database") }
    for (index, name) in statement.parameterNames.enumerated() {
      guard let name else { throw StoreError(.query, "\(query.name): parameters need names, such as :from") }
      let key = String(name.dropFirst())
      guard let value = parameters[key] else {
        throw StoreError(.query, "\(query.name): needs --param \(key)=…")
      }
      let parameter = Int32(index + 1)
      if let integer = Int64(value) { statement.bind(parameter, integer) } else { statement.bind(parameter, value) }
    }
    let presentations = statement.columnNames.map(Presentation.init)
    var result = QueryResult(columns: presentations.map(\.name), rows: [])
    while try statement.step() {
      result.rows.append(presentations.indices.map { presentations[$0].present(statement.cell(Int32($0))) })
    }
    return result
  }
}

private struct Presentation {
  enum Unit { case plain, money, instant }

  let name: String
  let unit: Unit

  init(_ column: String) {
    if column.hasSuffix("_nanodollars") {
      name = column.dropLast("nanodollars".count) + "usd"
      unit = .money
    } else if column.hasSuffix("_at_ms") || column == "at_ms" {
      name = String(column.dropLast("_ms".count))
      unit = .instant
    } else {
      name = column
      unit = .plain
    }
  }

  func present(_ cell: Cell) -> Cell {
    switch (unit, cell) {
    case (.money, .integer(let value)): .money(Money(nanodollars: value))
    case (.money, .real(let value)): .real(value / 1e9)
    case (.instant, .integer(let value)): .instant(Instant(milliseconds: value))
    default: cell
    }
  }
}
