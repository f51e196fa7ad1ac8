import Domain
import Testing

@testable import Store

@Suite struct NamedQueryTests {
  /// Columns that the command line relies on.
  static let promised: [(String, [String])] = [
    (
      "totals",
      [
        "cost_usd", "attempt_usd", "startup_usd", "unused_usd", "on_demand_usd", "unpriced_seconds",
        "unplaced_seconds", "open_seconds", "jobs", "attempts", "instances",
      ]
    ),
    (
      "cost-by-day",
      ["day", "purchase_option", "cost_usd", "attempt_usd", "startup_usd", "unused_usd", "on_demand_usd"]
    ),
    (
      "cost-by-queue",
      [
        "job_queue", "cost_usd", "startup_usd", "on_demand_usd", "jobs", "attempts", "vcpu_hours",
        "memory_gib_hours", "gpu_hours",
      ]
    ),
    ("cost-by-job-definition", ["job_definition", "cost_usd", "on_demand_usd", "jobs", "attempts"]),
    ("cost-by-tag", ["tag_value", "cost_usd", "on_demand_usd", "jobs", "attempts"]),
    (
      "cost-by-compute-environment",
      [
        "compute_environment", "cost_usd", "attempt_usd", "startup_usd", "unused_usd", "on_demand_usd", "instances",
      ]
    ),
    (
      "job-cost",
      ["job_id", "job_name", "job_queue", "job_definition", "status", "attempts", "cost_usd", "on_demand_usd"]
    ),
    (
      "attempt-cost",
      [
        "job_id", "attempt", "job_queue", "compute_environment", "instance_id", "instance_type", "purchase_option",
        "started_at", "stopped_at", "seconds", "cost_usd", "startup_usd", "on_demand_usd",
      ]
    ),
    (
      "instance-cost",
      [
        "instance_id", "instance_type", "zone", "purchase_option", "compute_environment", "started_at", "stopped_at",
        "billed_seconds", "unpriced_seconds", "cost_usd", "on_demand_usd", "attempt_usd", "startup_usd", "boot_usd",
        "packing_usd", "gap_usd", "tail_usd", "idle_usd", "reserved_usd",
      ]
    ),
    (
      "spot-savings",
      [
        "instance_type", "zone", "cost_usd", "on_demand_usd", "gross_usd", "lost_usd", "rerun_usd", "net_usd",
        "instances", "interruptions",
      ]
    ),
    (
      "spot-audit",
      [
        "spot_usd", "spot_share", "on_demand_usd", "gross_usd", "gross_share", "lost_usd", "lost_attempts", "rerun_usd",
        "rerun_attempts", "net_usd", "net_share", "break_even", "lost_hours_share", "free_instances",
        "unpriced_seconds",
      ]
    ),
    ("spot-savings-by-type", ["instance_type", "cost_usd", "lost_usd", "on_demand_usd", "saved_share", "net_share"]),
    ("spot-bridge", ["step", "attempts", "share", "from_usd", "to_usd", "change_usd", "token", "is_sum"]),
    ("spot-prices", ["pool", "instance_type", "zone", "at", "price_usd_per_hour", "is_running"]),
    ("spot-pools", ["pool", "instance_type", "zone", "cost_usd", "hours", "under_on_demand", "low", "high"]),
    ("spot-hours", ["pool", "started_at", "stopped_at", "reclaimed"]),
    (
      "interruptions",
      [
        "kind", "name", "reclaims", "hours", "per_100_hours", "all_reclaims", "all_hours", "low", "high", "low_wide",
        "high_wide", "share",
        "advisor_band", "above_band",
      ]
    ),
    ("graviton", ["compute_environment", "families", "siblings", "cost_usd", "sibling_usd", "condition"]),
    ("bridge", ["factor", "now", "before", "from_usd", "to_usd", "change_usd"]),
    ("findings", ["check_name", "severity", "subject", "message"]),
    ("unused-cost", ["compute_environment"]), ("utilization", ["compute_environment"]), ("retry-cost", ["cause"]),
    ("queue-days", ["job_queue", "day", "cost_usd", "change_usd", "is_current"]),
    (
      "outlook-titles", ["week_usd", "watch_days_left", "unit_definition", "held_definition", "hidden_usd", "run_name"]
    ),
    ("queue-wait", ["job_queue"]), ("right-sizing", ["job_definition"]),
  ]

  @Test(arguments: promised) func hasThePromisedColumns(name: String, columns: [String]) throws {
    let database = try Database(path: ":memory:")
    let query = try QueryLibrary().query(name)
    let result = try database.read {
      try $0.rows(query, parameters: ["from": "2026-01-01", "to": "2026-02-01", "tag": "team"])
    }
    #expect(columns.filter { !result.names.contains($0) } == [])
  }

  @Test func everyQueryRunsOnAnEmptyDatabaseAndIsDocumented() throws {
    let database = try Database(path: ":memory:")
    let library = QueryLibrary()
    for name in library.names {
      let query = try library.query(name)
      #expect(query.documentation.contains("A row is") || query.documentation.contains("One row"), "\(name)")
      _ = try database.read {
        try $0.rows(query, parameters: ["from": "2026-01-01", "to": "2026-02-01", "tag": "team"])
      }
    }
  }

  @Test func aMisspeltNameGetsASuggestion() {
    #expect(throws: StoreError(.asked, "no query named \"cost-by-que\" (did you mean \"cost-by-queue\"?)")) {
      try QueryLibrary().query("cost-by-que")
    }
  }

  @Test func aMissingParameterIsNamed() throws {
    let database = try Database(path: ":memory:")
    let query = try QueryLibrary().query("cost-by-tag")
    #expect(throws: StoreError(.asked, "cost-by-tag: needs --param tag=…")) {
      try database.read { try $0.rows(query, parameters: ["from": "2026-01-01", "to": "2026-02-01"]) }
    }
  }

  @Test func aQueryCannotWrite() throws {
    let database = try Database(path: ":memory:")
    let query = NamedQuery(name: "mine", sql: "DELETE FROM job", origin: "Queries/mine.sql")
    #expect(throws: StoreError.self) { try database.write { try $0.rows(query, parameters: [:]) } }
  }

  @Test func moneyAndTimesArePresentedWithUnits() throws {
    let database = try Database(path: ":memory:")
    let query = NamedQuery(
      name: "x", sql: "SELECT 1500000000 AS cost_nanodollars, 1000 AS started_at_ms, NULL AS saved_nanodollars",
      origin: "")
    let result = try database.read { try $0.rows(query, parameters: [:]) }
    #expect(result.names == ["cost_usd", "started_at", "saved_usd"])
    #expect(
      result.rows == [[.money(Money(nanodollars: 1_500_000_000)), .instant(Instant(milliseconds: 1000)), .null]])
  }
}
