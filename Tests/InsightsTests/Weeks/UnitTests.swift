import Domain
import Store
import Testing

@testable import Insights

@Suite struct UnitTests {
  /// A c5.xlarge at $0.20 an hour. One job of the whole of it fails after half an hour and succeeds in another hour;
  /// one of half of it runs for an hour and fails for good.
  ///
  ///     job 1: 0.10 + 0.20 = 0.30, of which 0.10 was run again       job 2: 0.10, failed
  ///     cost a job 0.40 ÷ 2 = 0.20, a succeeded job 0.40 ÷ 1 = 0.40
  static func oneRetried() throws -> FactBase {
    var facts = try FactBase()
    try facts.collected(at: "2026-10-20T00:00:00Z")
    try facts.instance(1, spot: false, "2026-10-19T10:00:00Z", "2026-10-19T13:00:00Z")
    try facts.job(
      queue: FactBase.onDemandQueue,
      [
        .init(on: 1, "2026-10-19T10:00:00Z", "2026-10-19T10:30:00Z", .exitCode),
        .init(on: 1, "2026-10-19T10:30:00Z", "2026-10-19T11:30:00Z"),
      ])
    try facts.job(
      queue: FactBase.onDemandQueue, milliVCPUs: 2000, memoryMiB: 4096,
      [.init(on: 1, "2026-10-19T12:00:00Z", "2026-10-19T13:00:00Z", .exitCode)])
    return facts
  }

  @Test func succeededJobsPayForFailedOnes() throws {
    let facts = try Self.oneRetried()
    try facts.build()
    let rows = try facts.rows("unit-costs")
    #expect(rows.rows.count == 1)
    #expect(rows[0, "jobs"] == .integer(2))
    #expect(rows[0, "succeeded_jobs"] == .integer(1))
    #expect(rows[0, "cost_usd"] == usd("0.4"))
    #expect(rows[0, "failed_usd"] == usd("0.1"))
    #expect(rows[0, "cost_per_job_usd"] == .real(0.2))
    #expect(rows[0, "cost_per_succeeded_job_usd"] == .real(0.4))
  }

  @Test func hiddenRetriesBelongToJobsThatSucceeded() throws {
    let facts = try Self.oneRetried()
    try facts.build()
    let hidden = try facts.rows("hidden-retries")
    #expect(
      hidden.rows == [
        [
          .text("one"), .text("one"), .null, .null, .text("exit code"), .integer(1), .integer(1), .real(0.5),
          usd("0.1"),
          usd("0"), usd("0"), .text("sure"), .real(0.25),
        ]
      ])
    let queues = try facts.rows("retry-cost-by-queue")
    #expect(
      queues.rows == [
        [
          .text("on-demand"), .text("exit code"), .integer(2), usd("0.2"), usd("0.2"), usd("0.1"), usd("0"), usd("0"),
          .real(0.5),
        ]
      ])
    let definitions = try facts.rows("retry-cost-by-job-definition")
    #expect(definitions[0, "cost_usd"] == usd("0.2"))
    #expect(definitions[0, "share"] == .real(0.5))
  }

  /// Twenty children of ten minutes, one after another on one machine, and one that ends an hour after them.
  @Test func theLastChildHoldsTheArrayUp() throws {
    var facts = try FactBase()
    try facts.collected(at: "2026-10-20T00:00:00Z")
    try facts.instance(1, spot: false, "2026-10-19T10:00:00Z", "2026-10-19T15:00:00Z")
    let start = ms("2026-10-19T10:00:00Z")
    for child in 0..<20 {
      let begin = start + Int64(child) * 600_000
      try facts.job(queue: FactBase.onDemandQueue, parent: 1, [.init(on: 1, begin, begin + 600_000)])
    }
    // 13:20 to 14:20.
    try facts.job(
      queue: FactBase.onDemandQueue, parent: 1, [.init(on: 1, start + 12_000_000, start + 15_600_000)])
    try facts.build()
    let rows = try facts.rows("array-stragglers")
    #expect(rows.rows.count == 1)
    #expect(rows[0, "children"] == .integer(21))
    #expect(rows[0, "seconds"] == .real(15_600))
    #expect(rows[0, "child_p50_seconds"] == .real(600))
    #expect(rows[0, "child_p99_seconds"] == .real(3600))
    #expect(rows[0, "held_seconds"] == .real(3600))
    // 20 × 10 min and one hour at $0.20 an hour.
    #expect(rows[0, "cost_usd"] == usd("0.866666667"))
  }

  @Test func aRunIsRecognisedByTagOrName() throws {
    var facts = try Self.oneRetried()
    try facts.execute("INSERT INTO tag_set VALUES (7, '{\"run-id\":\"brave_hopper\",\"team\":\"ml\"}')")
    try facts.instance(2, spot: false, "2026-10-19T10:00:00Z", "2026-10-19T18:00:00Z")
    func hour(_ from: String, _ to: String) -> [FactBase.Attempt] {
      [.init(on: 2, "2026-10-19T\(from):00Z", "2026-10-19T\(to):00Z")]
    }
    try facts.job(queue: FactBase.onDemandQueue, tagSet: 7, hour("10:00", "11:00"))
    try facts.job(queue: FactBase.spotFirstQueue, tagSet: 7, hour("17:00", "18:00"))
    for (from, to) in [("11:00", "12:00"), ("12:05", "13:05"), ("15:00", "16:00")] {
      try facts.job(queue: FactBase.onDemandQueue, name: "NFCORE_SAREK_SAREK_GATK4", hour(from, to))
    }
    try facts.build()
    let rows = try facts.rows("workflow-runs")
    let columns = ["workflow", "client", "jobs", "cost_usd", "hours"]
    var found: Set<[Cell?]> = []
    for row in rows.rows.indices { found.insert(columns.map { rows[row, $0] }) }
    // Jobs are created a minute before they start; the third waited more than an hour.
    let minute = 1.0 / 60
    let tagged: [Cell?] = [.text("brave_hopper"), .text("tag"), .integer(2), usd("0.4"), .real(8 + minute)]
    let first: [Cell?] = [.text("nf-core/sarek"), .text("nf-core"), .integer(2), usd("0.4"), .real(2.1)]
    let second: [Cell?] = [.text("nf-core/sarek"), .text("nf-core"), .integer(1), usd("0.2"), .real(1 + minute)]
    #expect(found == [tagged, first, second])
  }
}
