import Domain
import Store
import Testing

/// The queries behind the report of a run and the list of jobs, on a run of five jobs at $0.20 an hour each:
///
///     start 09:00–09:30, fit 2 09:32–10:02 which failed, fit 3 09:32–10:32, fit 2 again 10:04–10:34, join 10:36–10:46
///
/// Each was created a minute before it started: 0.1 + 0.1 + 0.2 + 0.1 + 0.033333333 = $0.533333333.
@Suite struct RunQueryTests {
  /// - Parameter knowsHosts: whether it is known where the attempts ran.
  private func story(knowsHosts: Bool = true) throws -> ClientStory {
    var story = try ClientStory()
    func name(_ step: String, _ task: Int, _ retry: Int) -> String { "bob-F-17-\(step)-\(task)-\(retry)" }
    try story.job(name("start", 1, 0), "09:00", "09:30", definition: "metaflow_x")
    try story.job(name("fit", 2, 0), "09:32", "10:02", .exitCode, definition: "metaflow_x")
    try story.job(name("fit", 3, 0), "09:32", "10:32", definition: "metaflow_x")
    try story.job(name("fit", 2, 1), "10:04", "10:34", definition: "metaflow_x")
    try story.job(name("join", 4, 0), "10:36", "10:46", definition: "metaflow_x")
    if !knowsHosts { try story.facts.execute("UPDATE attempt SET container_instance = NULL") }
    try story.facts.build()
    return story
  }

  private func column(_ name: String, of query: String, _ story: ClientStory) throws -> [Cell?] {
    let rows = try story.facts.rows(query)
    return (0..<rows.rowCount).map { rows[$0, name] }
  }

  @Test func theTotalOfARun() throws {
    let row = try story().facts.rows("run-summary")
    #expect(row.rowCount == 1)
    let expected: KeyValuePairs<String, Cell> = [
      "kind": .text("run"), "name": .text("17"), "workflow": .text("F"), "is_about": .integer(0), "jobs": .integer(5),
      "failed_jobs": .integer(1), "unfinished_jobs": .integer(0), "retried_jobs": .integer(1), "attempts": .integer(5),
      "steps": .integer(3), "hosts": .integer(5), "seconds": .real(6420), "cost_usd": usd("0.533333333"),
      "failed_usd": usd("0.1"), "rerun_usd": usd("0.1"), "lost_usd": usd("0"), "spot_usd": usd("0"),
      "on_demand_usd": usd("0.533333333"),
    ]
    for (name, cell) in expected { #expect(row[0, name] == cell, "\(name)") }
  }

  @Test func theChainThatLedToTheEnd() throws {
    let story = try story()
    #expect(
      try column("job_name", of: "run-critical-path", story) == [
        .text("bob-F-17-start-1-0"), .text("bob-F-17-fit-2-0"), .text("bob-F-17-fit-2-1"), .text("bob-F-17-join-4-0"),
      ])
    #expect(
      try column("submit_seconds", of: "run-critical-path", story) == [.real(0), .real(60), .real(60), .real(60)])
    #expect(
      try column("queued_seconds", of: "run-critical-path", story) == [.real(60), .real(60), .real(60), .real(60)])
    #expect(
      try column("ran_seconds", of: "run-critical-path", story) == [.real(1800), .real(1800), .real(1800), .real(600)])
  }

  /// Batch may end a job only after its client has seen the results, and submitted what follows.
  @Test func theChainFindsAJobThatEndedAfterItsFollowerWasCreated() throws {
    let story = try story()
    // Fit 2 ends 62.6 s after join was created; fit 3, which ended before it, is further away.
    try story.facts.execute(
      """
      UPDATE job SET stopped_at_ms = stopped_at_ms + 122600 WHERE name = 'bob-F-17-fit-2-1';
      UPDATE attempt SET stopped_at_ms = stopped_at_ms + 122600
        WHERE job = (SELECT id FROM job WHERE name = 'bob-F-17-fit-2-1');
      """)
    try story.facts.build()
    #expect(
      try column("job_name", of: "run-critical-path", story) == [
        .text("bob-F-17-start-1-0"), .text("bob-F-17-fit-2-0"), .text("bob-F-17-fit-2-1"), .text("bob-F-17-join-4-0"),
      ])
    #expect(try column("submit_seconds", of: "run-critical-path", story)[3] == .real(0))
    // Each from the end of the job before it: together the whole time.
    let shares = try column("share", of: "run-critical-path", story).compactMap { $0?.number }
    #expect(abs(shares.reduce(0, +) - 1) < 1e-12)
  }

  /// A job that had yet to start when another was created held nobody up.
  @Test func theChainLeavesOutJobsThatHadNotStarted() throws {
    var story = try ClientStory()
    try story.job("bob-F-17-start-1-0", "09:00", "09:30", definition: "metaflow_x")
    try story.job("bob-F-17-fit-2-0", "09:32", "09:33", definition: "metaflow_x")
    try story.job("bob-F-17-fit-3-0", "09:34", "10:34", definition: "metaflow_x")
    try story.facts.execute("UPDATE job SET created_at_ms = created_at_ms - 90000 WHERE name = 'bob-F-17-fit-3-0'")
    try story.facts.build()
    #expect(
      try column("job_name", of: "run-critical-path", story) == [
        .text("bob-F-17-start-1-0"), .text("bob-F-17-fit-3-0"),
      ])
  }

  /// Two workflows whose runs have the same id.
  @Test func severalRunsAreNamedByTheirWorkflows() throws {
    var story = try ClientStory()
    for workflow in ["etl", "report"] {
      try story.job(
        "align", "09:00", "09:30", tags: #"{"dag_id": "\#(workflow)", "run_id": "daily", "task_id": "align"}"#)
    }
    try story.facts.build()
    let row = try story.facts.rows("run-summary")
    let expected: KeyValuePairs<String, Cell> = [
      "kind": .text("runs"), "name": .null, "runs": .integer(2), "workflows": .integer(2),
      "first_workflow": .text("etl"), "last_workflow": .text("report"), "jobs": .integer(2),
    ]
    for (name, cell) in expected { #expect(row[0, name] == cell, "\(name)") }
  }

  @Test func aRetryIsOnTheLaneOfTheFailedTry() throws {
    let story = try story()
    #expect(
      try column("lane", of: "run-timeline", story) == [
        .text("001 start"), .text("002 fit"), .text("002 fit"), .text("003 "), .text("004 join"),
      ])
    #expect(
      try column("kind", of: "run-timeline", story) == [
        .text("on-demand"), .text("failed"), .text("on-demand"), .text("on-demand"), .text("on-demand"),
      ])
  }

  @Test func stepsAndScenarios() throws {
    let story = try story()
    #expect(try column("step", of: "run-steps", story) == [.text("fit"), .text("start"), .text("join")])
    #expect(
      try column("cost_usd", of: "run-steps", story) == [usd("0.4"), usd("0.1"), usd("0.033333333")])
    #expect(try column("median_seconds", of: "run-steps", story) == [.real(1800), .real(1800), .real(600)])
    #expect(try column("longest_seconds", of: "run-steps", story) == [.real(3600), .real(1800), .real(600)])
    // The pool has no known Spot price: what cannot be compared counts as it ran, unless that is all.
    #expect(
      try column("cost_usd", of: "run-scenarios", story) == [
        usd("0.533333333"), usd("0.533333333"), .null,
      ])
    #expect(try column("unknown_usd", of: "run-scenarios", story) == [usd("0"), usd("0"), usd("0.533333333")])
  }

  /// The type costs $0.20 On-Demand, and on Spot first a quarter and then half of that.
  @Test func spotAtThoseHours() throws {
    let story = try story()
    try story.facts.spotPrice("eu-west-1a", from: "2026-10-18T00:00:00Z", rate: 50_000_000)
    try story.facts.spotPrice("eu-west-1a", from: "2026-10-19T10:02:00Z", rate: 100_000_000)
    try story.facts.build()
    // Before the change: start 0.025, fit 2 0.025, half of fit 3 0.025; after it the other half 0.05, fit 2 again 0.05,
    // join 0.016666667.
    #expect(try column("cost_usd", of: "run-scenarios", story)[2] == usd("0.191666667"))
  }

  @Test func newestJobsFirst() throws {
    let story = try story()
    #expect(
      try column("job_name", of: "jobs", story).first == .text("bob-F-17-join-4-0"))
    #expect(try column("run", of: "jobs", story) == [Cell](repeating: .text("17"), count: 5))
    #expect(try column("wait_seconds", of: "jobs", story) == [Cell](repeating: .real(60), count: 5))
    #expect(
      try column("cost_usd", of: "jobs", story) == [
        usd("0.033333333"), usd("0.1"), usd("0.1"), usd("0.2"), usd("0.1"),
      ])
    #expect(Set(try column("sure", of: "jobs", story)) == [.text("estimate")])
    #expect(try column("state", of: "jobs", story)[2] == .text("FAILED"))
  }

  /// Documents with times after the collection: fit 3 is cut off at 10:03, two more tries begin later and are not
  /// charged.
  @Test func triesAfterTheCollectionHaveNotRun() throws {
    let story = try story()
    try story.facts.execute(
      "UPDATE collection SET as_of_ms = CAST(strftime('%s', '2026-10-19 10:03:00') AS INTEGER) * 1000")
    try story.facts.build()
    let row = try story.facts.rows("run-summary")
    // start 0.1, fit 2 0.1, 31 minutes of fit 3 0.103333333.
    let expected: KeyValuePairs<String, Cell> = [
      "attempts": .integer(3), "later_attempts": .integer(2), "cost_usd": usd("0.303333333"), "stopped_at": .null,
      "unfinished_jobs": .integer(3),
    ]
    for (name, cell) in expected { #expect(row[0, name] == cell, "\(name)") }
    #expect(try column("step", of: "run-steps", story) == [.text("fit"), .text("start"), .text("join")])
    #expect(try column("attempts", of: "run-steps", story) == [.integer(2), .integer(1), .integer(0)])
    #expect(try column("longest_seconds", of: "run-steps", story) == [.real(1860), .real(1800), .null])
    #expect(
      try column("sure", of: "jobs", story) == [
        .text("not started"), .text("not started"), .text("estimate"), .text("so far"), .text("estimate"),
      ])
    #expect(try column("elapsed_seconds", of: "jobs", story).prefix(2) == [.null, .null])
    #expect(try column("job_name", of: "run-critical-path", story).contains(.text("bob-F-17-join-4-0")) == false)
  }

  /// A run's cost per job, against up to five earlier runs of its flow together.
  @Test func aRunAgainstEarlierRuns() throws {
    var story = try ClientStory()
    for (run, minutes) in [(1, 30), (2, 15), (3, 45)] {
      try story.job(
        "bob-F-\(run)-start-1-0", "1\(run):00", "1\(run):\(minutes)", definition: "metaflow_x")
    }
    try story.facts.build()
    let rows = try story.facts.rows("workflow-runs")
    let usual = (0..<3).map { (rows[$0, "run"], rows[$0, "usual_per_job_usd"]) }
    // 0.1 alone; 0.1 and 0.05 together 0.075 a job, of which this run paid twice as much.
    #expect(usual.first { $0.0 == .text("1") }?.1 == .null)
    #expect(usual.first { $0.0 == .text("2") }?.1 == .real(0.1))
    #expect(usual.first { $0.0 == .text("3") }?.1 == .real(0.075))
    #expect(rows[0, "run"] == .text("3"))
    #expect(rows[0, "change"] == .real(1))
    #expect(rows[0, "confidence"] == .text("sure"))
  }

  /// A run is compared with earlier runs even if only it is chosen.
  @Test func aRunBesideEarlierRuns() throws {
    let account = try LensTests.Account("three runs") { database in
      var story = try ClientStory(FactBase(in: database))
      for (run, minutes) in [(1, 30), (2, 15), (3, 45)] {
        try story.job("bob-F-\(run)-start-1-0", "1\(run):00", "1\(run):\(minutes)", definition: "metaflow_x")
      }
    }
    let rows = try account.open("run=3").read { try $0.rows(QueryLibrary().query("run-earlier"), parameters: [:]) }
    #expect(rows["run"] == [.text("1"), .text("2"), .text("3")])
    #expect(rows["cost_usd"] == [usd("0.1"), usd("0.05"), usd("0.15")])
    #expect(rows["is_this"] == [.integer(0), .integer(0), .integer(1)])
    // 0.1 and 0.05 together 0.075 a job.
    #expect(rows["usual_per_job_usd"] == [.null, .null, .real(0.075)])
    #expect(rows["change"] == [.null, .null, .real(1)])
    #expect(try account.open("run=3").read { try $0.integer("SELECT COUNT(*) FROM workflow_run") } == 1)
    let first = try account.open("run=1").read { try $0.rows(QueryLibrary().query("run-earlier"), parameters: [:]) }
    #expect(first.isEmpty)
    // A part of a run is not compared.
    let two = try account.open("run=2,3").read { try $0.rows(QueryLibrary().query("run-earlier"), parameters: [:]) }
    #expect(two.isEmpty)
  }

  /// A run on unknown hosts has an unknown cost; one that has not begun costs nothing.
  @Test func aRunWithoutHostsOrPrices() throws {
    let story = try story(knowsHosts: false)
    let rows = try story.facts.rows("workflow-runs")
    #expect(rows.rowCount == 1)
    #expect(rows[0, "cost_usd"] == .null && rows[0, "cost_per_job_usd"] == .null && rows[0, "lost_usd"] == .null)
    let sum = try story.facts.rows("run-summary")
    #expect(sum[0, "cost_usd"] == .null && sum[0, "failed_usd"] == .null && sum[0, "lost_usd"] == .null)
    #expect(sum[0, "bill_usd"] == .null && sum[0, "unplaced_attempts"] == .integer(5))
    // Failures are still red.
    #expect(try column("kind", of: "run-timeline", story).filter { $0 == .text("failed") }.count == 1)
  }
}
