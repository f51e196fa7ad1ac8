/// The queries of one report: the source's own, the aliases that the front matter gives
/// (`cost-by-team: {query: cost-by-tag, tag: team}`) and those it declares optional.
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

  /// The rows of a query; none where an optional one does not exist.
  func rows(_ name: String, parameters: [String: String] = [:], line: Int?) throws -> QueryResult {
    let alias = aliases[name]
    let query = alias?.query ?? name
    guard cache.has(query) else {
      if optional.contains(name) || optional.contains(query) { return QueryResult(columns: [], rows: []) }
      throw ReportError.unknown("query", query, among: names, file: file, line: line)
    }
    do {
      return try cache.rows(query, parameters: (alias?.parameters ?? [:]).merging(parameters) { $1 })
    } catch let error as ReportError {
      throw error
    } catch {
      throw ReportError(file: file, line: line, "query \"\(query)\": \(error)")
    }
  }
}

extension ReportQueries {
  /// Whether the query is there to be asked, whatever the report allows.
  func exists(_ name: String) -> Bool { cache.has(aliases[name]?.query ?? name) }
}
