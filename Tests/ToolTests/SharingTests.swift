import Foundation
import Store
import TestSupport
import Testing

/// Reports to share: names replaced everywhere, one report per team.
@Suite struct SharingTests {
  /// The sample with names that appear in no other word.
  private static let made = Task {
    let tool = try await CollectedSample.tool()
    let bill = try await tool.run(["reconcile", "--bill", CollectedSample.folder + "/billing"])
    try #require(bill.status == 0, "\(bill)")
    try Store.Database(path: tool.database).write { connection in
      try connection.execute(
        """
        UPDATE account_region SET account = 'zebra-account' || id WHERE account <> '';
        UPDATE job_queue SET name = 'zebra queue ' || id, arn = 'arn:zebra:' || id;
        UPDATE job_definition SET name = 'Zebra_def' || CHAR(97 + id % 20);
        UPDATE job SET name = 'zebraJob' || CHAR(97 + id % 20), status_reason = 'zebra', share_identifier = 'zebra',
          parameters = '{"metaflow.flow_name":"ZebraFlow","metaflow.run_id":"zebra-' || (id % 5) || '","metaflow.step_name":"zebrastep","metaflow.user":"zebrauser"}'
          WHERE id % 3 = 0;
        UPDATE job SET name = 'zebraJob' || CHAR(97 + id % 20) WHERE id % 3 > 0;
        DELETE FROM tag;
        UPDATE tag_set SET tags = '{"zebra-key":"zebra ✓ ' || id || '","aws:batch:job-queue":"zebra"}';
        INSERT INTO tag SELECT t.id, e.key, e.value FROM tag_set t, json_each(t.tags) e;
        UPDATE bill SET payer = 'zebra-payer';
        UPDATE bill_coverage SET account = 'zebra-account1';
        INSERT INTO collection_finding VALUES ('unreadable', 'warning', 'zebra/file', 'zebra', 'zebra');
        """)
      // Environments keep their ARNs, which queues refer to.
      try connection.execute("UPDATE compute_environment SET name = 'zebra-env ' || id")
    }
    try tool.write(
      "batchcost.yaml",
      "budgets:\n  - {queue: zebra queue 1, weekly: 1}\n  - {tag: zebra-key=zebra ✓ 1, weekly: 1}\ntags: {user: zebra-key}\n"
    )
    let build = try await tool.run(["ledger", "build", "--anew"])
    try #require(build.status == 0, "\(build)")
    return tool
  }

  private func files(_ tool: Tool, _ folder: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: tool.folder.appending(path: folder).path).sorted()
  }

  /// A file's text as a reader, or a program searching for names, would see it.
  private func text(_ tool: Tool, _ path: String) async throws -> String {
    let file = tool.folder.appending(path: path)
    guard path.hasSuffix(".pdf") else { return String(decoding: try Data(contentsOf: file), as: UTF8.self) }
    var text = ""
    for (program, options) in [("pdftotext", []), ("qpdf", ["--qdf", "--object-streams=disable"])] {
      let run = try await OtherProgram.run(program, options + [file.path, "-"])
      #expect(run.status == 0, "\(program): \(run.err)")
      text += run.out
    }
    return text
  }

  private func expectNoNames(_ text: String, _ what: String, ids: [String]) {
    let found = text.range(of: "zebra", options: .caseInsensitive)
    #expect(
      found == nil, "\(what): \(found.map { text[$0.lowerBound...].prefix(80) } ?? "")")
    // Hundreds of ids in megabytes of text: Foundation's search takes minutes.
    let searched = text.utf8.map { $0 == 0 ? 32 : CChar(bitPattern: $0) } + [0]
    let id = ids.first { strstr(searched, $0) != nil }
    if let id { Issue.record("\(what): \(id)") }
  }

  @Test("No name is left in any report, in any format")
  func reports() async throws {
    let tool = try await Self.made.value
    let ids = try ids(tool)
    for report in [["weekly"], ["spot-audit"], ["right-sizing"], ["run", "--where", "run=zebra-4"]] {
      for format in ["pdf", "html", "svg", "md", "json", "mail", "slack"] {
        let path = "shared-\(report[0]).\(format)"
        let run = try await tool.run(
          ["report"] + report + ["--week", "2026-W44", "--pseudonymise", "names.key", "--output", path],
          name: "reports")
        #expect(run.status == 0, "\(run)")
        expectNoNames(run.out + run.err, "\(path), as it is told", ids: ids)
        let written = try await text(tool, path)
        #expect(written.count > 1000)
        expectNoNames(written, path, ids: ids)
      }
    }
  }

  @Test("No name is left in any query or in the export")
  func queries() async throws {
    let tool = try await Self.made.value
    let ids = try ids(tool)
    for name in QueryLibrary().names {
      let query = try QueryLibrary().query(name)
      if query.needsRealNames { continue }
      let tag = query.sql.contains(":tag") ? ["--param", "tag=zebra-key"] : []
      let run = try await tool.run(
        ["query", name, "--all", "--format", "ndjson", "--pseudonymise", "names.key"] + tag, name: "queries")
      #expect(run.status == 0, "\(name): \(run.err)")
      expectNoNames(run.out + run.err, name, ids: ids)
    }
    let export = try await tool.run(
      ["export", "--format", "focus", "--output", "-", "--pseudonymise", "names.key"], name: "queries")
    #expect(export.status == 0 && export.out.count > 100_000)
    expectNoNames(export.out, "focus", ids: ids)
  }

  @Test("Numbers stay; one key always gives the same names, another key gives others")
  func numbers() async throws {
    let tool = try await Self.made.value
    func rows(_ query: String, _ arguments: String...) async throws -> String {
      let run = try await tool.run(["query", query, "--format", "csv"] + arguments, name: "numbers")
      #expect(run.status == 0, "\(run)")
      return run.out
    }
    #expect(try await rows("totals") == rows("totals", "--pseudonymise", "names.key"))
    for query in ["cost-by-queue", "job-cost", "unit-costs", "forecast", "advice", "workflow-runs"] {
      let plain = try await rows(query, "--all")
      let shared = try await rows(query, "--all", "--pseudonymise", "names.key")
      #expect(Self.amounts(plain) == Self.amounts(shared), "\(query)")
      #expect(plain.contains("ebra") && !shared.contains("ebra"), "\(query)")
    }
    let explained = try await rows("reconciliation", "--all")
    let stillExplained = try await rows("reconciliation", "--all", "--pseudonymise", "names.key")
    #expect(explained.contains(",-44.108676889,0,Savings Plan rate,-44.108676889,0"))
    #expect(Self.amounts(explained) == Self.amounts(stillExplained))
    // The parameter takes the real name.
    let tagged = try await rows("cost-by-tag", "--param", "tag=zebra-key")
    let shared = try await rows("cost-by-tag", "--param", "tag=zebra-key", "--pseudonymise", "names.key")
    #expect(Self.amounts(tagged) == Self.amounts(shared) && tagged.contains("zebra ✓") && shared.contains("value-"))
    let values = try await tool.run(["tags", "zebra-key", "--pseudonymise", "names.key"], name: "numbers")
    #expect(values.status == 0 && values.out.contains("value-"), "\(values)")
    let unknown = try await tool.run(["tags", "zebra-kye", "--pseudonymise", "names.key"], name: "numbers")
    #expect(unknown.status == 2 && unknown.err.contains("no job has a tag \"zebra-kye\""), "\(unknown)")
    #expect(!unknown.err.contains("key-"), "\(unknown)")
    let first = try await rows("cost-by-queue", "--pseudonymise", "names.key")
    #expect(first.contains("queue-"))
    #expect(try await first == rows("cost-by-queue", "--pseudonymise", "names.key"))
    #expect(try await first != rows("cost-by-queue", "--pseudonymise", "others.key"))
  }

  /// A row's numbers, sorted, since names decide the order of ties.
  private static func amounts(_ csv: String) -> [String] {
    var amounts: [String] = []
    for line in csv.split(separator: "\n").dropFirst() {
      for field in line.split(separator: ",") where Double(field) != nil { amounts.append(String(field)) }
    }
    return amounts.sorted()
  }

  @Test("The second ledger takes names apart, so it takes no key")
  func reference() async throws {
    let tool = try await Self.made.value
    let run = try await tool.run(["query", "ledger-reference", "--pseudonymise", "names.key"], name: "reference")
    #expect(run.status == 2 && run.out.isEmpty && run.err.contains("leave out --pseudonymise"), "\(run)")
  }

  @Test("Tasks have one pseudonym wherever they are named, so that what is joined by them stays")
  func tasks() async throws {
    let tool = try await Self.made.value
    for query in ["billed-task-cost", "run-timeline", "queue-wait"] {
      let names = ["query", query, "--format", "csv", query == "run-timeline" ? "--where=run=zebra-4" : "--all"]
      let plain = try await tool.run(names, name: "tasks")
      let shared = try await tool.run(names + ["--pseudonymise", "names.key"], name: "tasks")
      #expect(plain.status == 0 && shared.status == 0, "\(shared)")
      #expect(plain.out.split(separator: "\n").count > 1, "\(query)")
      #expect(Self.amounts(plain.out) == Self.amounts(shared.out), "\(query)")
    }
  }

  @Test("Limits name what they limit, so check takes no key")
  func check() async throws {
    let tool = try await Self.made.value
    let run = try await tool.run(["check", "--pseudonymise", "names.key"], name: "check")
    #expect(run.status == 2 && run.out.isEmpty && run.err.contains("--pseudonymise"), "\(run)")
  }

  @Test("The key is created for its owner alone, and refused if others can read it")
  func key() async throws {
    let tool = try await CollectedSample.tool()
    defer { tool.remove() }
    let made = try await tool.run(["query", "totals", "--pseudonymise", "new.key"])
    #expect(made.status == 0 && made.err.contains("new.key: a new key"))
    let path = tool.folder.appending(path: "new.key").path
    let permissions = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(permissions == 0o600)
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
    let open = try await tool.run(["query", "totals", "--pseudonymise", "new.key"])
    #expect(open.status == 2 && open.err.contains("others may read it; run `chmod 600 new.key`"), "\(open)")
    try tool.write("short.key", "abc\n")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o600], ofItemAtPath: tool.folder.appending(path: "short.key").path)
    let short = try await tool.run(["query", "totals", "--pseudonymise", "short.key"])
    #expect(short.status == 2 && short.err.contains("holds no key"), "\(short)")
  }

  @Test("One report per team, and an index page that links to them")
  func each() async throws {
    let tool = try await CollectedSample.tool()
    defer { tool.remove() }
    let run = try await tool.run(
      ["report", "weekly", "--week", "2026-W44", "--each", "tag:team", "--format", "html", "--output", "reports/"])
    #expect(run.status == 0, "\(run)")
    let files = try files(tool, "reports")
    #expect(files.contains("index.html") && files.contains("render.html") && files.contains("none.html"), "\(files)")
    #expect(files.count == 13, "\(files)")
    let index = try await text(tool, "reports/index.html")
    for file in files where file != "index.html" { #expect(index.contains("href=\"\(file)\""), "\(file)") }
    let render = try await text(tool, "reports/render.html")
    #expect(render.contains("Only tag:team=render"))
    let refused = try await tool.run(["report", "weekly", "--each", "tag:team", "--output", "x.pdf"])
    #expect(refused.status == 2)
    let wrong = try await tool.run(["report", "weekly", "--each", "tag:taem", "--output", "x"])
    #expect(wrong.status == 2 && wrong.err.contains("did you mean \"team\"?"), "\(wrong)")
  }

  @Test("File names are pseudonyms too")
  func eachWithoutNames() async throws {
    let tool = try await Self.made.value
    let run = try await tool.run(
      [
        "report", "weekly", "--week", "2026-W44", "--each", "queue", "--pseudonymise", "names.key", "--format", "md",
        "--output", "queues",
      ], name: "each")
    #expect(run.status == 0, "\(run)")
    let ids = try ids(tool)
    for file in try files(tool, "queues") {
      expectNoNames(file + (try await text(tool, "queues/\(file)")), file, ids: ids)
    }
  }

  /// Ids that reports are likely to show: the latest jobs and the most expensive instances.
  private func ids(_ tool: Tool) throws -> [String] {
    try Store.Database(path: tool.database).read { connection in
      var ids: [String] = []
      for sql in [
        "SELECT job_id FROM job ORDER BY stopped_at_ms DESC LIMIT 300", "SELECT job_id FROM job_parent LIMIT 300",
        "SELECT name FROM resource WHERE kind = 'instance' ORDER BY cost DESC LIMIT 300",
        "SELECT task_id FROM attempt WHERE platform = 1 LIMIT 300", "SELECT task_id FROM bill_task LIMIT 300",
      ] {
        let rows = try connection.prepare(sql)
        while try rows.step() { ids.append(rows.text(0)) }
      }
      return ids
    }
  }
}
