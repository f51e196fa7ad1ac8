import Domain
import ReportSamples
import Store
import Testing

@testable import Reporting

/// A period's findings are counted alike on every page. In the sample's week 2026-W44, ten instances launched then or
/// earlier were still running at collection, and four attempts began on unknown instances.
@Suite struct FindingsTests {
  private func rows(_ query: String, _ subject: ReportSubject = Fortnight.week) throws -> DataTable {
    try Fortnight.source().rows(
      query, parameters: ["from": subject.from.description, "to": subject.to.description, "tag": "team"])
  }

  private func byCheck(_ subject: ReportSubject = Fortnight.week) throws -> [String: Int64] {
    let rows = try rows("findings-by-check", subject)
    return Dictionary(uniqueKeysWithValues: rows.rows.map { ($0[0].plain, Int64($0[2].plain) ?? -1) })
  }

  @Test func openInstancesAndUnplacedAttemptsAreAllCounted() throws {
    let counts = try byCheck()
    #expect(counts["open-instance"] == 10)
    #expect(counts["unplaced"] == 4)
    let confidence = try rows("confidence")
    #expect(confidence[0, "open_instances"] == .integer(10))
    #expect(confidence[0, "unplaced_attempts"] == .integer(4))
  }

  @Test("An instance that EC2 and CloudTrail both describe is counted once: 4,843 s have no price")
  func unpricedTimeIsThatOfTheTotals() throws {
    #expect(try rows("confidence")[0, "unpriced_seconds"] == .real(4843))
    #expect(try rows("totals")[0, "unpriced_seconds"] == .real(4843))
  }

  @Test("Attempts on unknown hosts are counted too: 5,962 began, as the totals say")
  func attemptsAreThoseOfTheTotals() throws {
    #expect(try rows("totals")[0, "attempts"] == .integer(5962))
    #expect(try rows("right-sizing-totals")[0, "attempts"] == .integer(5962))
    let queues = try rows("usage-coverage")
    #expect((queues["attempts"] ?? []).reduce(0) { $0 + Int($1.number ?? 0) } == 5962)
    let steps = try rows("bridge")
    let volume = steps.rows.first { $0[0] == .text("volume") }
    #expect(volume?[1] == .real(5127) && volume?[2] == .real(4294))
  }

  @Test("The list adds up to the counts, in time too", arguments: [true, false])
  func theListAddsUp(whole: Bool) throws {
    let subject = whole ? Fortnight.all : Fortnight.week
    let list = try rows("findings", subject)
    var sums: [String: Int64] = [:]
    for row in list.rows { sums[row[0].plain, default: 0] += Int64(row[5].plain) ?? 0 }
    #expect(sums == (try byCheck(subject)))
  }

  @Test("The open instances' time is that of the week: 2,265,903 s")
  func timeIsThatOfThePeriod() throws {
    let rows = try rows("findings-by-check")
    let seconds = rows.rows.filter { $0[0].plain == "open-instance" }.map { $0[3] }
    #expect(seconds == [.real(2_265_903)])
  }

  @Test("The most severe come first", arguments: ["findings", "findings-by-check"])
  func severityOrders(_ name: String) throws {
    let database = try Database(path: ":memory:")
    let severities = try database.write { connection in
      for (number, severity) in ["note", "warning", "error"].enumerated() {
        try connection.execute(
          "INSERT INTO ledger_finding VALUES ('check-\(number)', '\(severity)', 'i-1', 'so it is', NULL, NULL)")
      }
      return try connection.rows(QueryLibrary().query(name), parameters: ["from": "2026-10-26", "to": "2026-11-02"])
        .rows.map { $0[1] }
    }
    #expect(severities == [.text("error"), .text("warning"), .text("note")])
  }

  @Test func theTitleCountsTheRowsOfTheTable() throws {
    let titles = try rows("weekly-titles")
    let severities = try rows("findings-by-check").rows.map { $0[1].plain }
    #expect(titles[0, "warnings"] == .integer(2))
    #expect(titles[0, "notes"] == .integer(6))
    #expect(severities.filter { $0 == "note" }.count == 6)
    #expect(severities.count == 8)
  }

  @Test("One On-Demand equivalent: totals, FOCUS")
  func oneOnDemandEquivalent() throws {
    let totals = try rows("totals", Fortnight.all)
    #expect(totals[0, "on_demand_usd"] == .money(Money(nanodollars: 24_516_602_744_326)))
    #expect(totals[0, "left_out_usd"] == .money(Money(nanodollars: 5_248_542_639)))
    let focus = try rows("focus", Fortnight.all)
    let listed = focus.rows.indices.reduce(Money.zero) { sum, row in
      if case .money(let money)? = focus[row, "list_cost_usd"] { sum + money } else { sum }
    }
    #expect(listed == Money(nanodollars: 24_516_602_744_326))
  }
}
