import Accounting
import ArgumentParser
import Domain
import Insights
import Reporting
import Store

extension ReportSubject {
  /// What a report on a period of this database is about.
  init(_ connection: Connection, _ period: Period, _ lens: Lens, _ currency: Currency) throws {
    var accounts: Set<String> = []
    var regions: Set<String> = []
    let rows = try connection.prepare(
      "SELECT DISTINCT p.account, p.region FROM resource r JOIN account_region p ON p.id = r.account_region")
    while try rows.step() {
      accounts.insert(rows.text(0))
      regions.insert(rows.text(1))
    }
    let settings = try LedgerSettings(storedIn: connection)
    let collected = try connection.integer(
      "SELECT COALESCE(CAST(MAX(value) AS INTEGER), 0) FROM ledger_setting WHERE name = 'collected_at_ms'")
    self.init(
      from: period.from, to: period.to, accounts: accounts.sorted(), regions: regions.sorted(),
      collectedAt: Instant(milliseconds: collected), currency: currency,
      policy: "unused cost \(lens.isOfPlaces ? "kept separate" : "left out") · \(settings.words)"
        + (lens.pseudonyms == nil ? "" : " · names replaced"),
      narrowing: lens.conditions.isEmpty
        ? nil : Narrowing(words: lens.words, note: lens.note, leavesUnusedOut: !lens.isOfPlaces))
  }
}

extension LedgerSettings {
  /// What the numbers rest on, for a report's foot.
  var words: String {
    let weights =
      switch scheme {
      case .splitCost: "vCPU : GB : GPU weighted 9 : 1 : 90"
      case .ratio(let vcpu, let gb, let gpu): "vCPU : GB : GPU weighted \(vcpu) : \(gb) : \(gpu)"
      case .cpuOnly: "weighted by vCPU only"
      case .memoryOnly: "weighted by memory only"
      case .maxShare: "weighted by the largest share"
      case .gpuOnly: "weighted by GPU only, vCPU : GB 9 : 1 where there is none"
      case .openCost: "vCPU : GB : GPU weighted as OpenCost's default prices"
      }
    let rule = spotRule == .continuous ? " · Spot price continuous" : ""
    return "\(weights)\(rule)"
  }
}

extension PeriodOptions {
  /// The period that was asked for, else the one that the report is made for: the last week or month that the data
  /// hold whole, or all of them.
  func period(_ connection: Connection, for report: Report) throws -> Period {
    let period =
      switch try report.period {
      case _ where isGiven: try period(connection)
      case .all: try period(connection)
      case .week: try periodOrLastWeek(connection)
      case .month: try Self.lastWholeMonth(connection) ?? period(connection)
      }
    // A page about the first of January 1970 would be about nothing.
    guard period != .none else {
      throw ValidationError("nothing that was collected has run yet: there is nothing to report")
    }
    return period
  }

  private static func lastWholeMonth(_ connection: Connection) throws -> Period? {
    let rows = try connection.prepare(
      """
      SELECT MIN(day), MAX(day) + 1 FROM calendar GROUP BY month
      HAVING MIN(date) LIKE '%-01' AND MAX(until) IS NULL ORDER BY month DESC LIMIT 1
      """)
    defer { rows.reset() }
    guard try rows.step() else { return nil }
    return Period(from: Day(number: Int32(rows.integer(0))), to: Day(number: Int32(rows.integer(1))))
  }
}
