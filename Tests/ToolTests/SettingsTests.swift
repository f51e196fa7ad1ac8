import Foundation
import TestSupport
import Testing

/// Wrong or unreadable settings files: an error that says what and where, status 2, before anything happens.
@Suite struct SettingsTests {
  @Test(
    "An unknown setting is an error with its line",
    arguments: [
      ("wieghts: cpu-only", "batchcost.yaml:1: no setting \"wieghts\" (did you mean \"weights\"?)"),
      ("budget:\n  - weekly: 1", "batchcost.yaml:1: no setting \"budget\" (did you mean \"budgets\"?)"),
      (
        "accounts:\n  - role_am: x",
        "batchcost.yaml:2: accounts has no property \"role_am\" (did you mean \"role_arn\"?)"
      ),
      (
        "accounts:\n  - name: x\n    region: [us-east-1]",
        "batchcost.yaml:3: accounts has no property \"region\" (did you mean \"regions\"?)"
      ),
      ("accounts: research", "batchcost.yaml:1: \"accounts\" must be a list"),
      ("accounts: [research]", "batchcost.yaml:1: accounts: an entry must have properties"),
      (
        "accounts:\n  - role_arn: batchcost",
        "batchcost.yaml:2: accounts: \"role_arn\" is \"batchcost\", and must be a role's ARN"
      ),
      ("accounts:\n  - regions: [Frankfurt]", "batchcost.yaml:2: accounts: \"regions\" has \"Frankfurt\""),
      ("accounts:\n  - events: ftp://x", "batchcost.yaml:2: accounts: \"events\" has \"ftp://x\""),
      ("budgets: 3", "batchcost.yaml:1: \"budgets\" must be a list"),
      (
        "budgets:\n  - weekly: much",
        "batchcost.yaml:2: budgets: \"weekly\" is \"much\", and must be an amount of dollars"
      ),
      (
        "budgets:\n  - tag: team\n    weekly: 1",
        "batchcost.yaml:2: budgets: \"tag\" is \"team\", and must be NAME=VALUE"
      ),
      ("budgets:\n  - queue: q", "batchcost.yaml:2: budgets: queue q: needs weekly or monthly"),
      ("max_unused: 120%", "batchcost.yaml:1: \"max_unused\" is \"120%\", and must be a share"),
      ("\nweights: heavy", "batchcost.yaml:2: \"weights\" is \"heavy\", and must be split-cost"),
      (
        "spot_price_rule: hourly",
        "batchcost.yaml:1: \"spot_price_rule\" is \"hourly\", and must be instance-hour or continuous"
      ),
      (
        "workflow_clients:\n  - name: ours\n    reads: [{tga: x}]",
        "batchcost.yaml:3: workflow_clients has no property \"tga\" (did you mean \"tag\"?)"
      ),
      (
        "workflow_clients:\n  - name: ours\n    reads: [{job_name: \"{run\", needed: true}]",
        "batchcost.yaml:3: workflow_clients: \"job_name\" is \"{run\", and must be a pattern"
      ),
      (
        "workflow_clients:\n  - name: ours\n    reads: [{tag: x, gives: run}]",
        "batchcost.yaml:2: workflow_clients: \"reads\" must have an entry with `needed: true`"
      ),
      ("checkpoints:\n  - {queue: gpu}", "batchcost.yaml:2: checkpoints: must have one of every, every_tag, objects"),
      (
        "checkpoints:\n  - {every: 30m, every_tag: x}",
        "batchcost.yaml:2: checkpoints: must have one of every, every_tag, objects"
      ),
      (
        "checkpoints:\n  - {evry: 30m}",
        "batchcost.yaml:2: checkpoints has no property \"evry\" (did you mean \"every\"?)"
      ),
      (
        "checkpoints:\n  - {every: 30}",
        "batchcost.yaml:2: checkpoints: \"every\" is \"30\", and must be an interval such as 90s, 30m or 2h"
      ),
      (
        "checkpoints:\n  - {objects: s3://bucket/checkpoints/}",
        "batchcost.yaml:2: checkpoints: \"objects\" is \"s3://bucket/checkpoints/\", and must be a prefix such as"
      ),
      (
        "checkpoints:\n  - {job_name: \"train-{\", every: 30m}",
        "batchcost.yaml:2: checkpoints: \"job_name\" is \"train-{\", and must be a name or a pattern"
      ),
      ("tags: team", "batchcost.yaml:1: tags: must say what tags are for, such as `team: owner`"),
      ("tags:\n  tema: x", "batchcost.yaml:2: tags has no property \"tema\" (did you mean \"team\"?)"),
      ("workflow_tag: run", "batchcost.yaml:1: \"workflow_tag\" is now `tags: {workflow: …}`"),
      ("weights: a\nweights: b", "batchcost.yaml:"), ("weights: [", "batchcost.yaml:"),
    ])
  func wrong(yaml: String, message: String) async throws {
    let tool = try Tool()
    defer { tool.remove() }
    try tool.write("batchcost.yaml", yaml)
    for arguments in [
      ["collect", "--from", "\(CollectedSample.folder)/batch", "--database", "x.sqlite"], ["check"],
      ["query", "totals"],
      ["report", "weekly"], ["ledger", "check"],
    ] {
      let run = try await tool.run(arguments)
      #expect(run.status == 2 && run.out.isEmpty, "\(run)")
      #expect(run.err.contains("Error: \(message)"), "\(run.err)")
    }
    #expect(!FileManager.default.fileExists(atPath: tool.folder.appending(path: "x.sqlite").path))
  }

  @Test("Settings under a name that is not read are an error", arguments: ["batchcost.yml", "batchcost.yaml.txt"])
  func otherNames(_ name: String) async throws {
    let tool = try Tool()
    defer { tool.remove() }
    try tool.write(name, "budgets:\n  - weekly: 1\n")
    let run = try await tool.run(["check", "--max-weekly", "5000"])
    #expect(run.status == 2, "\(run)")
    #expect(run.err.contains("Error: \(name): is not read: call it batchcost.yaml"), "\(run.err)")
  }

  @Test func validSettingsAreUsed() async throws {
    let tool = try await CollectedSample.tool()
    defer { tool.remove() }
    try tool.write("batchcost.yaml", "budgets:\n  - weekly: 1\nmax_unused: 99%\n")
    let run = try await tool.run(["check"])
    #expect(run.status == 3, "\(run)")
    #expect(run.err.contains("weekly cost is $"), "\(run.err)")
  }

  @Test("Building the ledger names settings that nothing collected has")
  func misspelt() async throws {
    let tool = try await CollectedSample.tool()
    defer { tool.remove() }
    try tool.write(
      "batchcost.yaml",
      """
      budgets: [{queue: gpuu, weekly: 1}, {tag: team=render, weekly: 1}, {weekly: 1}]
      tags: {team: [tema, taem], user: [nobody, team]}
      checkpoints: [{queue: mpii, every: 30m}, {queue: gpu, every: 30m}]
      """)
    let run = try await tool.run(["ledger", "build"])
    #expect(run.status == 0)
    let said = run.err.split(separator: "\n").filter { $0.hasPrefix("batchcost.yaml: ") }
    #expect(
      said == [
        "batchcost.yaml: budget of queue gpuu: no job in queue \"gpuu\" (did you mean \"gpu\"?)",
        "batchcost.yaml: tags: team: no job has a tag \"tema\" or \"taem\" (did you mean \"team\"?)",
        "batchcost.yaml: checkpoints: no queue \"mpii\" (did you mean \"mpi\"?)",
      ], "\(run.err)")
  }

  @Test(
    "An unreadable file is not treated as missing",
    arguments: [
      ("printf '\\377\\376b\\000' > batchcost.yaml", "is UTF-16"),
      ("printf 'a: \\351' > batchcost.yaml", "is not UTF-8"),
      ("mkfifo batchcost.yaml", "is a pipe"), ("mkdir batchcost.yaml", "is a folder"),
      ("ln -s nowhere batchcost.yaml", "is a link to a file that does not exist"),
      ("ln -s /dev/null batchcost.yaml", "is a device"),
    ])
  func unreadable(script: String, message: String) async throws {
    let tool = try await CollectedSample.tool()
    defer { tool.remove() }
    try #require(await OtherProgram.run("sh", ["-c", script], in: tool.folder).status == 0)
    let run = try await tool.run(["check", "--max-weekly", "1000000"])
    #expect(run.status == 2 && run.out.isEmpty, "\(run)")
    #expect(run.err.contains("batchcost.yaml: \(message)"), "\(run.err)")
  }

  @Test("An unreadable query file is an error")
  func unreadableQuery() async throws {
    let tool = try await CollectedSample.tool()
    defer { tool.remove() }
    try FileManager.default.createDirectory(
      at: tool.folder.appending(path: "Queries/mine.sql"), withIntermediateDirectories: true)
    let run = try await tool.run(["query", "mine"])
    #expect(run.status == 1, "\(run)")
    #expect(run.err.contains("Queries/mine.sql: Is a directory"), "\(run.err)")
  }

  @Test("A week is an ISO week", arguments: ["2031", "2026-W54", "2026-44", "W44-2026", "2026-W4", ""])
  func noWeek(week: String) async throws {
    let tool = try await CollectedSample.tool()
    defer { tool.remove() }
    for command in [["query", "totals"], ["report", "weekly"], ["check", "--max-weekly", "1"]] {
      let run = try await tool.run(command + ["--week", week])
      #expect(run.status == 2 && run.out.isEmpty, "\(run)")
      #expect(run.err.contains("not an ISO week such as 2026-W44"), "\(run.err)")
    }
  }

  @Test("A period without data is an error that says which days there are")
  func beyond() async throws {
    let tool = try await CollectedSample.tool()
    defer { tool.remove() }
    for command in [["query", "totals"], ["report", "weekly"], ["check", "--max-weekly", "1"]] {
      let run = try await tool.run(command + ["--week", "2031-W01"])
      #expect(run.status == 2 && run.out.isEmpty, "\(run)")
      #expect(
        run.err.contains(
          "nothing was collected in 2031-W01; the data cover 2026-10-19 to 2026-11-02, 2026-W43 to 2026-W45"),
        "\(run.err)")
    }
    let run = try await tool.run(["query", "totals", "--to", "2026-10-19"])
    #expect(run.status == 2, "\(run)")
  }

  @Test("A parameter has the type in the query's header")
  func parameters() async throws {
    let tool = try await CollectedSample.tool()
    defer { tool.remove() }
    let folder = tool.folder.appending(path: "Queries")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try tool.write(
      "Queries/kinds.sql",
      """
      -- What parameters are.
      --   :t text      a text
      --   :i integer   a whole number
      --   :n number    a number
      --   :d day       a day
      SELECT typeof(:t) AS t, typeof(:i) AS i, typeof(:n) AS n, typeof(:d) AS d, typeof(:u) AS u
      """)
    func run(_ values: [String]) async throws -> Tool.Run {
      try await tool.run(["query", "kinds", "--format", "csv"] + values.flatMap { ["--param", $0] })
    }
    let good = try await run(["t=2026", "i=3", "n=1.5", "d=2026-10-26", "u=7"])
    #expect(good.out == "t,i,n,d,u\ntext,integer,real,text,text\n", "\(good)")
    let bad = try await run(["t=2026", "i=x", "n=1.5", "d=2026-10-26", "u=7"])
    #expect(bad.status == 2 && bad.err.contains("kinds: --param i=x is no integer"), "\(bad)")
    try tool.write("Queries/wrong.sql", "-- Wrong.\n-- :a txet  x\nSELECT :a")
    let wrong = try await tool.run(["query", "wrong", "--param", "a=1"])
    #expect(wrong.err.contains("Queries/wrong.sql: :a is no \"txet\" (did you mean \"text\"?)"), "\(wrong)")
  }
}
