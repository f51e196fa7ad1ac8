import ArgumentParser
import Base
import Domain
import Store

/// A named query with what it is asked for. A period or a parameter that it does not take is an error.
struct QueryRun {
  let query: NamedQuery
  let period: PeriodOptions
  let parameters: [String: String]

  init(_ query: NamedQuery, period: PeriodOptions, parameters: [String: String]) {
    self.query = query
    self.period = period
    self.parameters = parameters
  }

  func rows(_ connection: Connection, limit: Int = .max) throws -> DataTable {
    try check(connection)
    let days = try period.period(connection)
    return try connection.rows(query, parameters: days.parameters.merging(parameters) { $1 }, limit: limit)
  }

  /// What was asked for and would change nothing.
  private func check(_ connection: Connection) throws {
    // A query that cannot be prepared says so itself, when it is run.
    guard let statement = try? connection.prepare(query.sql) else { return }
    let known = statement.parameterNames.compactMap { $0.map { String($0.dropFirst()) } }
    if period.isGiven, !known.contains("from"), !known.contains("to") {
      throw ValidationError("\(query.name) takes no period: it is of all that was collected")
    }
    for name in parameters.keys.sorted() where !known.contains(name) {
      throw ValidationError("\(query.name) takes no parameter \"\(name)\"\(Spelling.hint(name, among: known))")
    }
  }
}
