import Foundation
import TestSupport
import Testing

/// Every command that a page shows runs as written on the bundled sample account.
@Suite(.serialized) struct CommandTests {
  /// Placeholders and examples on the pages, and what the sample has in their place.
  private static let readers = [
    "ID": "i-0a9aafaaef2889d0e", "PATH": "exports/", "COMMAND": "collect", "NAME": "totals", "FILE": "focus.csv",
    "us-east-1": "eu-west-1", "tag:team=ml": "tag:team=render", "tag:team=ml,bio": "tag:team=ml-ops,render",
    "team=ml:800": "team=render:800",
    "'name~align*'": "name~*", "/var/lib/node_exporter/batchcost.prom": "batchcost.prom",
    "/var/lib/batchcost/batchcost.sqlite": "batchcost.sqlite",
  ]
  /// Commands that never end, or that have nothing to work on here.
  private static let unrun = ["--watch", "report new NAME", "--register", "--format lake", "--run ", "user="]

  /// One a line in code blocks, with or without `$`; in backticks elsewhere. Pipes, redirections and comments are cut
  /// off.
  static func commands() throws -> [String] {
    var found: [String] = []
    for page in try Pages.all() {
      let text = try Pages.text(page)
      for (line, isCode) in Pages.lines(text) {
        if isCode {
          let command = line.drop { "$ ".contains($0) }
          if command.hasPrefix("batchcost "), !command.contains("[--"), !command.contains("<") {
            found.append(String(command))
          }
        } else {
          found += line.matches(of: /`(batchcost [a-z][^`]*)`/).map { String($0.1) }
        }
      }
    }
    let plain = found.map { command in
      command.prefix { !"|>#".contains($0) }.trimmingCharacters(in: .whitespaces)
    }
    // `batchcost export` alone names the command; it does not run without --output.
    return Set(plain).filter { command in
      let isName = command.hasPrefix("batchcost export") && !command.contains("--output")
      return !isName && !unrun.contains { command.contains($0) } && !command.contains("…")
    }.sorted()
  }

  @Test("Every command in the README and on the pages runs")
  func run() async throws {
    let commands = try Self.commands()
    #expect(commands.count > 25, "\(commands)")
    let aws = FakeAWS(handlers: [try SampleAccount.shared()])
    try await aws.run { url in
      let tool = try Tool(url: url)
      defer { tool.remove() }
      let sample = Pages.root.appending(path: "Sources/batchcost/Resources/fortnight")
      let collected = try await tool.run(["collect", "--from", sample.path, "--as-of", "2026-11-02T05:20:00Z"])
      #expect(collected.status == 0, "\(collected.err)")
      #expect(try await tool.run(["reconcile", "--bill", "\(sample.path)/billing"]).status == 0)
      let files = FileManager.default
      let kept = tool.folder.appending(path: "kept").path
      try files.copyItem(atPath: tool.database, toPath: kept)
      for (name, place) in [
        ("mine", ""), ("events", "events"), ("exports", "billing"), ("spot-feed", "feed"),
        ("jobs.json", "batch/describe-jobs-0001.json.gz"),
      ] {
        try files.createSymbolicLink(
          at: tool.folder.appending(path: name), withDestinationURL: sample.appending(path: place))
      }
      try files.createSymbolicLink(
        at: tool.folder.appending(path: "spot-advisor-data.json"),
        withDestinationURL: Pages.root.appending(path: "Tests/Fixtures/spot-advisor/spot-advisor-data.json"))
      try tool.write("spot.yaml", "environments: [{name: all, purchase: spot}]\n")
      try tool.write("batchcost.yaml", "budgets:\n  - {weekly: 12000, monthly: 45000}\n")
      for command in commands {
        for suffix in ["", "-wal", "-shm"] { try? files.removeItem(atPath: tool.database + suffix) }
        try files.copyItem(atPath: kept, toPath: tool.database)
        let words = command.split(separator: " ").dropFirst().map { Self.readers[String($0)] ?? String($0) }
        let run = try await tool.run(words)
        // 3: the command ran and found a broken limit, or something missing.
        let mayFind = ["check", "doctor", "reconcile"].contains(words.first)
        #expect(
          run.status == 0 || mayFind && run.status == 3, "\(command): \(run.status) \(run.err) \(run.out.prefix(200))")
      }
    }
  }
}
