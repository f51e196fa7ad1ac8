import Domain
import Foundation
import TestSupport
import Testing

@testable import AWS
@testable import Collect

/// What `batchcost doctor` finds, and that it sends nothing that would change or cost anything.
@Suite struct DoctorTests {
  private static let now = Instant(milliseconds: 1_793_596_800_000)

  private static func findings(
    _ account: SampleAccount, faults: FakeFaults = .none, events: [EventPlace] = []
  ) async throws -> (findings: [String: PermissionFinding.Verdict], asked: [String]) {
    let aws = FakeAWS(handlers: [account], faults: faults)
    return try await aws.run { url in
      var variables = FakeAWS.environment(url: url, region: SampleAccount.region)
      variables["AWS_MAX_ATTEMPTS"] = "1"
      let client = try AWSSession(environment: Environment(variables), timing: .quick).client()
      let found = await PermissionCheck(LiveTarget(client: client, events: events), now: now).findings()
      return (Dictionary(found.map { ($0.action, $0.verdict) }) { first, _ in first }, aws.log.map(\.operation))
    }
  }

  @Test("Every permission of the policy gets a verdict, refused ones are denied, and each operation is called once")
  func permissions() async throws {
    var account = try SampleAccount.shared()
    account.denied = ["LookupEvents", "DescribeVolumes", "ListTasks"]
    let (verdicts, asked) = try await Self.findings(account)
    let policy = Set(LiveCollector.grants(events: []).flatMap { $0.grants.flatMap(\.actions) })
    #expect(Set(verdicts.keys) == policy)
    let denied = verdicts.filter { $0.value == .denied }.map(\.key).sorted()
    #expect(denied == ["cloudtrail:LookupEvents", "ec2:DescribeVolumes", "ecs:ListTasks"])
    for action in ["batch:ListJobs", "batch:DescribeJobQueues", "ec2:DescribeInstances", "pricing:GetProducts"] {
      #expect(verdicts[action] == .granted, "\(action)")
    }
    #expect(verdicts["batch:ListServiceJobs"] == .untested("there is no queue of service jobs"))
    #expect(verdicts["cloudwatch:GetMetricData"] == .untested("AWS charges for every metric that is asked for"))
    #expect(asked.count == Set(asked).count, "\(asked)")
    #expect(!asked.contains("GetMetricData"))
  }

  @Test("A missing cluster or log group still proves the permission; another error proves nothing")
  func absences() async throws {
    let request = FakeRequest(method: "POST", rawPath: "/", rawQuery: "", headers: [:], body: [])
    func error(_ code: String) -> [FakeFault] { [.answer(.error(code, "no", status: 400, for: request))] }
    let faults = FakeFaults(scripts: [
      "StartQuery": error("ResourceNotFoundException"),
      "GetQueryResults": error("InvalidParameterException"),
      "DescribeTasks": error("ClusterNotFoundException"),
    ])
    let (verdicts, _) = try await Self.findings(try SampleAccount.shared(), faults: faults)
    #expect(verdicts["logs:StartQuery"] == .granted)
    #expect(verdicts["ecs:DescribeTasks"] == .granted)
    guard case .untested(let reason)? = verdicts["logs:GetQueryResults"] else {
      Issue.record("\(String(describing: verdicts["logs:GetQueryResults"]))")
      return
    }
    #expect(reason.contains("InvalidParameterException"))
  }

  @Test("A queue's messages are never received, which would count towards its dead-letter limit")
  func queues() async throws {
    let queue = try #require(EventPlace("https://sqs.eu-west-1.amazonaws.com/111122223333/events"))
    let (verdicts, asked) = try await Self.findings(try SampleAccount.shared(), events: [queue])
    guard case .untested? = verdicts["sqs:ReceiveMessage"] else {
      Issue.record("received")
      return
    }
    #expect(!asked.contains("ReceiveMessage"))
  }

  @Test("The program: identity, clock, permissions, database and what is off, as JSON; 3 if anything is denied")
  func program() async throws {
    var account = try SampleAccount.shared()
    account.denied = ["LookupEvents"]
    let aws = FakeAWS(handlers: [account], clockOffset: 200)
    try await aws.run { url in
      let tool = try Tool(url: url)
      defer { tool.remove() }
      #expect(
        try await tool.run(["collect", "--from", Fortnight.folder, "--as-of", "2026-11-02T05:20:00Z"]).status == 0)
      let run = try await tool.run(["doctor", "--region", SampleAccount.region, "--format", "json"])
      #expect(run.status == 3, "\(run.err)")
      let rows = try #require(try JSONSerialization.jsonObject(with: Data(run.out.utf8)) as? [[String: String]])
      func row(_ check: String, _ subject: String) -> [String: String]? {
        rows.first { $0["check"] == check && ($0["subject"] ?? "").hasSuffix(subject) }
      }
      #expect(row("identity", SampleAccount.region)?["message"]?.contains("arn:aws") == true)
      #expect(row("clock", SampleAccount.region)?["status"] == "missing", "\(rows)")
      #expect(row("permission", "cloudtrail:LookupEvents")?["status"] == "denied")
      #expect(
        row("permission", "cloudtrail:LookupEvents")?["message"]?.contains("free interruptions stay unproven") == true)
      #expect(row("permission", "batch:ListJobs")?["status"] == "ok")
      #expect(row("database", "batchcost.sqlite")?["message"] == "intact")
      #expect(row("collection", "batchcost.sqlite")?["message"]?.contains("2026-11-02T05:20:00") == true)
      #expect(row("source", "events")?["status"] == "off")
      #expect(row("source", "bill")?["status"] == "off")
    }
  }

  @Test("Whether each environment measures usage, and whether the tags of queues and definitions reach the bill")
  func settings() async throws {
    let tool = try Tool(url: "http://127.0.0.1:9")
    defer { tool.remove() }
    let batch = "arn:aws:batch:eu-west-1:111122223333"
    func environment(_ name: String, _ rest: String) -> String {
      #"{"computeEnvironmentName":"\#(name)","computeEnvironmentArn":"\#(batch):compute-environment/\#(name)","#
        + #""state":"ENABLED","containerOrchestrationType":"ECS","ecsClusterArn":"arn:aws:ecs:eu-west-1:111122223333:cluster/\#(name)"\#(rest)}"#
    }
    func definition(_ name: String, _ revision: Int, _ rest: String) -> String {
      #"{"jobDefinitionName":"\#(name)","jobDefinitionArn":"\#(batch):job-definition/\#(name):\#(revision)","#
        + #""revision":\#(revision),"status":"ACTIVE"\#(rest)}"#
    }
    func job(_ id: Int, _ rest: String) -> String {
      #"{"jobArn":"\#(batch):job/j\#(id)","jobId":"j\#(id)","jobName":"j","jobQueue":"\#(batch):job-queue/q","#
        + #""jobDefinition":"\#(batch):job-definition/align:1","status":"SUCCEEDED","createdAt":1793354400000\#(rest)}"#
    }
    let on = #","propagateTags":true"#
    let documents = [
      "environments": #"{"computeEnvironments":["#
        + [
          environment("measured", #","ecsSettings":{"containerInsights":"ENHANCED"}"#), environment("plain", ""),
          environment("off", #","ecsSettings":{"containerInsights":"DISABLED"}"#),
        ].joined(separator: ",") + "]}",
      "definitions": #"{"jobDefinitions":["#
        + [definition("align", 1, ""), definition("align", 2, on), definition("call", 1, "")].joined(separator: ",")
        + "]}",
      "jobs": #"{"jobs":["# + [job(1, on), job(2, #","propagateTags":false"#), job(3, "")].joined(separator: ",")
        + "]}",
    ]
    for (name, text) in documents { try Data(text.utf8).write(to: tool.folder.appending(path: "\(name).json")) }
    let files = documents.keys.sorted().flatMap { ["--from", tool.folder.appending(path: "\($0).json").path] }
    #expect(try await tool.run(["collect", "--as-of", "2026-10-30T12:00:00Z"] + files).status == 0)
    let run = try await tool.run(["doctor", "--region", "eu-west-1", "--format", "json"])
    let rows = try #require(try JSONSerialization.jsonObject(with: Data(run.out.utf8)) as? [[String: String]])
    let found = rows.filter {
      ["usage", "tags"].contains($0["check"]) && $0["subject"]?.hasPrefix("eu-west-1") == true
    }
    .map { "\($0["status"] ?? "") \($0["subject"] ?? ""): \($0["message"] ?? "")" }
    func advice(_ name: String) -> String {
      "the usage of jobs is unknown, so smaller sizes cannot be advised; `aws batch update-compute-environment "
        + "--compute-environment \(name) --ecs-settings containerInsights=ENABLED`"
    }
    #expect(
      found == [
        "ok eu-west-1 measured: Container Insights is on (ENHANCED)",
        "off eu-west-1 off: ecsSettings.containerInsights is DISABLED: \(advice("off"))",
        "off eu-west-1 plain: ecsSettings.containerInsights is not set, which means off: \(advice("plain"))",
        "off eu-west-1 q: 1 of 2 jobs has propagateTags: the tags of the other jobs do not reach the bill",
        "off eu-west-1 job definitions: 1 of 2 active job definitions has propagateTags: the tags of jobs that "
          + "do not set it themselves do not reach the bill; without it: call",
      ])
  }

  @Test("Without a database, a network or keys, each is a row and nothing traps")
  func nothingThere() async throws {
    let tool = try Tool(url: "http://127.0.0.1:9")
    defer { tool.remove() }
    let run = try await tool.run(["doctor", "--region", "eu-west-1"])
    #expect(run.status == 3)
    #expect(run.out.contains("missing"), "\(run.out)")
    #expect(run.out.contains("identity"))
  }
}
