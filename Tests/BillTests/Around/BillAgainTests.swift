import Accounting
import Insights
import Store
import Testing

/// Editions of a bill: what surrounds jobs is divided again only on the days on which an edition says otherwise.
@Suite struct BillAgainTests {
  typealias Row = SmallAccount

  /// One hour on Fargate on each of two days; both jobs write into one log group.
  private static func account() throws -> SmallAccount {
    let account = try SmallAccount()
    try account.addFargate()
    try account.database.execute("INSERT INTO job_definition_resource VALUES (1, 0, '/aws/batch/job', '')")
    try account.addTask(1, "2026-10-05T09:00:00Z", "2026-10-05T10:00:00Z")
    try account.addTask(2, "2026-10-06T09:00:00Z", "2026-10-06T10:00:00Z")
    return account
  }

  private static func bill(_ fifth: String, _ sixth: String) -> [String] {
    Row.taskRows(1, "2026-10-05T09", vcpuHours: "2", gbHours: "4", vcpuCost: "0.08", gbCost: "0.02")
      + [("05", fifth), ("06", sixth)].map { day, cost in
        Row.row(
          "arn:aws:logs:eu-west-1:111122223333:log-group:/aws/batch/job", "2026-10-\(day)T09", amount: "1", cost: cost,
          item: "EU-DataProcessing-Bytes", product: "AmazonCloudWatch")
      }
  }

  private static func parts(_ account: SmallAccount) throws -> [String] {
    try account.database.lines(
      "SELECT date(day * 86400, 'unixepoch'), cost, kilobytes FROM around_part ORDER BY day, attempt")
  }

  @Test("A later edition changes one day: the other stays as it is, even with a mark that no build would write")
  func oneDay() async throws {
    let account = try Self.account()
    try await account.reconcile(Self.bill("1", "2"))
    #expect(try Insights.build(account.database) == .everything)
    #expect(try Self.parts(account) == ["2026-10-05|1000000000|1000000", "2026-10-06|2000000000|1000000"])
    try account.database.execute("UPDATE around_part SET kilobytes = -7")
    try await account.reconcile(Self.bill("1", "3"))
    #expect(try Insights.build(account.database) == .part)
    #expect(try Self.parts(account) == ["2026-10-05|1000000000|-7", "2026-10-06|3000000000|1000000"])
  }

  @Test("A day that leaves the bill leaves the insights")
  func gone() async throws {
    let account = try Self.account()
    try await account.reconcile(Self.bill("1", "2"))
    try Insights.build(account.database)
    try await account.reconcile(Array(Self.bill("1", "2").dropLast()))
    #expect(try Insights.build(account.database) == .part)
    #expect(try Self.parts(account) == ["2026-10-05|1000000000|1000000"])
  }

  @Test("A bill that changes what an instance cost changes the insights of its jobs, and of no others")
  func otherCost() async throws {
    let account = try SmallAccount()
    try account.addFargate()
    try account.addInstance("i-0a", launched: "2026-10-05T09:00:00Z", ended: "2026-10-05T11:00:00Z")
    try account.addInstance("i-0b", launched: "2026-10-07T09:00:00Z", ended: "2026-10-07T11:00:00Z")
    try account.addAttempt(3, on: "i-0a", milliVCPUs: 2000, from: 0, to: 120)
    // The whole instance.
    try account.database.execute("UPDATE attempt SET memory_mib = 4096")
    func bill(_ cost: String) -> [String] {
      ["09", "10"].map { Row.row("i-0a", "2026-10-05T\($0)", amount: "1", cost: cost) }
        + ["09", "10"].map { Row.row("i-0b", "2026-10-07T\($0)", amount: "1", cost: "0.1") }
    }
    try await account.reconcile(bill("0.1"))
    try Insights.build(account.database)
    func days() throws -> [String] {
      try account.database.lines("SELECT date(day * 86400, 'unixepoch'), cost, attempts FROM step_day")
    }
    #expect(try days() == ["2026-10-05|200000000|1"])
    try await account.reconcile(bill("0.13"))
    #expect(try Insights.build(account.database) == .part)
    #expect(try days() == ["2026-10-05|260000000|1"])
  }
}
