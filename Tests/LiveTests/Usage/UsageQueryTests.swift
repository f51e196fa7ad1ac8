import Domain
import Store
import TestSupport
import Testing

@testable import AWS
@testable import Collect

/// Queries of Container Insights logs: concurrent, each minute once, with what they scanned.
@Suite struct UsageQueryTests {
  /// 2026-10-26.
  static let start: Int64 = 1_792_972_800

  /// Three clusters, the last of them without a log, and a job from two days ago.
  private func database() throws -> Database {
    let arn = "arn:aws:batch:us-east-1:111122223333"
    let environments = ["a", "b", "off"].map {
      #"{"computeEnvironmentArn":"\#(arn):compute-environment/\#($0)","#
        + #""ecsClusterArn":"arn:aws:ecs:us-east-1:111122223333:cluster/\#($0)"}"#
    }
    let account = """
      {"jobs":[{"jobId":"j","jobQueue":"\(arn):job-queue/q","jobDefinition":"\(arn):job-definition/d:1",
      "status":"RUNNING","createdAt":\((Self.start + 86_400) * 1000)}],
      "computeEnvironments":[\(environments.joined(separator: ","))]}
      """
    let database = try Database(path: ":memory:")
    var ingestor = try Ingestor(database: database)
    try ingestor.ingest(Array(account.utf8), named: "test", accountRegion: nil)
    return database
  }

  private func collect(
    _ url: String, _ database: Database, asOf: Int64, timing: Timing = .quick
  ) async throws -> LiveOutcome {
    let client = try AWSSession(
      environment: Environment(FakeAWS.environment(url: url, region: "us-east-1")), timing: timing
    )
    .client()
    let settings = LiveSettings(asOf: Instant(milliseconds: asOf * 1000 + 700), sources: ["usage"])
    let outcomes = try await LiveCollector(database: database, settings: settings)
      .collect([LiveTarget(client: client)]).outcomes
    return try #require(outcomes.first)
  }

  /// One task, one record a minute; the number of them in the span.
  private static func row(_ task: String, _ span: ClosedRange<Int64>) -> String {
    let minutes = (span.upperBound + 60) / 60 - (span.lowerBound + 59) / 60
    let fields = [
      ("TaskId", task), ("max(MemoryUtilized)", "100"), ("avg(CpuUtilized)", "1024"), ("max(CpuUtilized)", "1024"),
      ("count(*)", "\(minutes)"),
    ]
    return "[[" + fields.map { #"{"field":"\#($0.0)","value":"\#($0.1)"}"# }.joined(separator: ",") + "]]"
  }

  private func samples(_ database: Database, of task: String) throws -> Int64 {
    try database.read { try $0.integer("SELECT samples FROM task_usage WHERE task_id = '\(task)'") }
  }

  @Test(
    "Two days of two clusters at a second and a half a query: waits overlap, and what was scanned adds up")
  func sideBySide() async throws {
    let database = try database()
    let insights = FakeInsights(seconds: 1.5) { group, span in
      if group.contains("/off/") { return nil }
      return .init(results: Self.row(group.contains("/a/") ? "task-a" : "task-b", span), bytesScanned: 250_000_000)
    }
    let outcome = try await FakeAWS(handlers: [insights]).run {
      try await collect($0, database, asOf: Self.start + 2 * 86_400)
    }
    #expect(outcome.isComplete, "\(outcome.failures) \(outcome.unreadable)")
    // Two days in windows of six hours leave the last seven tenths of a second to the next run: eight windows a
    // cluster.
    #expect(insights.asked.count == 16)
    #expect(insights.mostAtOnce > 8 && insights.mostAtOnce <= 20, "\(insights.mostAtOnce)")
    // One after another it would be 1.
    #expect(insights.overlap > 4, "\(insights.overlap)")
    #expect(outcome.scanned == LogScan(queries: 16, bytes: 4_000_000_000))
    // 4 GB at $0.005.
    #expect(outcome.scanned.cost == Money(nanodollars: 20_000_000))
    for task in ["task-a", "task-b"] { #expect(try samples(database, of: task) == 2 * 1440) }
  }

  @Test("More queries than the account may run: refused ones are asked again, and nothing is missing")
  func limit() async throws {
    let database = try database()
    let insights = FakeInsights(seconds: 0.2, most: 2, endsAfterRefusal: true) { group, span in
      group.contains("/a/") ? .init(results: Self.row("task-a", span)) : nil
    }
    let outcome = try await FakeAWS(handlers: [insights]).run {
      try await collect($0, database, asOf: Self.start + 86_400, timing: .system)
    }
    #expect(outcome.isComplete, "\(outcome.failures) \(outcome.unreadable)")
    #expect(insights.mostAtOnce <= 2 && insights.turnedAway > 0)
    #expect(try samples(database, of: "task-a") == 1440)
  }

  @Test("A query that fails: earlier windows stay, later ones are asked again, each minute counts once")
  func failure() async throws {
    let database = try database()
    let third = Self.start + 2 * 6 * 3600
    let failing = FakeInsights(seconds: 0.1) { group, span in
      guard group.contains("/a/") else { return nil }
      return .init(
        status: span.contains(third) ? "Failed" : "Complete", results: Self.row("task-a", span), bytesScanned: 10)
    }
    let asOf = Self.start + 86_400 + 3600
    let first = try await FakeAWS(handlers: [failing]).run { try await collect($0, database, asOf: asOf) }
    #expect(!first.isComplete)
    #expect(first.unreadable.map(\.reason) == ["ended as Failed"])
    #expect(try samples(database, of: "task-a") == 2 * 360)
    let working = FakeInsights(seconds: 0.1) { group, span in
      group.contains("/a/") ? .init(results: Self.row("task-a", span)) : nil
    }
    let second = try await FakeAWS(handlers: [working]).run { try await collect($0, database, asOf: asOf) }
    #expect(second.isComplete, "\(second.failures) \(second.unreadable)")
    #expect(working.asked.map(\.span.lowerBound).min() == third)
    #expect(try samples(database, of: "task-a") == 25 * 60)
  }
}
