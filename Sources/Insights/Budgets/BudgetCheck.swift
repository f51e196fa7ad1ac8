import Accounting
import Domain
import Store

/// Compares limits with the ledger or the forecast.
package struct BudgetCheck {
  /// The result for one limit.
  package struct Verdict: Equatable, Sendable {
    /// Money in the limit's currency, or a share of all cost from 0 to 1.
    package enum Amount: Equatable, Sendable {
      case money(Money)
      case share(Double)
    }

    package var limit: Limit
    /// What was spent, or is expected; nil if the data do not say.
    package var actual: Amount?
    /// Of the same kind as `actual`.
    package var allowed: Amount
    /// The days that were checked, for people.
    package var period: String
    /// `actual` is more than `allowed`: what equals its limit keeps it.
    package var isBroken: Bool
    /// The period was not over when it was collected.
    package var isSoFar = false
    /// A share of nothing: the whole cost is known to be 0.
    package var isOfNothing = false
    /// What ran: the part without a price is not in `actual`.
    package var time = PricedTime()
    /// What the cost of these days rests on.
    package var evidence = Evidence()

    /// Neither broken nor known to hold: nothing is known, what ran lacks a price, nobody described most of the
    /// instances, or it is a share and no job is known.
    package var isUnknown: Bool {
      !isBroken && (actual == nil || !time.isPriced || isMostlyUndescribed || isShareWithoutJobs)
    }
    package var isMostlyUndescribed: Bool { evidence.isMostlyUndescribed }
    package var isShareWithoutJobs: Bool { !limit.isAmount && evidence.areJobsUnknown }
  }

  /// As in the query `confidence`.
  package struct Evidence: Equatable, Sendable {
    /// The part of the cost that is of instances which nobody described, from 0 to 1: only their registration or their
    /// first attempt tells when they started.
    package var undescribedShare = 0.0
    /// That part is so large that an amount within its limit proves nothing.
    package var isMostlyUndescribed = false
    /// Instances ran, and no job was collected.
    package var areJobsUnknown = false
    /// Files that could not be read to their end.
    package var unreadFiles = 0

    package init() {}
  }

  private let connection: Connection
  private let queries: QueryLibrary
  private let week: (from: Day, to: Day)
  private let month: (from: Day, to: Day)
  private let forecasts: Bool
  /// The day of the last collection.
  private let today: Day

  /// - Parameters:
  ///   - week: seven days, and the month of their middle; nil: the last whole ISO week or, if the ledger has none, the
  ///     last seven days of the data, and the month of the collection.
  ///   - forecasts: check the expected cost of the week and the month of the collection at their end, instead of the
  ///     ledger.
  /// - Throws: `StoreError` if the ledger cannot be read.
  package init(_ connection: Connection, queries: QueryLibrary = QueryLibrary(), week: Day?, forecasts: Bool) throws {
    self.connection = connection
    self.queries = queries
    self.forecasts = forecasts
    let collected = try connection.integer(
      "SELECT CAST(value AS INTEGER) FROM ledger_setting WHERE name = 'collected_at_ms'")
    today = Instant(milliseconds: collected).day
    let days = try week.map { (from: $0, to: $0 + 7) } ?? connection.defaultDays()
    self.week = days ?? (from: today, to: today + 1)
    let civil = (week.map { $0 + 3 } ?? today).civil
    let start = Day(year: civil.year, month: civil.month, day: 1)
    month = (start, start + Int32(Day.daysIn(year: civil.year, month: civil.month)))
  }

  /// One verdict per limit, in the same order. A limit without data, such as a forecast without history, is not broken
  /// and has no actual amount.
  ///
  /// - Throws: `StoreError` if a query of the user's own hides one that is needed and lacks its columns.
  package func verdicts(_ limits: [Limit]) throws -> [Verdict] { try limits.map(verdict) }

  private func verdict(_ limit: Limit) throws -> Verdict {
    switch limit.measure {
    case .weekly(let allowed) where try isElsewhere(limit): return unknown(limit, allowed, week)
    case .monthly(let allowed) where try isElsewhere(limit): return unknown(limit, allowed, month)
    case .weekly(let allowed): return try verdict(limit, allowed, span: "week", week)
    case .monthly(let allowed): return try verdict(limit, allowed, span: "month", month)
    case .unusedShare(let allowed):
      return try verdict(limit, allowed, part: try lacksPlaces() ? nil : try sum("totals", "unused_usd", week))
    case .retriedShare(let allowed): return try verdict(limit, allowed, part: try sum("retry-cost", "cost_usd", week))
    }
  }

  /// In a currency in which nothing here is billed.
  private func isElsewhere(_ limit: Limit) throws -> Bool {
    guard let currency = limit.currency else { return false }
    return try !connection.currencies().contains(currency)
  }

  private func unknown(_ limit: Limit, _ allowed: Money, _ days: (from: Day, to: Day)) -> Verdict {
    Verdict(
      limit: limit, actual: nil, allowed: .money(allowed), period: "\(days.from) to \(days.to + -1)", isBroken: false)
  }

  private func verdict(_ limit: Limit, _ allowed: Money, span: String, _ days: (from: Day, to: Day)) throws -> Verdict {
    let actual = forecasts ? try expected(limit.scope, span) : try cost(limit.scope, days)
    return Verdict(
      limit: limit, actual: actual.map(Verdict.Amount.money), allowed: .money(allowed),
      period: forecasts ? "expected of this \(span)" : "\(days.from) to \(days.to + -1)",
      isBroken: actual.map { $0 > allowed } ?? false,
      isSoFar: !forecasts && days.to > today, time: forecasts ? PricedTime() : try time(limit.scope, days),
      evidence: forecasts ? Evidence() : try evidence(days))
  }

  /// Of what ran on these days, as in the view `priced_day`.
  private func time(_ scope: Limit.Scope, _ days: (from: Day, to: Day)) throws -> PricedTime {
    enum Field: Int32, SelectedColumn {
      case ms, unpricedMs
      var sql: String { "SUM(d.\(name))" }
    }
    let chosen =
      switch scope {
      case .everything: ""
      case .jobQueue: "AND d.job_queue IN (SELECT id FROM job_queue WHERE name = ?3)"
      case .tag: "AND d.tag_set IN (SELECT tag_set FROM tag WHERE name = ?3 AND value = ?4)"
      }
    let row = try connection.prepare(
      "SELECT \(Field.list) FROM daily_cost d WHERE d.day >= ?1 AND d.day < ?2 \(chosen)")
    defer { row.reset() }
    row.bind(Int64(days.from.number), Int64(days.to.number))
    switch scope {
    case .everything: break
    case .jobQueue(let name): row.bind(name, at: 3)
    case .tag(let name, let value):
      row.bind(name, at: 3)
      row.bind(value, at: 4)
    }
    guard try row.step() else { return PricedTime() }
    return PricedTime(billed: row.integer(Field.ms), unpriced: row.integer(Field.unpricedMs))
  }

  private func verdict(_ limit: Limit, _ allowed: Double, part: Money?) throws -> Verdict {
    let whole = try sum("totals", "cost_usd", week)
    let share = part.flatMap { part in
      whole.flatMap { $0 > .zero ? Double(part.nanodollars) / Double($0.nanodollars) : nil }
    }
    // Whatever has no price may be work or unused, so a share above its limit proves as little as one below it.
    let (evidence, time) = (try evidence(week), try time(.everything, week))
    return Verdict(
      limit: limit, actual: share.map(Verdict.Amount.share), allowed: .share(allowed),
      period: "\(week.from) to \(week.to + -1)",
      isBroken: time.isPriced && !evidence.areJobsUnknown && share.map { $0 > allowed } ?? false,
      isSoFar: week.to > today, isOfNothing: try isKnown(week) && whole == .zero, time: time, evidence: evidence)
  }

  /// Of more than a twentieth of the attempts nobody knows the instance, so that what they used counts as unused.
  private func lacksPlaces() throws -> Bool {
    let days = ["from": week.from.description, "to": week.to.description]
    let sure = try connection.rows(queries.query("confidence"), parameters: days)
    if sure.rowCount == 0 { return false }
    let attempts = try connection.rows(queries.query("totals"), parameters: days)[0, "attempts"]?.number ?? 0
    return (sure[0, "unplaced_attempts"]?.number ?? 0) * 20 > attempts
  }

  private func evidence(_ days: (from: Day, to: Day)) throws -> Evidence {
    let rows = try connection.rows(
      queries.query("confidence"), parameters: ["from": days.from.description, "to": days.to.description])
    var evidence = Evidence()
    guard rows.rowCount > 0 else { return evidence }
    evidence.undescribedShare = rows[0, "undescribed_share"]?.number ?? 0
    evidence.isMostlyUndescribed = rows[0, "is_mostly_undescribed"]?.isTrue ?? false
    evidence.areJobsUnknown = rows[0, "jobs_unknown"]?.isTrue ?? false
    evidence.unreadFiles = Int(rows[0, "unread_files"]?.number ?? 0)
    return evidence
  }

  /// - Returns: nil for a queue or a tag that the database has never seen, most likely a typo, and for days that were
  ///   not collected.
  private func cost(_ scope: Limit.Scope, _ days: (from: Day, to: Day)) throws -> Money? {
    guard try isKnown(days) else { return nil }
    switch scope {
    case .everything: return try sum("totals", "cost_usd", days)
    case .jobQueue(let name):
      let names = try shownNames(ofQueue: name)
      return names.isEmpty ? nil : try sum("cost-by-queue", "cost_usd", days, where: ("job_queue", names))
    case .tag(let name, let value):
      return try exists(name, value)
        ? try sum("cost-by-tag", "cost_usd", days, tag: name, where: ("tag_value", [value])) : nil
    }
  }

  /// Whether the ledger has any of these days.
  private func isKnown(_ days: (from: Day, to: Day)) throws -> Bool {
    try connection.integer(
      "SELECT COUNT(*) FROM calendar WHERE day >= \(days.from.number) AND day < \(days.to.number)") > 0
  }

  /// What queries call the queues of a name: with region or account behind it where several have the same.
  private func shownNames(ofQueue name: String) throws -> [String] {
    try connection.column(
      "SELECT n.name FROM named_queue n JOIN job_queue q ON q.id = n.id WHERE ? IN (q.name, n.name)", name,
      of: String.self)
  }

  private func exists(_ tag: String, _ value: String) throws -> Bool {
    let row = try connection.prepare("SELECT 1 FROM tag WHERE name = ? AND value = ?")
    row.bind(tag, value)
    defer { row.reset() }
    return try row.step()
  }

  private func expected(_ scope: Limit.Scope, _ span: String) throws -> Money? {
    let (kind, names) =
      switch scope {
      case .everything: (DailySeries.Kind.everything, [""])
      case .jobQueue(let name): (.jobQueue, try shownNames(ofQueue: name))
      case .tag(let name, let value): (.tag, ["\(name)=\(value)"])
      }
    let rows = try connection.rows(queries.query("forecast"), parameters: [:])
    var sum: Money?
    for row in 0..<rows.rowCount
    where rows[row, "kind"] == .text(kind.rawValue) && names.contains(rows[row, "name"]?.plain ?? "")
      && rows[row, "span"] == .text(span)
    {
      if case .money(let amount)? = rows[row, "expected_usd"] { sum = (sum ?? .zero) + amount }
    }
    return sum
  }

  /// Adds up a column of a named query: nothing of no rows, nil of rows of which nothing is known.
  private func sum(
    _ query: String, _ column: String, _ days: (from: Day, to: Day), tag: String = "",
    where match: (column: String, values: [String])? = nil
  ) throws -> Money? {
    let rows = try connection.rows(
      queries.query(query), parameters: ["from": days.from.description, "to": days.to.description, "tag": tag])
    let needed = [column] + (match.map { [$0.column] } ?? [])
    if let missing = needed.first(where: { !rows.names.contains($0) }) {
      throw StoreError(.query, "\(query): has no column \(missing), which `check` needs")
    }
    let chosen = (0..<rows.rowCount).filter { row in
      match.map { $0.values.contains(rows[row, $0.column]?.plain ?? "") } ?? true
    }
    if chosen.isEmpty { return .zero }
    var sum: Money?
    for row in chosen {
      if case .money(let amount)? = rows[row, column] { sum = (sum ?? .zero) + amount }
    }
    return sum
  }
}
