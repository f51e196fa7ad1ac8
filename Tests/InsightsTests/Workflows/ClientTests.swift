import Domain
import Store
import Testing

@testable import Insights

/// Runs, steps and tries of workflow clients; each job has a c5.xlarge at $0.20 an hour to itself.
@Suite struct ClientTests {
  private func account() throws -> FactBase {
    let facts = try FactBase()
    try facts.collected(at: "2026-10-20T00:00:00Z")
    try facts.instance(1, spot: false, "2026-10-19T08:00:00Z", "2026-10-19T23:00:00Z")
    return facts
  }

  private func on(instance: Int = 1, _ from: String, _ to: String, _ end: FactBase.Attempt.End = .succeeded)
    -> [FactBase.Attempt]
  {
    [.init(on: instance, "2026-10-19T\(from):00Z", "2026-10-19T\(to):00Z", end)]
  }

  private func runs(_ facts: FactBase) throws -> [[Cell?]] {
    let rows = try facts.rows("workflow-runs")
    return rows.rows.indices.map { row in
      ["client", "workflow", "run", "steps", "jobs", "failed_jobs", "retries", "cost_usd"].map { rows[row, $0] }
    }
  }

  private func definition(_ id: Int, _ name: String, _ facts: FactBase) throws {
    try facts.execute(
      "INSERT INTO job_definition (id, arn, name, revision, account_region) VALUES (\(id), 'arn:d/\(id)', '\(name)', 1, 1)"
    )
  }

  @Test func metaflowWritesItsRunIntoParameters() throws {
    var facts = try account()
    func parameters(_ run: Int, _ step: String, _ task: Int, _ retry: Int) -> String {
      """
      {"metaflow.flow_name":"TrainFlow","metaflow.retry_count":"\(retry)","metaflow.run_id":"\(run)",\
      "metaflow.step_name":"\(step)","metaflow.task_id":"\(task)","metaflow.user":"alice"}
      """
    }
    try facts.job(name: "a", parameters: parameters(1, "align", 2, 0), on("09:00", "09:30", .exitCode))
    try facts.job(name: "b", parameters: parameters(1, "align", 2, 1), on("09:32", "10:02"))
    try facts.job(name: "c", parameters: parameters(1, "merge", 3, 0), on("10:03", "10:33"))
    try facts.job(name: "d", parameters: parameters(2, "align", 2, 0), on("10:34", "11:04"))
    try facts.build()
    #expect(
      Set(try runs(facts)) == [
        [
          .text("metaflow"), .text("TrainFlow"), .text("1"), .integer(2), .integer(3), .integer(1), .integer(1),
          usd("0.3"),
        ],
        [
          .text("metaflow"), .text("TrainFlow"), .text("2"), .integer(1), .integer(1), .integer(0), .integer(0),
          usd("0.1"),
        ],
      ])
    // Two steps of one definition.
    let units = try facts.rows("unit-costs")
    #expect(Set(units.rows.indices.map { units[$0, "step"] }) == [.text("align"), .text("merge")])
    // Task 2 of run 1 failed and was run again; task 2 of run 2 is unrelated.
    let hidden = try facts.rows("hidden-retries")
    #expect(hidden.rows.count == 1)
    #expect(hidden[0, "attempts"] == .integer(1))
    #expect(hidden[0, "cost_usd"] == usd("0.1"))
  }

  @Test func unnamedRunsAreSeparatedByPauses() throws {
    var facts = try account()
    var next = 10
    func snake(_ rule: String, _ from: String, _ to: String) throws {
      next += 1
      let id = "\(next)a2ef80f-58ee-4571-b499-8d7c4093f6de".suffix(36)
      let uuid = String(repeating: "0", count: 36 - id.count) + id
      try definition(next, "snakejob-def-\(rule)-\(uuid)", facts)
      try facts.job(
        queue: FactBase.onDemandQueue, definition: next, name: "snakejob-\(rule)-\(uuid)", milliVCPUs: 1000,
        memoryMiB: 2048, on(from, to))
    }
    // A run of align and merge; two hours later align and merge again, beside call from another workflow.
    try snake("align", "09:00", "09:20")
    try snake("merge", "09:25", "09:45")
    try snake("align", "12:00", "12:20")
    try snake("merge", "12:25", "12:45")
    try snake("call", "12:05", "12:40")
    try facts.build()
    let found = try facts.rows("workflow-runs")
    let told = found.rows.indices.map { row in ["jobs", "steps", "run"].map { found[row, $0] } }
    #expect(
      told.sorted { "\($0)" < "\($1)" } == [
        [.integer(1), .integer(1), .null], [.integer(2), .integer(2), .null], [.integer(2), .integer(2), .null],
      ])
    let units = try facts.rows("unit-costs")
    #expect(
      Set(units.rows.indices.map { [units[$0, "job_definition"], units[$0, "jobs"]] }) == [
        [.text("snakejob-def-align-*"), .integer(2)], [.text("snakejob-def-merge-*"), .integer(2)],
        [.text("snakejob-def-call-*"), .integer(1)],
      ])
  }

  /// Cromwell names jobs after calls, without shard or try, and definitions after the image and a SHA-1; long names are
  /// cut where the hash begins. The definition of a server of its own is not one of its jobs.
  @Test func cromwellsCallsAreStepsAndATryAfterAFailureIsARetry() throws {
    var story = try ClientStory()
    let image = "cromwell_ubuntu_latest_0f1e2d3c4b5a69788796a5b4c3d2e1f001122334"
    try story.job("wf_align", "09:00", "09:30", .exitCode, definition: image)
    try story.job("wf_align", "09:31", "10:01", definition: image)
    try story.job(
      "wf_merge", "10:02", "10:32",
      definition: "cromwell_quay_io_tools_with_a_name_that_is_longfed0f1e2d3c4b5a69788796a5b4c3d2e1f00112233")
    try story.job("server", "15:00", "15:30", definition: "cromwell_server")
    try story.facts.build()
    // 1.5 h at $0.20.
    #expect(
      try runs(story.facts) == [
        [.text("cromwell"), .text("cromwell"), .null, .integer(2), .integer(3), .integer(1), .integer(1), usd("0.3")]
      ])
    let hidden = try story.facts.rows("hidden-retries")
    #expect(hidden.rowCount == 1 && hidden[0, "cost_usd"] == usd("0.1"))
    let units = try story.facts.rows("unit-costs")
    #expect(
      Set(units.rows.indices.map { units[$0, "step"] }).isSuperset(of: [.text("wf_align"), .text("wf_merge")]))
  }

  @Test func airflowGraphsShareRunIDs() throws {
    var facts = try account()
    for (set, dag) in [(1, "etl"), (2, "report")] {
      try facts.execute(
        "INSERT INTO tag_set VALUES (\(set), '{\"dag_id\":\"\(dag)\",\"run_id\":\"scheduled__1\",\"task_id\":\"align\"}')"
      )
      try facts.job(queue: FactBase.onDemandQueue, tagSet: set, on("09:00", "09:30"))
    }
    try facts.build()
    #expect(try runs(facts).map { $0[1] } == [.text("etl"), .text("report")])
  }

  @Test func theJobThatStartsOthersBelongsToTheirRun() throws {
    var facts = try account()
    try facts.execute("INSERT INTO tag_set VALUES (1, '{\"AWS_BATCH_PARENT_JOB_ID\":\"job-1\"}')")
    try facts.job(queue: FactBase.onDemandQueue, name: "miniwdl_run_x-v43impfl", on("09:00", "10:00"))
    try facts.job(queue: FactBase.onDemandQueue, name: "align-0-a1-2y2nyrvd", tagSet: 1, on("09:05", "09:30"))
    try facts.job(queue: FactBase.onDemandQueue, name: "align-1-b2-nfrpyz43", tagSet: 1, on("09:05", "09:30"))
    try facts.build()
    let found = try runs(facts)
    // The workflow is the WDL file that `miniwdl-aws-submit` names the job after.
    #expect(found.map { Array($0[1...4]) } == [[.text("x"), .text("job-1"), .integer(2), .integer(3)]])
    // It waited for all the others: the chain that led to the end is theirs.
    #expect(try facts.rows("run-critical-path")["job_name"] == [.text("align-0-a1-2y2nyrvd")])
  }

  /// SageMaker's packages put a time behind the names of training jobs; Batch calls the definition of all of them the same.
  @Test func trainingJobsAreToldByTheirNames() throws {
    var facts = try account()
    try definition(3, "SAGEMAKER_TRAINING", facts)
    for name in [
      "align-20261019090000", "align-20261019090015", "resnet-50-2026-10-19-09-00-00-123", "merge", "warm-up-9a2ef80f",
    ] {
      try facts.job(definition: 3, name: name, on("09:00", "09:30"))
    }
    try facts.build()
    #expect(
      Set(try facts.rows("unit-costs")["step"] ?? []) == [
        .text("align"), .text("resnet-50"), .text("merge"), .text("warm-up-*"),
      ])
    #expect(try runs(facts).map { Array($0[3...4]) } == [[.integer(4), .integer(5)]])
  }

  /// Half an hour on a Spot instance at $0.08 an hour is lost; the client submits it anew, On-Demand.
  ///
  ///     lost 0.5 h × $0.08 = $0.04; of the same half hour Batch's own retry would have lost as much
  @Test(arguments: [true, false]) func whatAClientRunsAgainIsLostWork(byClient: Bool) throws {
    var facts = try account()
    try facts.spotPrice("eu-west-1a", from: "2026-10-18T00:00:00Z", rate: 80_000_000)
    try facts.instance(2, spot: true, "2026-10-19T09:00:00Z", "2026-10-19T11:00:00Z", reclaimed: true)
    try definition(3, "metaflow_x", facts)
    let lost = on(instance: 2, "10:30", "11:00", .hostLost)
    let again = on("11:05", "12:05")
    if byClient {
      try facts.job(definition: 3, name: "alice-F-1-align-2-0", lost)
      try facts.job(definition: 3, name: "alice-F-1-align-2-1", again)
    } else {
      try facts.job(definition: 3, name: "alice-F-1-align-2-0", lost + again)
    }
    try facts.build()
    let audit = try facts.rows("spot-audit")
    #expect(audit[0, "lost_usd"] == usd("0.04"))
    #expect(audit[0, "lost_attempts"] == .integer(1))
    #expect(audit[0, "abandoned_usd"] == usd("0"))
    // An hour On-Demand at $0.20 for one at $0.08.
    #expect(audit[0, "rerun_usd"] == usd("0.12"))
    // Two hours of Spot at $0.08 instead of $0.20 save 0.24; 0.04 and 0.12 of it are lost again.
    #expect(audit[0, "net_usd"] == usd("0.08"))
    let hidden = try facts.rows("hidden-retries")
    #expect(hidden[0, "cause"] == .text("interrupted"))
    #expect(hidden[0, "cost_usd"] == usd("0.04"))
  }

  @Test func aTaskRunTwiceAtOnceIsNotARetry() throws {
    var facts = try account()
    try definition(3, "metaflow_x", facts)
    try facts.job(definition: 3, name: "alice-F-1-align-2-0", on("09:00", "09:30", .exitCode))
    try facts.job(definition: 3, name: "alice-F-1-align-2-1", on("09:10", "09:40"))
    try facts.build()
    #expect(try facts.rows("hidden-retries").rows.isEmpty)
  }

  /// Eight letters may be a word: they count as miniwdl's only if a name beside them contains a digit.
  @Test func aWordOfEightLettersIsNotARandomSuffix() throws {
    var story = try ClientStory()
    try story.job("llm-pretrain", "09:00", "10:00", definition: "llm-pretrain")
    try story.facts.build()
    #expect(try story.facts.rows("workflow-runs").isEmpty)
    try story.job("align-0-x-qrstuvwx", "11:00", "11:10", day: 20, definition: "align-0-x-qrstuvwx")
    try story.job("merge-2fqo3xo7", "11:12", "11:20", day: 20, definition: "merge-2fqo3xo7")
    try story.facts.build()
    #expect(try story.facts.rows("workflow-runs").rowCount == 2)
  }

  @Test func aUsersOwnClientComesFirst() throws {
    var facts = try account()
    try facts.job(
      queue: FactBase.onDemandQueue, name: "NFCORE_SAREK_X", parameters: "{\"flow\":\"f\",\"try\":\"1\"}",
      on("09:00", "09:30"))
    let own = WorkflowClient(
      "ours",
      [
        .init(reads: "parameter", what: "flow", gives: .run, isNeeded: true),
        .init(reads: "name", what: "NFCORE_{workflow:word}_{step}"),
      ])
    try facts.build(settings: InsightSettings(clients: [own]))
    let rows = try facts.rows("workflow-runs")
    #expect(rows.rows.count == 1)
    #expect(rows[0, "client"] == .text("ours"))
    #expect(rows[0, "run"] == .text("f"))
  }
}
