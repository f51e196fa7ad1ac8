import Collect
import Domain
import Foundation
import Store
import TestSupport
import Testing

@testable import Accounting
@testable import Insights

/// Insights updated after each collection equal insights built from everything.
@Suite struct GrowingInsightTests {
  /// `BATCHCOST_GROWING_SEEDS=first:count` chooses other seeds.
  private static var seeds: (UInt64, Int) {
    let given = ProcessInfo.processInfo.environment["BATCHCOST_GROWING_SEEDS"]?.split(separator: ":") ?? []
    guard given.count == 2, let first = UInt64(given[0]), let count = Int(given[1]) else { return (1, 40) }
    return (first, count)
  }

  /// Half of the worlds have jobs from workflow clients: Nextflow, whose runs are told apart by time, and one that
  /// names its runs.
  private static let clients = [
    "UPDATE job_definition SET name = 'nf-align' WHERE id % 2 = 0",
    """
    UPDATE tag_set SET tags = '{"dag_id":"daily","run_id":"run-' || id || '","task_id":"load"}'
    """,
  ]

  /// Jobs of one queue save their work every ten minutes, other jobs whenever an object says so.
  private static let settings = InsightSettings(checkpoints: [
    CheckpointRule(queue: "queue-2", times: .every(600_000)),
    CheckpointRule(times: .objects(prefix: "checkpoints/{job_id}/")),
  ])

  @Test(
    "Over five steps and four hours, every row of the insights equals a full build's after every step")
  func growing() throws {
    let (first, count) = Self.seeds
    var parts = 0
    var measured: [String: Int] = [:]
    try forAll(seeds: count, from: first) { seed, random in
      var world = try GrowingWorld(&random, isBilled: seed % 4 == 1).steps
      if seed % 2 == 0 { world[0] += Self.clients }
      let (grown, built) = (try Database(path: ":memory:"), try Database(path: ":memory:"))
      for (number, step) in world.enumerated() {
        for database in [grown, built] {
          try database.write { connection in
            for statement in step { try connection.execute(statement) }
          }
        }
        try Ledger.build(grown)
        try Ledger.build(built, anew: true)
        if try Insights.build(grown, settings: Self.settings) == .part { parts += 1 }
        #expect(try Insights.build(built, Self.settings, anew: true, jobsPerBlock: 3) == .everything)
        for row in try Self.measured(built) { measured[row, default: 0] += 1 }
        let differences = try InsightDump(grown).differences(from: InsightDump(built))
        #expect(
          differences.isEmpty, "seed \(seed), step \(number): \(differences.prefix(8).joined(separator: "\n"))")
        if !differences.isEmpty { break }
      }
    }
    #expect(parts > count, "of the steps hardly any was computed in part")
    // Fewer worlds than usual need not have everything.
    #expect(
      count < 40 || Set(measured.keys) == ["apart", "together", "kept", "around, by size", "around, by time"],
      "rare: \(measured)")
  }

  /// Which of the rarer kinds of rows a world has.
  private static func measured(_ database: Database) throws -> [String] {
    try database.read { connection in
      let rows = try connection.prepare(
        """
        SELECT CASE told_apart WHEN 1 THEN 'apart' ELSE 'together' END FROM gpu_use_day
        UNION ALL SELECT 'kept' FROM failed_attempt WHERE kept > 0
        UNION ALL SELECT CASE by_size WHEN 1 THEN 'around, by size' ELSE 'around, by time' END FROM around_line
        """)
      var found: [String] = []
      while try rows.step() { found.append(rows.text(0)) }
      return found
    }
  }

  @Test("The fortnight collected in eight parts gives the insights of a single collection")
  func partsAreTheWhole() throws {
    let folder = Repository.fortnight
    func files(_ names: [String]) throws -> [String] {
      try names.flatMap { name in
        try FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(name)").sorted().map {
          "\(folder)/\(name)/\($0)"
        }
      }
    }
    // What jobs ran on comes first, with half of the jobs.
    let jobs = try files(["batch"])
    let last = jobs[(jobs.count / 2)...].map { $0 }
    let known = try files(["ec2", "ecs", "pricing", "cloudtrail", "logs", "events"]) + jobs[..<(jobs.count / 2)]
    let later = (0..<7).map { part in last.indices.filter { $0 % 7 == part }.map { last[$0] } }
    let asOf = Instant("2026-11-02T05:20:00Z")
    let database = try Database(path: ":memory:")
    var parts = 0
    for paths in [known] + later {
      _ = try Collector().collect(paths: paths, asOf: asOf, database: database)
      try Ledger.build(database)
      if try Insights.build(database) == .part { parts += 1 }
    }
    let grown = try InsightDump(database)
    try Insights.build(database, anew: true)
    let differences = try grown.differences(from: InsightDump(database))
    #expect(differences.isEmpty, "\(differences.prefix(8).joined(separator: "\n"))")
    #expect(parts > 0)
  }

  @Test func aBuildWithoutChangesDoesNothing() throws {
    let database = try Database(path: ":memory:")
    try Ledger.build(database)
    #expect(try Insights.build(database) == .everything)
    #expect(try Insights.build(database) == .nothing)
  }
}

/// Every row of the insights, with names in place of row numbers.
private struct InsightDump {
  let lines: [String]

  init(_ database: Database) throws {
    lines = try database.read { connection in
      var lines: [String] = []
      for (table, sql) in Self.named + Self.plain.map({ ($0, "SELECT * FROM \($0)") }) {
        let rows = try connection.prepare(sql)
        while try rows.step() {
          let values = rows.columnNames.indices.map { rows.optionalText(Int32($0)) ?? "–" }
          lines.append("\(table): \(values.joined(separator: " | "))")
        }
      }
      return lines.sorted()
    }
  }

  func differences(from other: InsightDump) -> [String] {
    lines.difference(from: other.lines).map { change in
      switch change {
      case .insert(_, let line, _): "only here: \(line)"
      case .remove(_, let line, _): "only there: \(line)"
      }
    }
  }

  private static let plain = [
    "submission_day", "long_attempt_day", "start_day", "start_wait", "wait_part", "dear_pool", "bridge", "anomaly",
    "anomaly_watch", "forecast", "poisson_limit", "client_rerun", "run_job", "quiet_job", "pool_day", "pool_work_day",
    "right_sizing", "right_sizing_day", "measured_day", "right_sizing_back_test", "implausible_usage", "advice",
    "graviton", "advice_week", "budget", "workflow_run", "around_line", "around_rest", "around_part",
  ]

  private static let step = "s.client, s.workflow, s.name, s.job_definition"

  private static let named: [(String, String)] = [
    ("job_step", "SELECT \(step) FROM job_step s"),
    (
      "job_identity",
      "SELECT i.job, i.workflow_run, \(step) FROM job_identity i LEFT JOIN job_step s ON s.id = i.job_step"
    ),
    (
      "unit_cost",
      """
      SELECT u.day, u.job_queue, \(step), u.jobs, u.succeeded, u.cost, u.failed_cost
      FROM unit_cost u LEFT JOIN job_step s ON s.id = u.job_step
      """
    ),
    (
      "step_day",
      """
      SELECT d.day, \(step), d.cost, d.startup, d.on_demand, d.milli_vcpu_ms, d.mib_ms, d.gpu_ms, d.attempts, d.jobs
      FROM step_day d LEFT JOIN job_step s ON s.id = d.job_step
      """
    ),
    (
      "failed_attempt",
      """
      SELECT f.attempt, f.day, f.job_queue, f.job_definition, \(step), f.outcome, f.rerun, f.succeeded, f.on_spot, f.began,
        f.ms, f.cost, f.kept, r.kind, r.name
      FROM failed_attempt f LEFT JOIN job_step s ON s.id = f.job_step LEFT JOIN resource r ON r.id = f.lost_on
      """
    ),
    (
      "gpu_use_day",
      """
      SELECT u.attempt, u.day, u.job_queue, \(step), u.gpus, u.held_ms, u.measured_ms, u.busy_ms, u.idle_ms, u.told_apart,
        u.working_gpus, u.memory_mib, u.memory_total_mib, u.cost, u.idle_cost
      FROM gpu_use_day u JOIN job_step s ON s.id = u.job_step
      """
    ),
    (
      "gpu_advice",
      """
      SELECT \(step), g.gpus, g.advised, g.status, g.confidence, g.attempts, g.cost, g.saving, g.fitted, g.tested,
        g.tested_cost, g.tested_saving, g.short, g.short_cost
      FROM gpu_advice g JOIN job_step s ON s.id = g.job_step
      """
    ),
    (
      "never_started",
      """
      SELECT n.job, n.ordinal, n.day, n.job_queue, n.job_definition, \(step), n.outcome, n.retried
      FROM never_started n LEFT JOIN job_step s ON s.id = n.job_step
      """
    ),
    (
      "array_run",
      """
      SELECT a.parent, a.day, a.job_queue, a.job_definition, \(step), a.children, a.succeeded, a.cost, a.started_at_ms,
        a.stopped_at_ms, a.median_ms, a.percentile_99_ms, a.held_ms
      FROM array_run a LEFT JOIN job_step s ON s.id = a.job_step
      """
    ),
    (
      "on_demand_run",
      """
      SELECT o.attempt, o.day, r.kind, r.name, o.job_queue, o.rerun, o.spot_first, o.why, o.ms, o.cost, o.spot_cost, l.name
      FROM on_demand_run o JOIN resource r ON r.id = o.resource LEFT JOIN resource l ON l.id = o.lost_on
      """
    ),
  ]
}
