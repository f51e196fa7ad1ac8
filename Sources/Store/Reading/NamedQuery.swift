import Base
import Domain
import Foundation
import Queries

/// A query by name: a `.sql` file whose leading comment says what a row is, followed by one statement.
package struct NamedQuery: Equatable, Sendable {
  /// The file's name without `.sql`.
  package let name: String
  /// The whole file, comments included.
  package let sql: String
  /// Its origin: `built in`, or the file's path.
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

  /// Whether it covers everything collected, rather than the last whole week, if no period is given: its header has the
  /// line `period: all`, as a report's front matter may have.
  package var isOfAll: Bool { documentation.split(separator: "\n").contains("period: all") }

  /// Whether it reads what names are made of, such as the clusters in ARNs, so that it is wrong where pseudonyms stand
  /// for names: its header has the line `names: real`.
  package var needsRealNames: Bool { documentation.split(separator: "\n").contains("names: real") }

  /// The first line of the documentation.
  package var title: String { documentation.split(separator: "\n").first.map(String.init) ?? name }
}

extension NamedQuery {
  /// The type of a parameter, from the query's header: `-- :tag text   the tag's name`. A `day` is bound as text.
  package enum ParameterType: String, CaseIterable, Sendable {
    case text, integer, number
    /// `2026-10-26`
    case day
  }

  /// The types in the header; a parameter that it does not mention is text.
  /// - Throws: `StoreError` for an unknown type.
  package var parameterTypes: [String: ParameterType] {
    get throws(StoreError) {
      var types: [String: ParameterType] = [:]
      for line in documentation.split(separator: "\n") {
        let words = line.split(separator: " ", maxSplits: 2)
        guard words.count > 1, words[0].first == ":", words[0].count > 1 else { continue }
        guard let type = ParameterType(rawValue: String(words[1])) else {
          let known = ParameterType.allCases.map(\.rawValue)
          throw StoreError(
            .query,
            "\(place): \(words[0]) is no \"\(words[1])\"\(Spelling.hint(String(words[1]), among: known)); "
              + "types are \(known.joined(separator: ", "))")
        }
        types[String(words[0].dropFirst())] = type
      }
      return types
    }
  }

  /// Its name in errors.
  var place: String { origin == "built in" ? name : origin }
}

/// All queries by name: users' own folders take precedence over the built-in queries.
package struct QueryLibrary: Sendable {
  private let queries: [String: NamedQuery]
  /// Why files cannot be read, by query name.
  private let unreadable: [String: StoreError]

  /// - Parameter folders: searched in order for `NAME.sql`; missing folders are ignored.
  package init(folders: [String] = []) {
    var found: [String: NamedQuery] = [:]
    for query in namedQueries {
      found[query.name] = NamedQuery(name: query.name, sql: query.text, origin: "built in")
    }
    var unreadable: [String: StoreError] = [:]
    for folder in folders.reversed() {
      let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
      for file in files where file.hasSuffix(".sql") {
        let path = "\(folder)/\(file)"
        let name = String(file.dropLast(4))
        unreadable[name] = nil
        do {
          let sql = try SmallFile(path).text()
          if found[name]?.sql != sql { found[name] = NamedQuery(name: name, sql: sql, origin: path) }
        } catch { unreadable[name] = StoreError(.query, "\(error)") }
      }
    }
    queries = found
    self.unreadable = unreadable
  }

  /// All names in alphabetical order, including files that cannot be read.
  package var names: [String] { Set(queries.keys).union(unreadable.keys).sorted() }

  /// - Throws: `StoreError` of the kind `asked`, with the most similar name, if there is no query with this name; of
  ///   the kind `query` if its file cannot be read.
  package func query(_ name: String) throws(StoreError) -> NamedQuery {
    if let error = unreadable[name] { throw error }
    if let query = queries[name] { return query }
    throw StoreError(.asked, "no query named \"\(name)\"\(Spelling.hint(name, among: names))")
  }
}

extension Connection {
  /// Runs a named query and presents its columns: `*_nanodollars` as `*_usd`, `*_at_ms` as `*_at`.
  ///
  /// Parameters are bound with the types in the query's header. A missing parameter is an error, an unknown one is not.
  ///
  /// - Parameter limit: the most rows to return.
  /// - Throws: `StoreError` of the kind `query` if the file is wrong, `asked` if a parameter is.
  package func rows(_ query: NamedQuery, parameters: [String: String], limit: Int = .max) throws -> DataTable {
    let statement: Statement
    do {
      statement = try prepare(query.sql)
    } catch let error as StoreError {
      throw StoreError(.query, "\(query.place): \(error.message)")
    }
    guard statement.isReadOnly else { throw StoreError(.query, "\(query.name): a query must not change the database") }
    let types = try query.parameterTypes
    for (index, name) in statement.parameterNames.enumerated() {
      guard let name else { throw StoreError(.query, "\(query.name): parameters need names, such as :from") }
      let key = String(name.dropFirst())
      guard let value = parameters[key] else {
        throw StoreError(.asked, "\(query.name): needs --param \(key)=…")
      }
      guard statement.bind(Int32(index + 1), value, as: types[key] ?? .text) else {
        throw StoreError(.asked, "\(query.name): --param \(key)=\(value) is no \((types[key] ?? .text).rawValue)")
      }
    }
    let presentations = statement.columnNames.map { Presentation($0, isKnown: standIns?.isUnknown($0) != true) }
    var result = DataTable(presentations.map(\.name))
    defer { statement.reset() }
    while result.rowCount < limit, try statement.step() {
      for (column, presentation) in presentations.enumerated() {
        result.columns[column].append(presentation.present(statement.cell(Int32(column))))
      }
    }
    return result
  }
}

extension Statement {
  /// - Returns: false if the value is not valid for its type.
  fileprivate func bind(_ parameter: Int32, _ value: String, as type: NamedQuery.ParameterType) -> Bool {
    switch type {
    case .text: bind(value, at: parameter)
    case .integer:
      guard let integer = Int64(value) else { return false }
      bind(integer, at: parameter)
    case .number:
      guard let number = Double(value), number.isFinite else { return false }
      bind(number, at: parameter)
    case .day:
      guard Day(value) != nil else { return false }
      bind(value, at: parameter)
    }
    return true
  }
}

extension NamedQuery {
  /// The name of an SQL column in results.
  package static func presentedName(_ column: String) -> String { Presentation(column, isKnown: true).name }
}

private struct Presentation {
  enum Unit { case plain, money, instant, unknown }

  let name: String
  let unit: Unit

  init(_ column: String, isKnown: Bool) {
    if column.hasSuffix("_nanodollars") {
      name = column.dropLast("nanodollars".count) + "usd"
      unit = isKnown ? .money : .unknown
    } else if column.hasSuffix("_at_ms") || column == "at_ms" {
      name = String(column.dropLast("_ms".count))
      unit = .instant
    } else {
      name = column
      unit = isKnown ? .plain : .unknown
    }
  }

  func present(_ cell: Cell) -> Cell {
    switch (unit, cell) {
    case (.money, .integer(let value)): .money(Money(nanodollars: value))
    case (.money, .real(let value)): .real(value / 1e9)
    case (.instant, .integer(let value)): .instant(Instant(milliseconds: value))
    case (.unknown, _): .null
    default: cell
    }
  }
}
