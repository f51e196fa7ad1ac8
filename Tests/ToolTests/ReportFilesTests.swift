import Foundation
import TestSupport
import Testing

/// Where reports go, which file they are made from, and what a failed command leaves behind.
@Suite struct ReportFilesTests {
  private func files(_ tool: Tool) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: tool.folder.path)
  }

  @Test func aReportOnStandardOutput() async throws {
    let tool = try await CollectedSample.tool()
    defer { tool.remove() }
    let run = try await tool.run(["report", "weekly", "-o", "-", "--format", "md"])
    #expect(run.status == 0, "\(run.err)")
    #expect(run.out.contains("# AWS Batch cost $"))
    #expect(try !files(tool).contains { $0.hasPrefix("weekly") })
  }

  @Test("A missing folder in the path is an error, and is not created", arguments: ["no/weekly.pdf", "no/such/"])
  func missingFolder(output: String) async throws {
    let tool = try await CollectedSample.tool()
    defer { tool.remove() }
    let run = try await tool.run(["report", "weekly", "--output", output])
    #expect(run.status == 1 && run.out.isEmpty, "\(run)")
    #expect(run.err.contains("no/") && !run.err.contains("Usage"), "\(run.err)")
    #expect(try !files(tool).contains("no"))
  }

  @Test func severalReportsInOneCall() async throws {
    let tool = try await CollectedSample.tool()
    defer { tool.remove() }
    let run = try await tool.run(["report", "weekly", "spot-audit", "right-sizing", "--format", "md"])
    #expect(run.status == 0, "\(run.err)")
    #expect(run.out == "weekly.md\nspot-audit.md\nright-sizing.md\n")
    let one = try await tool.run(["report", "weekly", "spot-audit", "--output", "one.pdf"])
    #expect(one.status == 2 && one.err.contains("2 reports do not fit in one file; name a folder"), "\(one.err)")
  }

  @Test func newCopiesTheBuiltInReportAndRunsNameTheFileUsed() async throws {
    let tool = try await CollectedSample.tool()
    defer { tool.remove() }
    let new = try await tool.run(["report", "new", "weekly"])
    #expect(new.status == 0 && new.out == "Reports/weekly.md\n", "\(new)")
    let path = tool.folder.appending(path: "Reports/weekly.md")
    let text = try String(contentsOf: path, encoding: .utf8)
    #expect(text.contains("# {{sentence weekly-headline}}"))
    try tool.write("Reports/weekly.md", text.replacing("# {{sentence weekly-headline}}", with: "# Ours"))
    let run = try await tool.run(["report", "weekly", "--output", "a.md"])
    #expect(run.err.contains("weekly: from Reports/weekly.md") && run.err.contains("Ours"), "\(run.err)")
    let again = try await tool.run(["report", "new", "weekly"])
    #expect(again.status == 1 && again.err.contains("already exists"), "\(again)")
  }

  @Test func aFailedCollectionLeavesNoFindings() async throws {
    let tool = try await CollectedSample.tool()
    defer { tool.remove() }
    let findings = ["query", "findings", "--all", "--format", "csv"]
    let before = try await tool.run(findings)
    try tool.write("broken.json", "{\"jobs\": [")
    let run = try await tool.run(["collect", "--from", "broken.json"])
    #expect(run.status == 1 && run.err.contains("broken.json"), "\(run)")
    let after = try await tool.run(findings)
    #expect(after.out == before.out && before.status == 0)
  }

  @Test(
    "Long output starts with a one-line summary",
    arguments: [
      (["check", "--max-weekly", "5000"], Int32(3), "1 of 1 limit is broken."),
      (
        ["ledger", "explain", "9a1cc424"], 0,
        "9a1cc424-d4cd-4b1e-a518-c95bc32e0fd5  $"
      ),
      (["doctor"], 3, "checks fail: "),
    ])
  func summariesFirst(arguments: [String], status: Int32, first: String) async throws {
    let tool = try await CollectedSample.tool()
    defer { tool.remove() }
    let run = try await tool.run(arguments)
    #expect(run.status == status, "\(run)")
    #expect(run.out.split(separator: "\n").first?.contains(first) == true, "\(run.out.prefix(300))")
  }

  @Test("Without any time in the files, the message says what is missing, and no week of 1969 is made up")
  func nothingHasATime() async throws {
    let tool = try Tool()
    defer { tool.remove() }
    try tool.write(
      "queues.json",
      #"{"jobQueues": [{"jobQueueName": "q", "jobQueueArn": "arn:aws:batch:us-east-1:111122223333:job-queue/q"}]}"#)
    #expect(try await tool.run(["collect", "--from", "queues.json"]).status == 0)
    for (arguments, status, says) in [
      (["check", "--max-weekly", "5"], 1, "nothing collected so far has a time"),
      (["check", "--max-weekly", "5", "--week", "2026-W44"], 1, "nothing collected so far has a time"),
      (["report", "weekly"], 2, "nothing that was collected has run yet"),
      (["query", "totals", "--week", "2026-W44"], 2, "nothing collected so far has a time"),
    ] as [([String], Int32, String)] {
      let run = try await tool.run(arguments)
      #expect(run.status == status && run.err.contains(says), "\(arguments): \(run)")
      #expect(!(run.out + run.err).contains("1969") && !(run.out + run.err).contains("1970"), "\(run)")
    }
  }

  @Test func queriesCoverTheLastWholeWeekLikeReports() async throws {
    let tool = try await CollectedSample.tool()
    defer { tool.remove() }
    let totals = ["query", "totals", "--format", "csv"]
    let plain = try await tool.run(totals)
    let week = try await tool.run(totals + ["--week", "2026-W44"])
    let all = try await tool.run(totals + ["--all"])
    #expect(plain.status == 0 && plain.out == week.out && plain.out != all.out)
    #expect(plain.err == "2026-W44; for another period pass --week, --from, --to or --all\n", "\(plain.err)")
    #expect(week.err.isEmpty && all.err.isEmpty)
    let both = try await tool.run(totals + ["--all", "--week", "2026-W44"])
    #expect(both.status == 2 && both.err.contains("--all cannot be combined"), "\(both.err)")
    // A query whose header asks for all time.
    let folder = tool.folder.appending(path: "Queries")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (name, header) in [("mine", "-- Mine.\n-- period: all\n"), ("week", "-- Week.\n")] {
      try tool.write("Queries/\(name).sql", header + "SELECT :from AS first, :to AS after")
    }
    #expect(try await tool.run(["query", "mine", "--format", "csv"]).out == "first,after\n2026-10-19,2026-11-03\n")
    #expect(try await tool.run(["query", "week", "--format", "csv"]).out == "first,after\n2026-10-26,2026-11-02\n")
  }
}
