import Domain

/// How a sentence writes values.
struct FactWriter {
  var formatter: Formatter
  /// Escapes values for Markdown. Words are not escaped.
  var escape: @Sendable (String) -> String = { $0 }
  /// Called with every value that is written.
  var note: (Quote) -> Void = { _ in }
}

/// What a sentence can read: the rows of queries, and the format of numbers.
struct Facts {
  var writer: FactWriter
  /// The days of the report's period.
  var days = 7
  /// What the report is narrowed to.
  var scope = Scope.everything
  /// In a column of a table, the table's row.
  var row = FactRow()
  var fetch: (String) throws -> DataTable

  enum Scope: String {
    case everything
    /// What says nothing about single jobs, such as unused cost, is left out, rather than reported as none.
    case jobs
    /// Accounts, regions, currencies or environments, with the unused cost there.
    case places

    /// Whose cost it is, inside a sentence.
    var subject: String {
      switch self {
      case .everything: "AWS Batch"
      case .jobs: "these jobs"
      case .places: "what ran there"
      }
    }
  }

  var isNarrowed: Bool { scope != .everything }
  var formatter: Formatter { writer.formatter }
  func escape(_ text: String) -> String { writer.escape(text) }
  /// `USD`
  var currency: String { formatter.locale.currency.rawValue }
  /// `dollar`, `cent`
  var money: (whole: String, hundredth: String, hundredths: String) { formatter.locale.currency.unit }

  /// The first row of a query, or a row of unknown values.
  subscript(query: String) -> FactRow {
    get throws { try rows(query).first ?? FactRow(query: query, writer: writer) }
  }

  func rows(_ query: String) throws -> [FactRow] {
    let result = try fetch(query)
    return (0..<result.rowCount).map { FactRow(query: query, result: result, index: $0, writer: writer) }
  }

  /// A share of a whole: `two fifths of the work`. Where something that ran has no known cost, `all` is what is known.
  func share(_ row: FactRow, _ column: String, of whole: String, isKnown: Bool = true) throws -> String {
    let text = "\(try row.share(column)) of \(whole)"
    guard try text.contains("all of") && (!isKnown || lacksCost) else { return text }
    return "\(text), as far as is known"
  }

  /// In a report narrowed to some jobs: whether a share is all, as it is wherever they were chosen by it.
  func isAllChosen(_ row: FactRow, _ column: String) throws -> Bool {
    try isNarrowed && row.number(column) ?? 0 > 0.9999999
  }

  /// Something ran in the period without a price, or where nobody knows.
  var lacksCost: Bool {
    get throws { try self["totals"].some("unpriced_seconds") || self["totals"].some("unplaced_seconds") }
  }

  /// Whether the first rows of a query, among what is not unused, stand out: they cost a tenth more than the next row, and a
  /// quarter more than equal parts would.
  ///
  /// - Parameter share: of the whole that they have together.
  func lead(_ query: String, _ count: Int, _ share: Double) throws -> Bool {
    let costs = try rows(query).filter { try $0.cell("kind") != .text("unused") }.compactMap {
      try $0.number("cost_usd")
    }
    .sorted(by: >)
    guard costs.count > count else { return true }
    return costs[count - 1] >= 1.1 * costs[count] && share >= 1.25 * Double(count) / Double(costs.count)
  }

  /// `at least `, where so much of what ran has no price that the cost would be too low; `about `, where nobody
  /// described so many of the instances.
  var bound: String {
    get throws {
      if try self["headline"].number("is_priced") == 0 { return "at least " }
      return try isMostlyUndescribed ? "about " : ""
    }
  }

  /// When the instances of more than a quarter of the cost started is known only from their registration or their jobs.
  var isMostlyUndescribed: Bool {
    get throws { try self["confidence"].some("is_mostly_undescribed") }
  }

  /// More than half of what ran has no price: what is largest of the rest says nothing.
  var isMostlyUnknown: Bool { get throws { try self["headline"].number("unpriced_share") ?? 0 > 0.5 } }

  /// No job was collected: nobody knows what ran on the instances.
  var lacksJobs: Bool { get throws { try self["confidence"].some("jobs_unknown") } }

  /// More than a twentieth of the attempts are on unknown instances, or all are unknown, so what they used counts as unused.
  var lacksPlaces: Bool {
    get throws {
      try lacksJobs
        || (self["confidence"].number("unplaced_attempts") ?? 0) * 20 > self["totals"].number("attempts") ?? 0
    }
  }

  /// More than a twentieth of the Spot instances and tasks lack one of the two prices, so what Spot saved leaves much out.
  var comparesPartOfSpot: Bool {
    get throws {
      let row = try self["spot-audit"]
      return try (row.number("left_out_resources") ?? 0) * 20 > row.number("resources") ?? 0
    }
  }

  /// Attempts ran, all of them on unknown instances: what is missing is not a price.
  var hasNoPlaces: Bool {
    get throws {
      try self["totals"].some("unplaced_seconds") && !self["totals"].some("unpriced_seconds")
        && !self["totals"].some("instances")
    }
  }

  /// `a week`; `in the days so far` while the week that advice is about is not whole; `in the week of 26 Oct` in a report of
  /// another period.
  var weekOfAdvice: String {
    get throws {
      let row = try self["right-sizing-totals"]
      if days != 7 { return try "in the week of \(row.text("week_start", as: .date))" }
      return try row.some("is_whole_week") ? "a week" : "in the days so far"
    }
  }

  /// A number computed from a query's rows, such as their count; quoted under the given name.
  func number(_ value: Cell, of query: String, as name: String, _ format: Format = .integer) -> String {
    let text = formatter.text(value, NumberFormat(format))
    writer.note(Quote(query: query, column: name, value: value, text: text))
    return text
  }

  /// The time before a period of this length: `the week before`, `the day before`, `the three days before`.
  var before: String {
    switch days {
    case 1: "the day before"
    case 7: "the week before"
    default: "the \(wordsOfNumber(Double(days))) days before"
    }
  }
}

/// Of runs with a known cost per job and others: what the cost of the others is; empty if there are none.
func costIsAtLeast(_ runs: [FactRow]) throws -> String {
  let isAny = try runs.contains { try $0.number("is_priced") == 0 && $0.known("cost_usd") }
  return isAny ? "where the cost per job is unknown, a part has no price, and the cost is at least this" : ""
}

/// A value in a report's words, with the column it came from, for tests to compare with the ledger.
package struct Quote: Hashable, Sendable {
  /// The name of the query.
  package var query: String
  /// As the query presents it: `cost_usd`; a name of its own for what is computed of several rows.
  package var column: String
  /// Before it was formatted.
  package var value: Cell
  /// The value as written.
  package var text: String
}

/// One row of a query, by column.
struct FactRow {
  var query = ""
  var result = DataTable([])
  var index = 0
  var writer: FactWriter?

  struct NoColumn: Error, CustomStringConvertible {
    var query: String
    var column: String
    var description: String { "query \"\(query)\" has no column \"\(column)\"" }
  }

  /// Null if the query has no row.
  func cell(_ column: String) throws -> Cell {
    guard !result.names.isEmpty else { return .null }
    guard result.index(of: column) != nil else { throw NoColumn(query: query, column: column) }
    return result[index, column] ?? .null
  }

  func number(_ column: String) throws -> Double? { try cell(column).number }
  func instant(_ column: String) throws -> Instant? {
    switch try cell(column) {
    case .instant(let instant): instant
    case .text(let text): Instant(text)
    case .null, .integer, .real, .money, .boolean: nil
    }
  }

  /// Known, and neither zero nor empty.
  func some(_ column: String) throws -> Bool { try cell(column).isTrue }
  func known(_ column: String) throws -> Bool { try !cell(column).isNull }

  /// Whether an amount is visible when printed: at least half a cent either way.
  func counts(_ column: String) throws -> Bool { abs(try number(column) ?? 0) >= 0.005 }

  /// In one of the report's formats.
  func text(_ column: String, as format: Format, signed: Bool = false) throws -> String {
    let cell = try cell(column)
    return quoted(column, cell, writer?.formatter.text(cell, NumberFormat(format, signed: signed)) ?? cell.plain)
  }

  func name(_ column: String) throws -> String { try quoted(column, cell(column), cell(column).plain) }
  func usd(_ column: String) throws -> String { try text(column, as: .usd) }
  /// `37%`; never all of it if a part is missing, however small.
  func percent(_ column: String) throws -> String {
    let cell = try cell(column)
    if let share = cell.number, share > 0.995, share < 0.9999999 { return quoted(column, cell, "more than 99%") }
    return try text(column, as: .percent)
  }
  func integer(_ column: String) throws -> String { try text(column, as: .integer) }

  /// Without its sign, for use with a word that gives the direction.
  func amount(_ column: String, as format: Format = .usd) throws -> String {
    let cell = try cell(column)
    let positive: Cell =
      switch cell {
      case .money(let money): .money(money < .zero ? -money : money)
      case .integer, .real: cell.number.map { .real(abs($0)) } ?? .null
      case .null, .text, .instant, .boolean: cell
      }
    return quoted(column, cell, writer?.formatter.text(positive, NumberFormat(format)) ?? positive.plain)
  }

  /// `1 attempt`, `134 attempts`; also `1 hour` for 1.3 hours, as printed.
  func count(_ column: String, _ plural: String) throws -> String {
    let number = try integer(column)
    return number + " " + (number == "1" ? singular(of: plural) : plural)
  }

  /// `three`; digits from thirteen on.
  func words(_ column: String) throws -> String { try text(column, as: .words) }

  /// The same at the beginning of a sentence: `Three`.
  func beginning(_ column: String) throws -> String {
    let cell = try cell(column)
    guard let number = cell.number, writer?.formatter.locale.isEnglish == true else { return try integer(column) }
    return quoted(column, cell, wordsOfNumber(number, limit: 99).capitalizedFirst)
  }

  /// The same with what is counted: `Three queues`, `One queue`.
  func beginning(_ column: String, _ plural: String) throws -> String {
    "\(try beginning(column)) \(try number(column) == 1 ? singular(of: plural) : plural)"
  }

  /// `three queues`, `one queue`: within a sentence.
  func words(_ column: String, _ plural: String) throws -> String {
    "\(try words(column)) \(try number(column) == 1 ? singular(of: plural) : plural)"
  }

  /// A share of a whole: `all`, `nearly all`, `two fifths`, `37%`. Never `all` if a part is missing.
  func share(_ column: String) throws -> String {
    let cell = try cell(column)
    guard let share = cell.number else { return "unknown" }
    if share > 0.9999999 { return quoted(column, cell, "all") }
    if share > 0.995 { return quoted(column, cell, "nearly all") }
    return try text(column, as: .fraction)
  }

  private func quoted(_ column: String, _ value: Cell, _ text: String) -> String {
    writer?.note(Quote(query: query, column: column, value: value, text: text))
    return writer?.escape(text) ?? text
  }
}

extension String {
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}

/// `a`, `a and b`, `a, b and c`.
func enumeration(_ parts: [String]) -> String {
  guard parts.count > 1, let last = parts.last else { return parts.first ?? "" }
  return parts.dropLast().joined(separator: ", ") + " and " + last
}
