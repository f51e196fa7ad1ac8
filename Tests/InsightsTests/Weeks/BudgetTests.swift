import Domain
import Store
import Testing

@testable import Insights

@Suite struct BudgetTests {
  /// $0.40 of work in three hours at $0.20: $0.20 unused, and $0.20 of the work failed.
  @Test func verdictsMatchHandCalculation() throws {
    let facts = try UnitTests.oneRetried()
    try facts.execute("INSERT INTO tag_set VALUES (7, '{\"team\":\"ml\"}'); UPDATE job SET tag_set = 7 WHERE id = 2")
    try facts.execute("UPDATE attempt SET tag_set = 7 WHERE job = 2")
    try facts.build()
    func money(_ text: String) -> BudgetCheck.Verdict.Amount? { Money(budget: text).map { .money($0) } }
    let limits = [
      Limit(.everything, .weekly(Money(nanodollars: 599_999_999))),
      Limit(.everything, .weekly(Money(nanodollars: 600_000_000))),
      Limit(.jobQueue("on-demand"), .monthly(Money(nanodollars: 400_000_000))),
      Limit(.tag(name: "team", value: "ml"), .weekly(Money(nanodollars: 90_000_000))),
      Limit(.tag(name: "team", value: "mi"), .weekly(Money(nanodollars: 90_000_000))),
      Limit(.everything, .unusedShare(0.3)), Limit(.everything, .retriedShare(0.34)),
    ]
    let verdicts = try facts.database.read { connection in
      try BudgetCheck(connection, week: nil, forecasts: false).verdicts(limits)
    }
    #expect(verdicts.map(\.isBroken) == [true, false, false, true, false, true, false])
    let third = BudgetCheck.Verdict.Amount.share(1.0 / 3)
    let actual: [BudgetCheck.Verdict.Amount?] = [
      money("0.6"), money("0.6"), money("0.4"), money("0.1"), nil, third, third,
    ]
    #expect(verdicts.map(\.actual) == actual)
    #expect(verdicts[0].period == "2026-10-19 to 2026-10-19")
    #expect(verdicts[2].period == "2026-10-01 to 2026-10-31")
  }

  @Test(
    "Commas group thousands: a decimal comma is no amount",
    arguments: [
      ("5000", 5_000), ("$5,000", 5_000), ("12,500.25", 12_500.25), ("1,234,567", 1_234_567), ("12.50", 12.5),
      ("12,50", nil),
      ("1.234,50", nil), ("1,2345", nil), (",5", nil), ("5,", nil),
    ] as [(String, Double?)])
  func amounts(_ text: String, _ dollars: Double?) {
    #expect(Money(budget: text) == dollars.map { Money(nanodollars: Int64($0 * 1_000_000_000)) })
  }

  @Test func aWeekWithoutDataHasNoVerdict() throws {
    let facts = try UnitTests.oneRetried()
    try facts.build()
    let verdicts = try facts.database.read { connection in
      try BudgetCheck(connection, week: Day(year: 2027, month: 1, day: 4), forecasts: false).verdicts([
        Limit(.everything, .weekly(Money(nanodollars: 1))), Limit(.everything, .unusedShare(0.3)),
      ])
    }
    #expect(verdicts.map(\.actual) == [nil, nil])
    #expect(verdicts.map(\.isBroken) == [false, false])
  }

  /// 26 October to 1 November has six days of October.
  @Test("With a week comes the month in which most of it lies")
  func monthOfAWeek() throws {
    let facts = try UnitTests.oneRetried()
    try facts.build()
    let verdicts = try facts.database.read { connection in
      try [Day(year: 2026, month: 10, day: 26), Day(year: 2026, month: 9, day: 28)].flatMap { monday in
        try BudgetCheck(connection, week: monday, forecasts: false).verdicts([
          Limit(.everything, .monthly(Money(nanodollars: 1)))
        ])
      }
    }
    #expect(verdicts.map(\.period) == ["2026-10-01 to 2026-10-31"] + ["2026-10-01 to 2026-10-31"])
  }

  @Test("What a week cost is so far until its last day was collected whole")
  func soFar() throws {
    let facts = try FactBase()
    try facts.collected(at: "2026-10-25T23:00:00Z")
    try facts.instance(1, spot: false, type: "c5.xlarge", "2026-10-19T08:00:00Z", "2026-10-19T09:00:00Z")
    try facts.build()
    func isSoFar(_ day: Int) throws -> Bool {
      try facts.database.read { connection in
        try BudgetCheck(connection, week: Day(year: 2026, month: 10, day: day), forecasts: false)
          .verdicts([Limit(.everything, .unusedShare(0.3))])[0].isSoFar
      }
    }
    #expect(try isSoFar(19))
    #expect(try !isSoFar(12))
  }

  @Test("Of a week that cost nothing there is no share to check")
  func shareOfNothing() throws {
    let facts = try FactBase()
    try facts.collected(at: "2026-10-26T05:00:00Z")
    try facts.instance(1, spot: false, type: "c5.xlarge", "2026-10-12T08:00:00Z", "2026-10-12T09:00:00Z")
    try facts.build()
    let verdicts = try facts.database.read { connection in
      try [12, 19].flatMap { day in
        try BudgetCheck(connection, week: Day(year: 2026, month: 10, day: day), forecasts: false).verdicts([
          Limit(.everything, .unusedShare(0.3))
        ])
      }
    }
    #expect(verdicts.map(\.isOfNothing) == [false, true])
    #expect(verdicts[0].actual == .share(1))
    #expect(verdicts[1].actual == nil)
  }

  @Test func aForecastWithoutHistoryHasNoVerdict() throws {
    let facts = try UnitTests.oneRetried()
    try facts.build()
    let verdict = try facts.database.read { connection in
      try BudgetCheck(connection, week: nil, forecasts: true).verdicts([
        Limit(.everything, .weekly(Money(nanodollars: 1)))
      ])
    }
    #expect(verdict.map(\.actual) == [nil])
    #expect(verdict.map(\.isBroken) == [false])
  }

  static let budgets: [(String, Limit?)] = [
    ("team=ml:800", Limit(.tag(name: "team", value: "ml"), .weekly(Money(nanodollars: 800_000_000_000)))),
    ("queue=gpu:1,200.50", Limit(.jobQueue("gpu"), .weekly(Money(nanodollars: 1_200_500_000_000)))),
    ("aws:team=a:b:3/month", Limit(.tag(name: "aws:team", value: "a:b"), .monthly(Money(nanodollars: 3_000_000_000)))),
    ("gpu:3", nil), ("team=:3", nil), ("team=ml:-3", nil), ("team=ml:", nil), ("team=ml", nil),
  ]

  @Test(arguments: budgets) func readsBudgets(text: String, limit: Limit?) { #expect(Limit(budget: text) == limit) }

  @Test(arguments: [("20%", 0.2), ("0.2", 0.2), ("0%", 0.0), ("20", nil), ("-1%", nil), ("x", nil)])
  func readsShares(text: String, share: Double?) { #expect(parseShare(text) == share) }
}
