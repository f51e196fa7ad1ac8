import Foundation
import TestSupport
import Testing

/// Mistakes on the command line: status 2, and what to write instead.
@Suite struct CommandLineTests {
  @Test(
    "A word in a command's place that names none",
    arguments: [
      (["querry"], "there is no command \"querry\" (did you mean \"query\"?); `batchcost --help` lists the commands"),
      (["explain", "i-1"], "there is no command \"explain\" (did you mean \"ledger explain\"?)"),
      (["help", "reprot"], "there is no command \"reprot\" (did you mean \"report\"?)"),
      (
        ["ledger", "chek"],
        "there is no command \"ledger chek\" (did you mean \"check\"?); `batchcost ledger --help` lists the commands"
      ),
      (["report", "weekly", "--run", "x"], "Unknown option '--run'; for one run, pass --where run=NAME"),
      (["jobs", "--limit", "-1"], "--limit -1: must be 0 or more"),
      (["check", "--max-weekly", "-5"], "--max-weekly -5: not an amount of dollars"),
      (["report", "weekley"], "no report named \"weekley\" (did you mean \"weekly\"?)"),
      (["query", "cost-by-que"], "no query named \"cost-by-que\" (did you mean \"cost-by-queue\"?)"),
      (["query", "nosuch"], "no query named \"nosuch\"; `batchcost query` lists them"),
      (["query", "totals", "--from", "2031-01-06"], "nothing was collected from 2031-01-06 on; the data cover 2026-"),
      (["query", "totals", "--to", "2020-01-06"], "nothing was collected before 2020-01-06; the data cover 2026-"),
      (["ledger", "explain", "nosuch"], "nosuch: no instance, reservation or task, and no job or run, has this name"),
      (
        ["report", "weekly", "--format", "mail", "--output", "m.html"],
        "--format mail: the ending of m.html makes it html; for mail pass --output - and redirect it"
      ),
      (["query", "cost-by-tag"], "cost-by-tag: needs --param tag=…"),
      (["report", "weekly", "--output", "x.docx"], "--output x.docx: unknown format; use .pdf"),
      (
        ["report", "weekly", "--format", "md", "--output", "x.pdf"],
        "--format md: the ending of x.pdf makes it pdf; for md name it x.md"
      ),
      (
        ["report", "weekly", "--each", "tag:teem", "--output", "x"],
        "--each tag:teem: no job has a tag \"teem\" (did you mean \"team\"?)"
      ),
      (["report", "weekly", "--each", "user", "--output", "x"], "--each user: no user is known for any job"),
      (
        ["check", "--max-weekly", "20000", "--budget", "queue=gpuu:800"],
        "budget of queue gpuu: no job in queue \"gpuu\" (did you mean \"gpu\"?)"
      ),
      (
        ["check", "--budget", "team=rendr:800"],
        "budget of team=rendr: no job with tag team \"rendr\" (did you mean \"render\"?)"
      ),
      (["check", "--budget", "taem=ml:800"], "budget of taem=ml: no job has a tag \"taem\" (did you mean \"team\"?)"),
    ] as [([String], String)])
  func wrong(arguments: [String], message: String) async throws {
    let tool = try await CollectedSample.tool()
    defer { tool.remove() }
    let run = try await tool.run(arguments)
    #expect(run.status == 2 && run.out.isEmpty, "\(run)")
    #expect(run.err.contains("Error: \(message)"), "\(run.err)")
  }

  @Test("A misspelt budget in batchcost.yaml is an error too")
  func settings() async throws {
    let tool = try await CollectedSample.tool()
    defer { tool.remove() }
    try tool.write("batchcost.yaml", "budgets:\n  - {queue: gpuu, weekly: 800}\n")
    let run = try await tool.run(["check"])
    #expect(run.status == 2 && run.err.contains("budget of queue gpuu: no job in queue \"gpuu\""), "\(run)")
  }

  @Test("What reports print of a job's id chooses the job", arguments: ["9a1cc424", "9a1cc424-d4cd"])
  func shortID(start: String) async throws {
    let tool = try await CollectedSample.tool()
    defer { tool.remove() }
    let whole = try await tool.run(
      ["jobs", "--where", "job=9a1cc424-d4cd-4b1e-a518-c95bc32e0fd5", "--format", "csv"])
    let short = try await tool.run(["jobs", "--where", "job=\(start)", "--format", "csv"])
    #expect(short.status == 0 && short.out == whole.out && short.out.contains("9a1cc424-d4cd"), "\(short)")
  }

  @Test("A folder takes any format")
  func folder() async throws {
    let tool = try await CollectedSample.tool()
    defer { tool.remove() }
    let run = try await tool.run(["report", "weekly", "spot-audit", "--format", "md", "--output", "out/"])
    #expect(run.status == 0 && run.out == "out/weekly.md\nout/spot-audit.md\n", "\(run)")
    let files = try FileManager.default.contentsOfDirectory(atPath: tool.folder.appending(path: "out").path)
    #expect(files.sorted() == ["spot-audit.md", "weekly.md"])
  }

  @Test("An account without anything is an empty answer, and --as-of before all data is said")
  func nothing() async throws {
    let tool = try Tool()
    defer { tool.remove() }
    try tool.write("none.json", "{\"jobQueues\": []}")
    let empty = try await tool.run(["collect", "--from", "none.json"])
    #expect(empty.status == 0 && empty.err.hasPrefix("collected 1 file: 1 empty answer\n"), "\(empty)")
    let early = try await tool.run(
      ["collect", "--as-of", "2020-01-01T00:00:00Z", "--database", "early.sqlite"] + CollectedSample.sources)
    #expect(
      early.status == 0
        && early.err.contains("nothing had run by --as-of 2020-01-01T00:00:00Z; the files tell of what ran until 2026-"),
      "\(early)")
  }

  @Test("A failed command leaves no empty database", arguments: [["collect", "--from"], ["reconcile", "--bill"]])
  func leavesNothing(command: [String]) async throws {
    let tool = try Tool()
    defer { tool.remove() }
    let run = try await tool.run(command + ["nothere"])
    #expect(run.status == 1 && run.err.contains("nothere: No such file or directory"), "\(run)")
    let report = try await tool.run(["report", "weekly"])
    #expect(report.status == 1 && report.err.contains("batchcost.sqlite: no such database"), "\(report)")
  }

  @Test("The note beside a narrowed query names only what it reads")
  func notes() async throws {
    let tool = try await CollectedSample.tool()
    defer { tool.remove() }
    try FileManager.default.createDirectory(
      at: tool.folder.appending(path: "Queries"), withIntermediateDirectories: true)
    try tool.write("Queries/mine.sql", "-- How many jobs.\nSELECT COUNT(*) AS jobs FROM job\n")
    let mine = try await tool.run(["query", "mine", "--where", "queue=gpu"])
    #expect(mine.status == 0 && mine.err == "Only queue=gpu.\n", "\(mine)")
    let cost = try await tool.run(["query", "cost-by-queue", "--all", "--where", "queue=gpu"])
    #expect(
      cost.err
        == "Only queue=gpu: the cost of their attempts, startup included; unused cost belongs to no job.\n", "\(cost)")
  }
}
