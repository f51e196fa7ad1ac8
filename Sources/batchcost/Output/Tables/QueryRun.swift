import ArgumentParser
import Base
import Domain
import Insights
import Store

/// A named query and its arguments. A period or a parameter that it does not take is an error.
struct QueryRun {
  let query: NamedQuery
  let period: PeriodOptions
  /// As the user wrote them; `bound` has them as in the tables.
  let parameters: [String: String]
  /// Without a period, covers everything collected instead of the last whole week.
  var isOfAll = false
  /// What the connection is narrowed to.
  let lens: Lens

  init(_ query: NamedQuery, period: PeriodOptions, parameters: [String: String], lens: Lens = .everything) {
    self.lens = lens
    self.query = query
    self.period = period
    self.parameters = parameters
  }

  func rows(_ connection: Connection, limit: Int = .max) throws -> DataTable {
    try check(connection)
    let days = try days(connection)
    let rows = try connection.rows(query, parameters: days.parameters.merging(bound) { $1 }, limit: limit)
    let leftOut = lens.leavesOut(of: query)
    if !leftOut.isEmpty, rows.columns.allSatisfy({ $0.allSatisfy { $0 == .null } }) {
      throw ValidationError(
        "\(query.name) cannot be narrowed to \(lens.words): it is about \(leftOut.joined(separator: ", "))")
    }
    return rows
  }

  /// If names are replaced, so are tags: users write the real ones.
  private var bound: [String: String] {
    guard let tag = parameters["tag"], let pseudonyms = lens.pseudonyms else { return parameters }
    return parameters.merging(["tag": pseudonyms.tag(tag)]) { $1 }
  }

  /// The last whole week, if the query takes a period and none was given.
  func assumedPeriod(_ connection: Connection) throws -> Period? {
    guard !period.isGiven, !isOfAll, takesPeriod(try parameterNames(connection)) else { return nil }
    return try days(connection)
  }

  /// The days that the rows cover; nil for a query that takes no period.
  func coveredPeriod(_ connection: Connection) throws -> Period? {
    takesPeriod(try parameterNames(connection)) ? try days(connection) : nil
  }

  private func days(_ connection: Connection) throws -> Period {
    isOfAll ? try period.period(connection) : try period.periodOrLastWeek(connection)
  }

  private func takesPeriod(_ names: [String]) -> Bool { names.contains("from") || names.contains("to") }

  private func parameterNames(_ connection: Connection) throws -> [String] {
    try connection.prepare(query.sql).parameterNames.compactMap { $0.map { String($0.dropFirst()) } }
  }

  /// Rejects arguments that would change nothing.
  private func check(_ connection: Connection) throws {
    // If a query cannot be prepared, running it reports why.
    guard let known = try? parameterNames(connection) else { return }
    if query.needsRealNames, lens.pseudonyms != nil {
      throw ValidationError("\(query.name) compares names and needs the real ones; leave out --pseudonymise")
    }
    if period.isGiven, !takesPeriod(known) {
      throw ValidationError("\(query.name) takes no period: it covers everything collected")
    }
    for name in parameters.keys.sorted() where !known.contains(name) {
      throw ValidationError("\(query.name) takes no parameter \"\(name)\"\(Spelling.hint(name, among: known))")
    }
    if known.contains("tag"), let tag = parameters["tag"] { try checkTag(tag, connection) }
  }

  /// Rejects a tag that no job has: the table would be empty.
  private func checkTag(_ tag: String, _ connection: Connection) throws {
    let known = try connection.column("SELECT DISTINCT name FROM tag ORDER BY name", of: String.self)
    guard !known.contains(bound["tag"] ?? tag) else { return }
    if lens.pseudonyms != nil {
      throw ValidationError(
        "no job has a tag \"\(tag.shownInLine)\"; `batchcost tags` without --pseudonymise lists those that there are")
    }
    let hint = Spelling.hint(tag, among: known)
    throw ValidationError(
      known.isEmpty
        ? "no job has tags"
        : "no job has a tag \"\(tag.shownInLine)\"\(hint); there \(known.count == 1 ? "is" : "are") "
          + known.prefix(12).map(\.shownInLine).joined(separator: ", "))
  }
}
