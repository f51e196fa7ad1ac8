import Domain
import Store
import Testing

/// Failed attempts are counted where their cost is, and where it is unknown.
@Suite struct FailedAttemptTests {
  /// A c5.xlarge at $0.20 an hour from Sunday 22:00 to Monday 04:00. Two jobs fail on it, one after the other: from 22:00 to
  /// 02:00, and from 02:00 to 04:00.
  @Test("Of Monday: $0.80 of two attempts, one of which began on Sunday: $0.40 each")
  func costPerAttempt() throws {
    var facts = try FactBase()
    try facts.collected(at: "2026-10-21T00:00:00Z")
    try facts.instance(1, spot: false, "2026-10-18T22:00:00Z", "2026-10-19T04:00:00Z")
    try facts.job([.init(on: 1, "2026-10-18T22:00:00Z", "2026-10-19T02:00:00Z", .exitCode)])
    try facts.job([.init(on: 1, "2026-10-19T02:00:00Z", "2026-10-19T04:00:00Z", .exitCode)])
    try facts.build()
    let rows = try facts.rows("retry-cost", from: "2026-10-19", to: "2026-10-20")
    #expect(rows[0, "attempts"] == .integer(2))
    #expect(rows[0, "cost_usd"] == usd("0.8"))
    #expect(rows[0, "per_attempt_usd"] == .real(0.4))
    for name in ["retry-cost-by-queue", "retry-cost-by-job-definition"] {
      #expect(try facts.rows(name, from: "2026-10-19", to: "2026-10-20")[0, "attempts"] == .integer(2), "\(name)")
    }
  }

  @Test("An attempt whose host is unknown failed, at an unknown cost")
  func unknownHost() throws {
    var facts = try FactBase()
    try facts.collected(at: "2026-10-20T00:00:00Z")
    try facts.job([.init(on: 9, "2026-10-19T10:00:00Z", "2026-10-19T11:00:00Z", .exitCode)])
    try facts.job([.init(on: 9, "2026-10-19T10:00:00Z", "2026-10-19T11:00:00Z")])
    try facts.build()
    let rows = try facts.rows("retry-cost")
    #expect(rows.rows.count == 1)
    #expect(rows[0, "cause"] == .text("exit code"))
    #expect(rows[0, "attempts"] == .integer(1))
    #expect(rows[0, "cost_usd"] == .null)
    #expect(rows[0, "per_attempt_usd"] == .null)
  }
}
