import TestSupport
import Testing

/// What jobs of the sample account cost, according to the command line.
@Suite struct JobsTests {
  /// The ledger's totals of attempts and startup.
  @Test func allJobsCostWhatTheLedgerSays() async throws {
    let tool = try await CollectedSample.tool()
    defer { tool.remove() }
    let run = try await tool.run(["jobs", "--total"])
    #expect(run.status == 0)
    let totals = try await tool.run(["query", "totals", "--all", "--format", "csv"]).out.split(separator: "\n")
    let columns = totals[0].split(separator: ",", omittingEmptySubsequences: false)
    let cells = totals[1].split(separator: ",", omittingEmptySubsequences: false)
    var sum = 0.0
    for name in ["attempt_usd", "startup_usd"] {
      let column = try #require(columns.firstIndex { $0 == name })
      sum += try #require(Double(cells[column]))
    }
    let told = try #require(run.out.firstMatch(of: /all: \$([0-9,.]+) for/)?.1.replacing(",", with: ""))
    #expect(abs(try #require(Double(told)) - sum) <= 0.005, "\(run.out)")
    #expect(run.out.split(separator: "\n").count == 1)
  }

  @Test func aRunIsOneLine() async throws {
    let tool = try await CollectedSample.tool()
    defer { tool.remove() }
    let runs = try await tool.run(["query", "workflow-runs", "--format", "csv"])
    let name = try #require(
      runs.out.split(separator: "\n").map { $0.split(separator: ",")[0] }.first { $0.hasPrefix("nf-core/rnaseq@") })
    let run = try await tool.run(["jobs", "--run", String(name), "--total"])
    // 295 jobs counting each array child, 105 as submitted.
    #expect(run.out.hasPrefix("run \(name): about $13."), "\(run.out)")
    #expect(run.out.hasSuffix("; its client names no run: jobs are assigned to it by time\n"))
    #expect(run.out.contains(" for 105 jobs, arrays once, 301 tries; "))
    let week = try await tool.run(["jobs", "--run", String(name), "--total", "--week", "2026-W44"])
    #expect(week.out.contains(" for 105 jobs, arrays once, 301 tries; all their attempts, also on other days; "))
    let list = try await tool.run(["jobs", "--run", String(name), "--sort", "cost", "--limit", "3", "--format", "csv"])
    #expect(list.out.split(separator: "\n").count == 4)
    let explained = try await tool.run(["ledger", "explain", String(name)])
    #expect(explained.out.hasPrefix("run \(name): about $13."))
    #expect(explained.out.contains("95 others"))
  }

  @Test("In an 80-column terminal, jobs have names and costs; columns without content or room are named below")
  func inANarrowTerminal() async throws {
    var tool = try await CollectedSample.tool()
    defer { tool.remove() }
    tool.environment["COLUMNS"] = "80"
    let narrow = try await tool.run(["jobs", "--limit", "3"])
    let lines = narrow.out.split(separator: "\n")
    try #require(lines.count == 6, "\(narrow.out)\(narrow.err)")
    #expect(lines[0].hasPrefix("job_id      job_name    job_queue   state"), "\(narrow.out)")
    #expect(lines[0].hasSuffix("cost_usd") && lines.dropLast().allSatisfy { $0.count <= 80 }, "\(narrow.out)")
    #expect(lines[5].contains("more columns in other formats:") && lines[5].contains("run, run_confidence, user"))
  }

  @Test func anUnknownRunIsRefused() async throws {
    let tool = try await CollectedSample.tool()
    defer { tool.remove() }
    let run = try await tool.run(["jobs", "--run", "nf-core/rnasec@2026-10-27T13:41:57Z"])
    #expect(run.status == 2)
    #expect(run.err.contains("(did you mean \"nf-core/rnaseq@"))
  }

  /// One of the sample's jobs, at 0.000164022 dollars.
  @Test func lessThanACentIsNotZero() async throws {
    let tool = try await CollectedSample.tool()
    defer { tool.remove() }
    let run = try await tool.run(["jobs", "--where", "job=847f16b5-68a4-4583-ab60-fc3c6b88d1e0", "--total"])
    #expect(run.out == "all: <$0.01 for 1 job, 1 try; $0 of it lost with Spot hosts\n", "\(run)")
  }

  /// A training job that ran ten minutes and has no price.
  @Test func withoutAPriceTheCostIsUnknownNotZero() async throws {
    let tool = try Tool()
    defer { tool.remove() }
    try tool.write(
      "job.json",
      """
      {"jobArn":"arn:aws:batch:eu-west-1:111122223333:service-job/e9f0ef41-ef11-4a1b-940a-1624a44ab3ad",
       "jobId":"e9f0ef41-ef11-4a1b-940a-1624a44ab3ad","jobName":"align-20261027080000",
       "jobQueue":"arn:aws:batch:eu-west-1:111122223333:job-queue/training","serviceJobType":"SAGEMAKER_TRAINING",
       "serviceRequestPayload":"{\\"ResourceConfig\\":{\\"InstanceType\\":\\"ml.m5.xlarge\\",\\"InstanceCount\\":1}}",
       "status":"SUCCEEDED","createdAt":1793087940000,"startedAt":1793088000000,"stoppedAt":1793088600000,
       "attempts":[{"startedAt":1793088000000,"stoppedAt":1793088600000,"serviceResourceId":{"name":"TrainingJobArn",
        "value":"arn:aws:sagemaker:eu-west-1:111122223333:training-job/AWSBatchalign"}}],"tags":{"team":"ml"}}
      """)
    let collected = try await tool.run(["collect", "--from", "job.json", "--as-of", "2026-11-02T05:20:00Z"])
    #expect(collected.status == 0, "\(collected)")
    let total = try await tool.run(["jobs", "--total"])
    #expect(total.out == "all: unknown cost for 1 job, 1 try; 1 job without a price, not in it\n", "\(total)")
    let tags = try await tool.run(["tags", "--format", "csv", "--from", "2026-10-27", "--to", "2026-10-28"])
    #expect(tags.out.split(separator: "\n").last?.hasPrefix("team,,,,1,") == true, "\(tags)")
  }
}
