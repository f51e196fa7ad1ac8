import Domain

/// The queries of one report: the source's own, those that the front matter names or gives parameters
/// (`cost-by-team: {query: cost-by-tag, tag: team}`), and those that it declares optional.
struct ReportQueries {
  struct Alias: Equatable {
    var query: String
    var parameters: [String: String]
  }

  var file: String
  var cache: QueryCache
  var aliases: [String: Alias] = [:]
  var optional: Set<String> = []

  var names: [String] { (cache.queryNames + aliases.keys).sorted() }

  func knows(_ name: String) -> Bool { aliases[name] != nil || cache.has(name) || optional.contains(name) }

  /// The rows of a query; none if an optional query does not exist.
  func rows(_ name: String, parameters: [String: String] = [:], line: Int?) throws -> DataTable {
    let alias = aliases[name]
    let query = alias?.query ?? name
    guard cache.has(query) else {
      if optional.contains(name) || optional.contains(query) { return DataTable([]) }
      throw ReportError.unknown("query", query, among: names, file: file, line: line)
    }
    var given = try (alias?.parameters ?? [:]).mapValues { try value($0, line: line) }
    given.merge(parameters) { $1 }
    do {
      return try cache.rows(query, parameters: given)
    } catch let error as ReportError {
      throw error
    } catch {
      throw ReportError(file: file, line: line, "query \"\(query)\": \(error)")
    }
  }
}

extension ReportQueries {
  /// A parameter's value or, after `=`, the column of another query's first row: `tag: =tag-keys.tag`.
  private func value(_ text: String, line: Int?) throws -> String {
    guard text.hasPrefix("=") else { return text }
    let names = text.dropFirst().split(separator: ".", maxSplits: 1).map(String.init)
    guard names.count == 2, aliases[names[0]] == nil else {
      throw ReportError(file: file, line: line, "\"\(text)\" is not of the form =query.column")
    }
    let result = try rows(names[0], line: line)
    guard result.names.isEmpty || result.index(of: names[1]) != nil else {
      throw ReportError.unknown("column", names[1], among: result.names, file: file, line: line)
    }
    return result[0, names[1]]?.plain ?? ""
  }

  /// Whether the query exists, whether or not the report declares it optional.
  func exists(_ name: String) -> Bool { cache.has(aliases[name]?.query ?? name) }
}
