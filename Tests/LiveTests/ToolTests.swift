import Domain
import Foundation
import Store
import TestSupport
import Testing

@testable import Accounting
@testable import Collect

/// The program itself against an account.
@Suite(.serialized) struct ToolTests {
  private static let collect = [
    "collect", "--region", SampleAccount.region, "--as-of", "2026-11-02T05:20:00Z", "--events", SampleAccount.events,
  ]

  @Test("Killed at fifty moments, then run twice at once: the ledger equals the files'")
  func killed() async throws {
    let aws = FakeAWS(handlers: [try SampleAccount.shared()])
    try await aws.run { url in
      let tool = try Tool(url: url)
      defer { tool.remove() }
      var random = SeededGenerator(seed: 3)
      for _ in 0..<50 {
        let process = try tool.start(Self.collect)
        try await Task.sleep(for: .milliseconds(Int.random(in: 30...1000, using: &random)))
        kill(process.processIdentifier, SIGKILL)
        await tool.end(of: process)
      }
      async let one = tool.run(Self.collect, name: "one")
      async let other = tool.run(Self.collect, name: "other")
      for run in try await [one, other] { #expect(run.status == 0, "\(run.err)") }
      let database = try Database(readingFrom: tool.database)
      #expect(try Ledger.fingerprint(database) == Fortnight.fingerprint())
      #expect(try database.read { try $0.integer("SELECT sum(cost) FROM posting") } == 18_365_478_654_586)
    }
  }

  @Test("Ctrl-C ends it without waiting for AWS, and leaves the database intact")
  func interrupted() async throws {
    let faults = FakeFaults(scripts: ["DescribeJobs": [nil, .slow(seconds: 1800)]])
    let aws = FakeAWS(handlers: [try SampleAccount.shared()], faults: faults)
    try await aws.run { url in
      let tool = try Tool(url: url)
      defer { tool.remove() }
      let process = try tool.start(Self.collect)
      while aws.log.count(where: { $0.operation == "DescribeJobs" }) < 2 {
        try #require(process.isRunning)
        try await Task.sleep(for: .milliseconds(50))
      }
      let clock = ContinuousClock()
      let start = clock.now
      kill(process.processIdentifier, SIGINT)
      await tool.end(of: process)
      #expect(clock.now - start < .seconds(120))
      let database = try Database(readingFrom: tool.database)
      let whole = "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'"
      #expect(try database.read { try $0.integer(whole) } == 1)
    }
  }

  @Test("If one of two accounts fails, the other is collected and the run exits 1")
  func oneOfTwoAccounts() async throws {
    let account = try SampleAccount.shared()
    let aws = FakeAWS(handlers: [DeniedRole(part: "999999999999"), account])
    try await aws.run { url in
      let tool = try Tool(url: url)
      defer { tool.remove() }
      let roles = ["111122223333", "999999999999"].flatMap { ["--role-arn", "arn:aws:iam::\($0):role/reader"] }
      let run = try await tool.run(
        ["collect", "--region", SampleAccount.region, "--as-of", "2026-11-02T05:20:00Z", "--source", "inventory"]
          + roles)
      #expect(run.status == 1)
      #expect(run.err.contains("1 of 2 accounts and regions failed"), "\(run.err)")
      #expect(run.err.contains("999999999999"), "\(run.err)")
      let database = try Database(readingFrom: tool.database)
      #expect(try database.read { try $0.integer("SELECT count(*) FROM job_queue WHERE described = 1") } == 7)
    }
  }

  @Test(
    "The exit status tells scripts what happened",
    arguments: [
      (["report", "weekly", "--bogus"], 2), (["nonsense"], 2), (["check", "--max-weekly", "much"], 2),
      (["query", "nonsense"], 2), (["collect", "--from", "/nonexistent"], 1), (["--version"], 0),
    ])
  func exitStatus(arguments: [String], status: Int) async throws {
    let tool = try Tool(url: "http://127.0.0.1:9")
    defer { tool.remove() }
    let run = try await tool.run(arguments)
    #expect(Int(run.status) == status, "\(run.err)")
    #expect(run.err.isEmpty == (status == 0))
  }

  @Test("A failed collection leaves nothing behind, and an existing database unchanged")
  func failedCollection() async throws {
    let tool = try Tool(url: "http://127.0.0.1:9")
    defer { tool.remove() }
    let nothing = ["collect", "--from", "/nonexistent"]
    #expect(try await tool.run(nothing).status == 1)
    #expect(!FileManager.default.fileExists(atPath: tool.database))
    #expect(try await tool.run(["collect", "--from", "\(Fortnight.folder)/batch"]).status == 0)
    let before = try await tool.run(["ledger", "fingerprint"]).out
    #expect(try await tool.run(nothing).status == 1)
    #expect(try await tool.run(["ledger", "fingerprint"]).out == before)
  }

  @Test("The ledger keeps its weights until others are asked for")
  func keptWeights() async throws {
    let tool = try Tool(url: "http://127.0.0.1:9")
    defer { tool.remove() }
    func weights() throws -> Int64 {
      try Database(readingFrom: tool.database).read {
        try $0.integer("SELECT value = 'cpu-only' FROM ledger_setting WHERE name = 'weights'")
      }
    }
    for folder in ["ec2", "pricing"] {
      #expect(try await tool.run(["collect", "--from", "\(Fortnight.folder)/\(folder)"]).status == 0)
    }
    #expect(try weights() == 0)
    #expect(try await tool.run(["ledger", "build", "--weights", "cpu-only"]).status == 0)
    #expect(try await tool.run(["collect", "--from", "\(Fortnight.folder)/batch"]).status == 0)
    #expect(try weights() == 1)
    #expect(try await tool.run(["ledger", "build", "--weights", "split-cost"]).status == 0)
    #expect(try weights() == 0)
  }

  @Test("A rehearsal prints the calls, sends only the one that asks who we are, and leaves no file")
  func rehearsal() async throws {
    let aws = FakeAWS(handlers: [try SampleAccount.shared()])
    try await aws.run { url in
      let tool = try Tool(url: url)
      defer { tool.remove() }
      let run = try await tool.run(Self.collect + ["--dry-run"])
      #expect(run.status == 0, "\(run.err)")
      for operation in ["Batch DescribeJobQueues", "Batch DescribeComputeEnvironments", "S3 ListObjectsV2"] {
        #expect(run.out.contains(operation), "\(run.out)")
      }
      #expect(!FileManager.default.fileExists(atPath: tool.database))
    }
    #expect(Set(aws.log.map(\.operation)) == ["GetCallerIdentity"])
  }
}

/// An STS that refuses roles whose ARN contains a text.
private struct DeniedRole: FakeHandler {
  let part: String

  func answer(_ request: FakeRequest) async -> FakeAnswer? {
    guard request.operation == "AssumeRole", request.form["RoleArn"]?.contains(part) == true else { return nil }
    return .error("AccessDenied", "not authorized to perform: sts:AssumeRole", status: 403, for: request)
  }
}
