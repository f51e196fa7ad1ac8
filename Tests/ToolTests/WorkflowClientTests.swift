import TestSupport
import Testing

/// What users write about their own workflow client in batchcost.yaml, on the sample: valid rules are used, invalid
/// ones are errors with a line and a suggestion.
@Suite struct WorkflowClientTests {
  @Test("A client's runs, steps and users are what its rules read, and go when the rules go")
  func right() async throws {
    let tool = try await CollectedSample.tool()
    defer { tool.remove() }
    let none = try await tool.run(["jobs", "--where", "client=ours"])
    #expect(none.status == 2 && none.err.contains("no job of client \"ours\""), "\(none)")
    try tool.write(
      "batchcost.yaml",
      """
      workflow_clients:
        - name: ours
          reads:
            - {job_name: "{step}_{task:number}{:any}", needed: true}
            - {tag: project, gives: run, needed: true}
            - {tag: team, gives: user}
      """)
    #expect(try await tool.run(["ledger", "build"]).status == 0)
    let runs = try await tool.run(
      ["query", "workflow-runs", "--all", "--where", "client=ours", "--format", "ndjson"])
    // The sample has jobs named q_1w, q_2d and so on, whose projects are the runs.
    let mgnify = try #require(runs.out.split(separator: "\n").first { $0.contains("\"run\": \"fjord\"") }, "\(runs)")
    #expect(mgnify.contains("\"client\": \"ours\"") && mgnify.contains("\"confidence\": \"sure\""))
    let jobs = try await tool.run(
      ["jobs", "--where", "client=ours", "--where", "run=fjord", "--format", "csv", "--limit", "5"])
    #expect(jobs.status == 0 && jobs.out.contains(",q,fjord,sure,"), "\(jobs)")
    try tool.write("batchcost.yaml", "")
    #expect(try await tool.run(["ledger", "build"]).status == 0)
    #expect(try await tool.run(["jobs", "--where", "client=ours"]).status == 2)
  }

  @Test(
    "An invalid rule is an error with its line",
    arguments: [
      ("- reads: [{tag: x, gives: run, needed: true}]", "2: workflow_clients needs \"name\""),
      ("- {name: \"\", reads: [{tag: x, gives: run, needed: true}]}", "2: workflow_clients: \"name\" is empty"),
      (
        "- {name: ours}",
        "2: workflow_clients: \"reads\" must have an entry with `needed: true`, to tell its jobs from others"
      ),
      ("- {nmae: ours}", "2: workflow_clients has no property \"nmae\" (did you mean \"name\"?)"),
      ("- ours", "2: workflow_clients: an entry must have properties"),
      (
        "- name: ours\n    reads:\n      - {tag: x, gives: rnu, needed: true}",
        "4: workflow_clients: \"gives\" is \"rnu\", and must be run, workflow, step, task, try, user (did you mean \"run\"?)"
      ),
      (
        "- name: ours\n    reads:\n      - {tag: x, parameter: y, gives: run, needed: true}",
        "4: workflow_clients: must have one of definition, job_name, own_definition, parameter, started_by_tag, tag"
      ),
      (
        "- name: ours\n    reads:\n      - {tag: \"\", gives: run, needed: true}",
        "4: workflow_clients: \"tag\" is empty"
      ),
      (
        "- name: ours\n    reads:\n      - {job_name: \"{stpe}-{:uuid}\", needed: true}",
        "4: workflow_clients: \"job_name\" is \"{stpe}-{:uuid}\", and must be a pattern such as {user}-{step}-{task:number}"
      ),
      (
        "- name: ours\n    reads:\n      - {job_name: \"{step}-{:uuid}\", gives: run, needed: true}",
        "4: workflow_clients: \"gives\" is only for tags and parameters: the fields of a pattern say what it gives"
      ),
      (
        "- name: ours\n    reads:\n      - {job_name: \"ours-{:any}\", needed: true}",
        "2: workflow_clients: \"reads\" gives nothing: neither run, workflow, step, task, try nor user"
      ),
    ])
  func wrong(entry: String, message: String) async throws {
    let tool = try Tool()
    defer { tool.remove() }
    try tool.write("batchcost.yaml", "workflow_clients:\n  \(entry)\n")
    let run = try await tool.run(["query", "totals"])
    #expect(run.status == 2 && run.out.isEmpty, "\(run)")
    #expect(run.err.contains("Error: batchcost.yaml:\(message)"), "\(run.err)")
  }
}
