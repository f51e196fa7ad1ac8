import Base
import Domain

/// The source of a report's numbers: named queries, and nothing else. Reporting knows no SQL.
package protocol QuerySource {
  /// The names of all queries, for "did you mean".
  var queryNames: [String] { get }

  /// The rows of a query. `parameters` always has `from` and `to`, where `to` is the day after the period, and the
  /// parameters in the report's block.
  ///
  /// - Throws: an error if there is no such query, or a parameter is missing or wrong.
  func rows(_ query: String, parameters: [String: String]) throws -> DataTable
}

/// The subject of a report, known before any query runs.
package struct ReportSubject: Equatable, Sendable {
  /// The first day.
  package var from: Day
  /// The day after the last.
  package var to: Day
  /// In ascending order.
  package var accounts: [String]
  /// In ascending order, as reports print them.
  package var regions: [String]
  /// The time of collection: what ran later is not in it.
  package var collectedAt: Instant
  /// The currency of all its amounts.
  package var currency: Currency
  /// The settings behind the numbers, such as `unused cost kept separate · vCPU : GB weighted 9 : 1`.
  package var policy: String
  /// The jobs it is narrowed to; nil: all jobs.
  package var narrowing: Narrowing?

  /// What the head of a narrowed report says, including what is left out.
  package struct Narrowing: Equatable, Sendable {
    /// `queue=gpu, tag:team=ml`
    package var words: String
    /// One or two sentences.
    package var note: String
    /// Whether unused cost is left out.
    package var leavesUnusedOut: Bool

    package init(words: String, note: String, leavesUnusedOut: Bool) {
      (self.words, self.note, self.leavesUnusedOut) = (words, note, leavesUnusedOut)
    }
  }

  package init(
    from: Day, to: Day, accounts: [String], regions: [String], collectedAt: Instant, currency: Currency = .usd,
    policy: String,
    narrowing: Narrowing? = nil
  ) {
    self.from = from
    self.to = to
    self.accounts = accounts
    self.regions = regions
    self.collectedAt = collectedAt
    self.currency = currency
    self.policy = policy
    self.narrowing = narrowing
  }
}

/// Runs each query once: a report may use the same query in prose, in tiles and in figures.
final class QueryCache {
  private let source: any QuerySource
  let queryNames: [String]
  private let known: Set<String>
  private let period: [String: String]
  private var results: [Request: DataTable] = [:]

  private struct Request: Hashable {
    var query: String
    var parameters: [String: String]
  }

  init(_ source: any QuerySource, subject: ReportSubject) {
    self.source = source
    queryNames = source.queryNames
    known = Set(queryNames)
    period = ["from": subject.from.description, "to": subject.to.description]
  }

  func has(_ query: String) -> Bool { known.contains(query) }

  func rows(_ query: String, parameters: [String: String] = [:]) throws -> DataTable {
    let request = Request(query: query, parameters: period.merging(parameters) { $1 })
    if let known = results[request] { return known }
    var result = try source.rows(query, parameters: request.parameters)
    // Names of jobs and tags come from outside: characters that a page or a terminal would obey are removed here, for
    // every format, and what no page has room for is left out. AWS's names have at most 256 characters.
    for column in result.columns.indices {
      for row in result.columns[column].indices {
        guard case .text(let text) = result.columns[column][row] else { continue }
        result.columns[column][row] = .text(text.cut(to: 1000).shownInLine)
      }
    }
    results[request] = result
    return result
  }
}
