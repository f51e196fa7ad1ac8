import Domain
import Store
import Testing

/// A part with no priced cost is unknown, not 0; a part that did not occur is 0.
///
/// On 19 October a g5.xlarge without a price ran a job that failed, for one of its two hours, and a c5.xlarge at $0.20
/// an hour stood idle for two: cost $0.40, all of it unused.
@Suite struct UnknownPartsTests {
  private static func account() throws -> FactBase {
    var facts = try FactBase()
    try facts.collected(at: "2026-10-20T05:00:00Z")
    try facts.execute("DELETE FROM list_price WHERE item = 'g5.xlarge'")
    try facts.instance(1, spot: false, type: "g5.xlarge", "2026-10-19T09:00:00Z", "2026-10-19T11:00:00Z")
    try facts.job(
      queue: FactBase.onDemandQueue, milliVCPUs: 4000, memoryMiB: 16384,
      [.init(on: 1, "2026-10-19T09:00:00Z", "2026-10-19T10:00:00Z", .exitCode)])
    try facts.instance(2, spot: false, "2026-10-19T09:00:00Z", "2026-10-19T11:00:00Z")
    try facts.build()
    return facts
  }

  private func check(_ row: DataTable, at index: Int = 0, _ expected: KeyValuePairs<String, Cell>) {
    for (name, cell) in expected { #expect(row[index, name] == cell, "\(name)") }
  }

  @Test(arguments: ["totals", "cost-by-day", "cost-by-compute-environment"])
  func partsOfAPeriod(_ query: String) throws {
    check(
      try Self.account().rows(query),
      ["cost_usd": usd("0.4"), "attempt_usd": .null, "startup_usd": usd("0"), "unused_usd": usd("0.4")])
  }

  @Test func partsOfAnInstance() throws {
    let rows = try Self.account().rows("instance-cost")
    #expect(rows["instance_id"] == [.text("i-2"), .text("i-1")])
    check(rows, at: 0, ["attempt_usd": usd("0"), "idle_usd": usd("0.4"), "tail_usd": usd("0"), "cost_usd": usd("0.4")])
    check(rows, at: 1, ["attempt_usd": .null, "idle_usd": usd("0"), "tail_usd": .null, "cost_usd": .null])
  }

  @Test func whoBearsIt() throws {
    let rows = try Self.account().rows("postings")
    #expect(rows["account"] == [.text("attempt"), .text("unused.packing"), .text("unused.tail"), .text("unused.idle")])
    #expect(rows["on_demand_usd"] == [.null, .null, .null, usd("0.4")])
    #expect(rows["spot_usd"] == [usd("0"), usd("0"), usd("0"), usd("0")])
  }

  /// Without the idle instance, no unused time has a price.
  @Test func unusedWithoutAPrice() throws {
    var facts = try Self.account()
    try facts.execute("DELETE FROM instance_event WHERE instance_id = 'i-2'")
    try facts.execute("DELETE FROM container_instance WHERE instance_id = 'i-2'")
    try facts.instance(3, spot: false, "2026-10-19T12:00:00Z", "2026-10-19T13:00:00Z")
    try facts.job([.init(on: 3, "2026-10-19T12:00:00Z", "2026-10-19T13:00:00Z")])
    try facts.build()
    check(
      try facts.rows("headline", from: "2026-10-19", to: "2026-10-20"),
      ["cost_usd": usd("0.2"), "work_usd": usd("0.2"), "unused_usd": .null, "unused_share": .null])
    let unused = try facts.rows("unused-cost")
    check(unused, ["unused_usd": .null, "tail_usd": .null, "boot_usd": usd("0")])
    // Failed attempts without a price make a row, with no 0 in it.
    let retries = try facts.rows("retry-cost")
    check(retries, ["cause": .text("exit code"), "cost_usd": .null, "retried_usd": usd("0")])
    #expect(try facts.rows("weekly-titles", from: "2026-10-19", to: "2026-10-20")[0, "retried_usd"] == .null)
  }
}
