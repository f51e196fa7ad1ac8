import Testing

/// Runs of clients that do not name them: Snakemake, and miniwdl on one's own machine.
@Suite struct RunsByTimeTests {
  /// Each run's steps, sorted, in the order the runs began.
  private func steps(_ story: ClientStory) throws -> [String] {
    try story.facts.build()
    return try story.lines(
      """
      SELECT (SELECT GROUP_CONCAT(n, ' ') FROM (
          SELECT s.name || '×' || COUNT(*) AS n FROM job_identity i JOIN job_step s ON s.id = i.job_step
          WHERE i.workflow_run = w.id GROUP BY s.name ORDER BY s.name))
      FROM workflow_run w ORDER BY w.created_at_ms, w.id
      """)
  }

  @Test func twoWorkflowsInOneHourWithACommonStep() throws {
    var story = try ClientStory()
    for minute in ["00", "01"] { try story.snakemake("align", "09:\(minute)", "09:30") }
    for minute in ["15", "16"] { try story.snakemake("align", "09:\(minute)", "09:50") }
    try story.snakemake("merge", "09:33", "09:45")
    try story.snakemake("call", "09:53", "10:05")
    #expect(try steps(story) == ["align×2 merge×1", "align×2 call×1"])
  }

  /// Each day merging begins while two alignments are still running; only the repetition shows that it belongs to them.
  @Test func stepsThatAlwaysCameTogetherAreOneRun() throws {
    var story = try ClientStory()
    for day in [19, 20] {
      for minute in ["00", "01"] { try story.snakemake("align", "09:\(minute)", "09:50", day: day) }
      try story.snakemake("merge", "09:22", "09:32", day: day)
    }
    #expect(try steps(story) == ["align×2 merge×1", "align×2 merge×1"])
  }

  @Test func oneWorkflowTwiceAtOnce() throws {
    var story = try ClientStory()
    for start in ["00", "20"] {
      try story.snakemake("align", "09:\(start)", "09:\(start == "00" ? 40 : 58)")
    }
    try story.snakemake("merge", "09:42", "09:50")
    try story.snakemake("merge", "10:00", "10:10")
    #expect(try steps(story) == ["align×1 merge×1", "align×1 merge×1"])
  }

  @Test func workflowsBegunTogetherAreSeparatedByStepsSeenAlone() throws {
    var story = try ClientStory()
    try story.snakemake("align", "09:00", "09:20")
    try story.snakemake("merge", "09:22", "09:30")
    try story.snakemake("align", "09:00", "09:20", day: 20)
    try story.snakemake("call", "09:00", "09:40", day: 20)
    try story.snakemake("merge", "09:22", "09:30", day: 20)
    #expect(try steps(story) == ["align×1 merge×1", "align×1 merge×1", "call×1"])
  }

  @Test func aRunOfManyStepsWithAPauseIsOne() throws {
    var story = try ClientStory()
    try story.snakemake("fetch", "09:00", "09:10")
    // The client works on its own for forty minutes.
    try story.snakemake("index", "09:50", "10:00")
    try story.snakemake("map", "10:02", "11:00")
    try story.snakemake("map", "10:02", "10:20")
    // At most four jobs: another starts when one ends.
    try story.snakemake("map", "10:22", "10:40")
    try story.snakemake("report", "11:02", "11:05")
    #expect(try steps(story) == ["fetch×1 index×1 map×3 report×1"])
  }

  @Test func triesOfSnakemakeAfterALostHostAndAnError() throws {
    var story = try ClientStory()
    try story.snakemake("align", "09:00", "09:20", .hostLost)
    try story.snakemake("align", "09:00", "09:40")
    try story.snakemake("align", "09:22", "09:30", .exitCode)
    try story.snakemake("align", "09:32", "09:50")
    #expect(try story.runs() == ["snakemake - - 1 4 2 2"])
    #expect(try story.reruns().count == 2)
    #expect(try story.reruns().allSatisfy { $0.hasSuffix("likely") })
    // 20 and 8 minutes at $0.20 an hour, both only likely to have been run again.
    let causes = try story.facts.rows("retry-cost")
    #expect(causes.rows.count == 2)
    #expect(causes[0, "cause"] == .text("host lost"))
    #expect(causes[0, "retried_usd"] == usd("0.066666667"))
    #expect(causes[0, "likely_usd"] == usd("0.066666667"))
    #expect(causes[1, "likely_usd"] == usd("0.026666667"))
    #expect(try story.facts.rows("hidden-retries")[0, "confidence"] == .text("likely"))
  }

  /// Both scatter over the same two shards; each loses its second shard and tries it again.
  @Test func miniwdlAloneSideBySide() throws {
    var story = try ClientStory()
    func call(_ name: String, _ from: String, _ to: String, _ end: FactBase.Attempt.End = .succeeded) throws {
      try story.job(name, from, to, end, definition: name)
    }
    try call("map-0-s1-aaaabbb2", "09:00", "09:20")
    try call("map-1-s2-aaaabbb3", "09:00", "09:20", .hostLost)
    try call("map-0-s1-ccccddd2", "09:10", "09:36")
    try call("map-1-s2-ccccddd3", "09:10", "09:30", .hostLost)
    try call("map-1-s2-try2-aaaabbb4", "09:23", "09:50")
    try call("map-1-s2-try2-ccccddd4", "09:33", "09:55")
    try call("join-aaaabbb5", "09:53", "10:00")
    try call("join-ccccddd5", "09:58", "10:10")
    #expect(try story.runs() == ["miniwdl - - 2 4 1 1", "miniwdl - - 2 4 1 1"])
    #expect(
      try story.reruns() == [
        "map-1-s2-aaaabbb3 map-1-s2-try2-aaaabbb4 sure", "map-1-s2-ccccddd3 map-1-s2-try2-ccccddd4 sure",
      ])
  }

  @Test func aWorkflowThatBeginsAgainWithinAnHourIsTwoRuns() throws {
    var story = try ClientStory()
    for hour in ["09", "10"] {
      for minute in ["00", "01"] { try story.snakemake("align", "\(hour):\(minute)", "\(hour):20") }
      try story.snakemake("merge", "\(hour):22", "\(hour):30")
    }
    #expect(try steps(story) == ["align×2 merge×1", "align×2 merge×1"])
  }

  /// One job at a time: each is submitted when the one before it ends.
  @Test func aWorkflowOfOneStepInSequenceIsOneRun() throws {
    var story = try ClientStory()
    for (from, to) in [("09:00", "09:20"), ("09:22", "09:40"), ("09:43", "10:00")] {
      try story.snakemake("align", from, to)
    }
    #expect(try steps(story) == ["align×3"])
  }

  /// Trainings are submitted by people: what follows four minutes later is another, unless it is another step.
  @Test func trainingsOneByOneAreRunsOfTheirOwn() throws {
    var story = try ClientStory()
    for (name, from, to) in [
      ("churn-20261019090000", "09:00", "09:20"), ("churn-20261019092400", "09:24", "09:50"),
      ("churn-eval-20261019095200", "09:52", "10:00"), ("churn-20261019103000", "10:30", "10:50"),
      // Three at once: a search.
      ("churn-20261019120000", "12:00", "12:50"), ("churn-20261019120001", "12:00", "12:40"),
      ("churn-20261019120002", "12:00", "12:30"),
    ] { try story.job(name, from, to, definition: "SAGEMAKER_TRAINING") }
    #expect(try steps(story) == ["churn×1", "churn×1 churn-eval×1", "churn×1", "churn×3"])
  }

  @Test func aGraphThatBeginsEveryHourIsARunAnHour() throws {
    var story = try ClientStory()
    func task(_ step: String, _ from: String, _ to: String, _ end: FactBase.Attempt.End = .succeeded) throws {
      try story.job("job", from, to, end, tags: "{\"dag_id\":\"etl\",\"task_id\":\"\(step)\"}")
    }
    for hour in ["09", "10"] {
      try task("extract", "\(hour):00", "\(hour):10")
      try task("load", "\(hour):11", "\(hour):20")
    }
    // Airflow's delay may be longer than its default, and then its next try would look like a beginning.
    try task("extract", "11:00", "11:10", .exitCode)
    try task("extract", "11:40", "11:50")
    #expect(try steps(story) == ["extract×1 load×1", "extract×1 load×1", "extract×2"])
  }

  /// Spot took a job; Nextflow tries again in its On-Demand queue, miniwdl in its fallback queue.
  @Test func aTryInAnotherQueueIsOfTheSameRun() throws {
    var story = try ClientStory()
    let onDemand = try story.queue()
    for day in [19, 20] {
      try story.job("align_1", "09:00", "09:20", .hostLost, day: day, definition: "nf-bwa")
      try story.job("align_2", "09:00", "09:30", day: day, definition: "nf-bwa")
      try story.job("align_1", "09:22", "09:50", day: day, definition: "nf-bwa", queue: onDemand)
      try story.job("join", "09:52", "10:00", day: day, definition: "nf-join")
    }
    try story.job("map-0-s1-aaaabbb2", "14:00", "14:20", .hostLost, definition: "map-0-s1-aaaabbb2")
    try story.job("map-0-s1-try2-aaaabbb4", "14:23", "14:50", definition: "map-0-s1-try2-aaaabbb4", queue: onDemand)
    // The same rule of someone else's workflow says nothing.
    try story.snakemake("sort", "16:00", "16:20", .hostLost)
    try story.job(
      "snakejob-sort-9a2ef80f-58ee-4571-b499-8d7c4093f6de", "16:22", "16:40",
      definition: "snakejob-def-sort-9a2ef80f-58ee-4571-b499-8d7c4093f6de", queue: onDemand)
    #expect(
      try story.runs() == [
        "nextflow - - 2 4 1 1", "miniwdl - - 1 2 1 1", "snakemake - - 1 1 1 0", "snakemake - - 1 1 0 0",
        "nextflow - - 2 4 1 1",
      ])
    #expect(
      try story.reruns() == [
        "align_1 align_1 likely", "align_1 align_1 likely", "map-0-s1-aaaabbb2 map-0-s1-try2-aaaabbb4 sure",
      ])
  }

  @Test func abandonedWorkIsNotRunAgainTheNextDay() throws {
    var story = try ClientStory()
    try story.job("map-0-s1-aaaabbb2", "09:00", "09:20", .exitCode, definition: "map-0-s1-aaaabbb2")
    try story.job("map-0-s1-ccccddd2", "09:00", "09:20", day: 20, definition: "map-0-s1-ccccddd2")
    #expect(try story.runs() == ["miniwdl - - 1 1 1 0", "miniwdl - - 1 1 0 0"])
    #expect(try story.reruns().isEmpty)
  }
}
