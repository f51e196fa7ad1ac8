import Accounting
import ArgumentParser
import Domain
import Insights
import Reporting
import Store

extension ReportSubject {
  /// The subject of a report on a period of this database.
  init(_ connection: Connection, _ period: Period, _ lens: Lens, _ currency: Currency) throws {
    var accounts: Set<String> = []
    var regions: Set<String> = []
    func addPlaces(_ source: String) throws {
      try connection.each("SELECT DISTINCT p.account, p.region FROM \(source)") { (account: String, region: String) in
        accounts.insert(account)
        regions.insert(region)
      }
    }
    try addPlaces("resource r JOIN account_region p ON p.id = r.account_region")
    // Jobs that nothing is known to have run on tell where they are, too.
    if accounts.isEmpty { try addPlaces("account_region p") }
    let settings = try LedgerSettings(storedIn: connection)
    let collected = try connection.integer(
      "SELECT COALESCE(CAST(MAX(value) AS INTEGER), 0) FROM ledger_setting WHERE name = 'collected_at_ms'")
    self.init(
      from: period.from, to: period.to, accounts: accounts.sorted(), regions: regions.sorted(),
      collectedAt: Instant(milliseconds: collected), currency: currency,
      // A long foot is cut off at its end.
      policy: (lens.pseudonyms == nil ? "" : "names replaced · ")
        + "unused cost \(lens.isOfPlaces ? "kept separate" : "left out") · \(settings.words)",
      narrowing: lens.conditions.isEmpty
        ? nil : Narrowing(words: lens.words, note: lens.note, leavesUnusedOut: !lens.isOfPlaces))
  }
}

extension LedgerSettings {
  /// The settings behind the numbers, for a report's footer.
  var words: String {
    let weights =
      switch scheme {
      case .splitCost: "vCPU : GB : GPU weighted 9 : 1 : 90"
      case .ratio(let vcpu, let gb, let gpu): "vCPU : GB : GPU weighted \(vcpu) : \(gb) : \(gpu)"
      case .cpuOnly: "weighted by vCPU only"
      case .memoryOnly: "weighted by memory only"
      case .maxShare: "weighted by the largest share"
      case .gpuOnly: "weighted by GPU only, vCPU : GB 9 : 1 where there is none"
      case .openCost: "vCPU : GB : GPU weighted like OpenCost's default prices"
      }
    let rule = spotRule == .continuous ? " · Spot price continuous" : ""
    return "\(weights)\(rule)"
  }
}

extension PeriodOptions {
  /// The period that was asked for, else the report's own: the last complete week or month in the data, or all of it.
  func period(_ connection: Connection, for report: Report) throws -> Period {
    let period =
      switch try report.period {
      case _ where isGiven: try period(connection)
      case .all: try period(connection)
      case .week: try periodOrLastWeek(connection)
      case .month: try Self.lastWholeMonth(connection) ?? period(connection)
      }
    // Without data the page would be about 1 January 1970.
    guard period != .none else {
      throw ValidationError("nothing that was collected has run yet, so there is nothing to report")
    }
    return period
  }

  private static func lastWholeMonth(_ connection: Connection) throws -> Period? {
    let days = try connection.days(
      """
      SELECT MIN(day), MAX(day) + 1 FROM calendar GROUP BY month
      HAVING MIN(date) LIKE '%-01' AND MAX(until) IS NULL ORDER BY month DESC LIMIT 1
      """)
    return days.map { Period(from: $0.from, to: $0.to) }
  }
}
