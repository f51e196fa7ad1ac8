import Foundation
import TestSupport
import Testing

/// A `--where` condition that no job meets is an error that says what exists, whichever command is used.
@Suite struct NoSuchJobTests {
  private static let commands = [
    ["query", "totals"], ["report", "weekly", "--output", "x.pdf"],
    ["report", "weekly", "--format", "md", "--output", "-"],
    ["report", "run", "--output", "x.pdf"], ["report", "weekly", "--each", "queue", "--output", "each"], ["jobs"],
    ["tags"], ["tags", "team"], ["rightsize"], ["check", "--max-weekly", "1"],
    ["export", "--format", "focus", "--output", "x.csv"], ["export", "--format", "prometheus", "--output", "x.prom"],
    ["replay", "--seeds", "1"],
  ]

  @Test("Every command refuses it", arguments: commands) func every(command: [String]) async throws {
    let tool = try await CollectedSample.tool()
    defer { tool.remove() }
    for (condition, message) in [
      ("queue=gup", "no job in queue \"gup\" (did you mean \"gpu\"?)"),
      ("tag:team=rendr", "no job with tag team \"rendr\" (did you mean \"render\"?)"),
    ] {
      let run = try await tool.run(command + ["--where", condition])
      #expect(run.status == 2 && run.out.isEmpty, "\(run)")
      #expect(run.err.contains("Error: --where \(condition): \(message)"), "\(run.err)")
    }
    for file in ["x.pdf", "each", "x.csv", "x.prom"] {
      #expect(!FileManager.default.fileExists(atPath: tool.folder.appending(path: file).path), "\(file)")
    }
  }

  @Test(
    "Every kind of condition is checked",
    arguments: [
      (
        "tag:taem=ml", "no job has a tag \"taem\" (did you mean \"team\"?); `batchcost tags` lists the tags"
      ),
      ("name=q_1v", "no job with a name like \"q_1v\" (did you mean \"q_1d\"?)"),
      ("definition=Brustable", "no job of definition \"Brustable\" (did you mean \"Burstable\"?)"),
      ("job=0004df3c-fedb-4329-a3a0-c7132e9577bO", "(did you mean \"0004df3c-fedb-4329-a3a0-c7132e9577b0\"?)"),
      ("run=nf-core/sarek", "no job of run \"nf-core/sarek\""), ("step=q_1v", "no job of step \"q_1v\""),
      ("client=nf-cor", "no job of client \"nf-cor\" (did you mean \"nf-core\"?)"),
      ("account=111122223334", "no job in account \"111122223334\" (did you mean \"111122223333\"?)"),
      ("region=eu-west-2", "no job in region \"eu-west-2\" (did you mean \"eu-west-1\"?)"),
      ("environment=gpu-spt", "no job on environment \"gpu-spt\" (did you mean \"gpu-spot\"?)"),
      ("qeue=gpu", "there is no condition \"qeue\" (did you mean \"queue\"?)"),
      ("user=ana", "no user is known for any job; name the tag for users in batchcost.yaml"),
    ]) func whatever(condition: String, message: String) async throws
  {
    let tool = try await CollectedSample.tool()
    defer { tool.remove() }
    for command in [["query", "totals"], ["jobs"]] {
      let run = try await tool.run(command + ["--where", condition])
      #expect(run.status == 2 && run.out.isEmpty, "\(run)")
      #expect(run.err.contains(message), "\(run.err)")
    }
  }
}
