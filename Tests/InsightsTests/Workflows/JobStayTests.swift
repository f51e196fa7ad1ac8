import Accounting
import Domain
import Store
import Testing

@testable import Insights

/// An explanation of a job's host shows the hours the job was there, and its part of them.
@Suite struct JobStayTests {
  /// A c5.xlarge On-Demand at $0.20 from 10:00 to 14:00. job-1 had half of it from 11:15 to 12:30, job-2 the other half
  /// throughout: job-1 bears 45 ÷ 60 ÷ 2 of the charge for 11:00 and 30 ÷ 60 ÷ 2 of that for 12:00, in all 0.20 × 1.25
  /// ÷ 2.
  private static func account() throws -> FactBase {
    var facts = try FactBase()
    try facts.collected(at: "2026-10-20T00:00:00Z")
    try facts.instance(1, spot: false, "2026-10-19T10:00:00Z", "2026-10-19T14:00:00Z")
    try facts.job(
      milliVCPUs: 2000, memoryMiB: 4096, [.init(on: 1, "2026-10-19T11:15:00Z", "2026-10-19T12:30:00Z")])
    try facts.job(
      milliVCPUs: 2000, memoryMiB: 4096, [.init(on: 1, "2026-10-19T10:00:00Z", "2026-10-19T14:00:00Z")])
    try facts.build()
    return facts
  }

  private static func explanation(job: String?) throws -> InstanceExplanation {
    let explanations = try account().database.read { try Ledger.explain(["i-1"], job: job, $0) }
    guard case .instance(let instance)? = explanations.first else { throw StoreError(.query, "not explained") }
    return instance
  }

  @Test func onlyTheHoursThatItOverlaps() throws {
    let explanation = try Self.explanation(job: "job-1")
    let hours = explanation.sharedHours
    #expect(
      hours.map(\.hour.charge.span.start.milliseconds) == [ms("2026-10-19T11:00:00Z"), ms("2026-10-19T12:00:00Z")])
    #expect(hours.map(\.milliseconds) == [2_700_000, 1_800_000])
    #expect(hours.map(\.share) == [0.375, 0.25])
    #expect(explanation.hours.count == 4)
    #expect(explanation.stays.map(\.share) == [0.5])
  }

  @Test func onlyWhatWasPostedToIt() throws {
    let explanation = try Self.explanation(job: "job-1")
    #expect(explanation.ownRows.map(\.cost) == [Money(nanodollars: 125_000_000)])
    #expect(explanation.ownRows.map(\.attempt) == ["job-1 #1"])
  }

  @Test func anInstanceIsStillExplainedAsAWhole() throws {
    let explanation = try Self.explanation(job: nil)
    #expect(explanation.stays.isEmpty)
    #expect(explanation.hours.map(\.charge.cost) == [Money?](repeating: Money(nanodollars: 200_000_000), count: 4))
  }
}
