import Accounting
import Collect
import Domain
import Foundation
import Insights
import ReportSamples
import Reports
import Store
import TestSupport

@testable import Reporting

/// An account as a database, with its reports.
struct PagesAccount {
  var name: String
  var database: Database
  /// The week, or all the days, its reports cover.
  var from: Day
  var to: Day

  /// The run report covers all jobs here, since no lens narrows it.
  static let reports = ["weekly", "spot-audit", "right-sizing", "run"]

  static func text(_ report: String) -> String { embeddedReports.first { $0.name == report }?.text ?? "" }

  /// A folder of AWS CLI answers: one of Tests/Fixtures/zoo, such as `tiny`, or the sample.
  init(folder: URL, asOf: Instant, week: Day?) throws {
    name = folder.lastPathComponent
    database = try Database(path: ":memory:")
    _ = try Collector().collect(paths: [folder.path], asOf: asOf, database: database)
    _ = try Ledger.build(database)
    try Insights.build(database)
    (from, to) = try Self.period(database, week: week)
  }

  init(_ account: GeneratedAccount, week: Day? = nil) throws {
    name = "seed \(account.seed)"
    database = try Database(path: ":memory:")
    for facts in [account.facts, account.later] where !facts.isEmpty {
      try database.write { try $0.execute(facts) }
      _ = try Ledger.build(database)
    }
    let dollars: (Int64) -> Money = { Money(nanodollars: $0 * 1_000_000_000) }
    let budgets: [Limit] =
      switch account.seed % 10 {
      case 0: [Limit(.everything, .weekly(dollars(50)))]
      case 5:
        [
          Limit(.everything, .monthly(dollars(400))), Limit(.jobQueue("main"), .weekly(dollars(5))),
          Limit(.tag(name: "team", value: "q1"), .weekly(dollars(1))),
        ]
      default: []
      }
    try Insights.build(database, settings: InsightSettings(budgets: budgets))
    (from, to) = try Self.period(database, week: week)
  }

  private static func period(_ database: Database, week: Day?) throws -> (Day, Day) {
    try database.read { connection in
      if let week { return (week, week + 7) }
      guard let days = try connection.defaultDays() else { return (Day(number: 20_689), Day(number: 20_691)) }
      return (days.from, days.to)
    }
  }

  var subject: ReportSubject {
    get throws {
      try database.read { connection in
        let places = try connection.prepare(
          "SELECT DISTINCT p.account, p.region FROM resource r JOIN account_region p ON p.id = r.account_region")
        var (accounts, regions): (Set<String>, Set<String>) = ([], [])
        while try places.step() {
          accounts.insert(places.text(0))
          regions.insert(places.text(1))
        }
        let collected = try connection.integer("SELECT COALESCE(MAX(as_of_ms), 0) FROM collection")
        return ReportSubject(
          from: from, to: to, accounts: accounts.sorted(), regions: regions.sorted(),
          collectedAt: Instant(milliseconds: collected), currency: Currency(ofRegion: regions.first ?? ""),
          policy: "unused cost kept separate")
      }
    }
  }

  var renderer: ReportRenderer {
    get throws { ReportRenderer(source: StoreSource(database: database), subject: try subject) }
  }

  func document(_ report: String) throws -> Document {
    try renderer.document(Report(file: "Reports/\(report).md", name: report, text: Self.text(report)))
  }

  var recomputed: Recomputed { get throws { try database.read { try Recomputed($0, from: from, to: to) } } }

  /// Everything the critic finds in its reports.
  func faults() throws -> [Fault] {
    let recomputed = try recomputed
    let documents = try Self.reports.map { try document($0) }
    return try documents.flatMap {
      try Critic($0, source: Self.text($0.name), recomputed: recomputed).faults()
    } + Self.definitions(documents)
  }

  /// Figures that share a name must be equal on every page of an account.
  static func definitions(_ documents: [Document]) -> [Fault] {
    let same = [
      ("cost", ["headline.cost_usd", "totals.cost_usd"]),
      ("net Spot saving", ["headline.net_saving_usd", "spot-audit.net_usd"]),
      ("paid for Spot", ["spot-audit.spot_usd", "totals.spot_usd"]),
      ("work lost on Spot", ["spot-audit.lost_usd", "weekly-titles.spot_lost_usd"]),
    ]
    let quotes = documents.flatMap { document in document.quotes.map { (document.name, $0) } }
    return same.flatMap { word, columns -> [Fault] in
      let said = quotes.filter { columns.contains("\($0.1.query).\($0.1.column)") }
      let values = Set(said.compactMap { if case .money(let money) = $0.1.value { money } else { nil } })
      return values.count < 2
        ? []
        : [Fault(report: said[0].0, kind: .definition, place: word, message: "\(values.sorted().map(\.description))")]
    }
  }

  static func zoo(_ name: String) throws -> PagesAccount {
    let asOf = Instant(name == "zero" ? "2026-11-09T05:20:00Z" : "2026-11-02T05:20:00Z")
    return try PagesAccount(
      folder: Repository.root.appendingPathComponent("Tests/Fixtures/zoo/\(name)"),
      asOf: asOf ?? Instant(milliseconds: 0),
      week: Day(year: 2026, month: 10, day: 26))
  }

  /// Collected once: it is the largest.
  static func sample() throws -> PagesAccount { try collectedSample.get() }

  private static let collectedSample = Result {
    try PagesAccount(
      folder: URL(fileURLWithPath: Repository.fortnight), asOf: Fortnight.collectedAt, week: nil)
  }
}
