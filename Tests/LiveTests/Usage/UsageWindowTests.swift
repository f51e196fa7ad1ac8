import Domain
import Foundation
import Store
import TestSupport
import Testing

@testable import AWS
@testable import Collect

/// The logs of a task that runs three days: 1 vCPU on the first, 2 on the second, none on the third; a record a minute.
private struct Performance {
  static let start: Int64 = 1_792_972_800
  static let minutes: Int64 = 3 * 1440

  /// Average in units, maximum, and number of records in these seconds, both ends included.
  static func answer(_ from: Int64, _ to: Int64) -> (average: Double, maximum: Int64, count: Int64) {
    var (sum, maximum, count) = (Int64(0), Int64(0), Int64(0))
    for minute in 0..<minutes where (from...to).contains(start + minute * 60) {
      let units: Int64 = [1024, 2048, 0][Int(minute / 1440)]
      (sum, maximum, count) = (sum + units, max(maximum, units), count + 1)
    }
    return (count == 0 ? 0 : Double(sum) / Double(count), maximum, count)
  }
}

@Suite struct UsageWindowTests {
  private static let handlers: [any FakeHandler] = [
    FakeOperation("logs", "StartQuery") { request in
      let body = (try? JSONSerialization.jsonObject(with: Data(request.body))) as? [String: Any] ?? [:]
      let times = ["startTime", "endTime"].map { (body[$0] as? NSNumber)?.int64Value ?? 0 }
      #expect((body["queryString"] as? String)?.contains("count(*)") == true)
      return .json("{\"queryId\":\"\(times[0])-\(times[1])\"}")
    },
    FakeOperation("logs", "GetQueryResults") { request in
      let body = (try? JSONSerialization.jsonObject(with: Data(request.body))) as? [String: Any] ?? [:]
      let times = (body["queryId"] as? String ?? "").split(separator: "-").compactMap { Int64($0) }
      guard times.count == 2 else { return .error("InvalidParameterException", "no query", status: 400, for: request) }
      let (average, maximum, count) = Performance.answer(times[0], times[1])
      if count == 0 { return .json("{\"status\":\"Complete\",\"results\":[]}") }
      let fields = [
        ("TaskId", "t"), ("max(MemoryUtilized)", "100"), ("avg(CpuUtilized)", String(format: "%.4f", average)),
        ("max(CpuUtilized)", "\(maximum)"), ("count(*)", "\(count)"),
      ]
      let cells = fields.map { "{\"field\":\"\($0.0)\",\"value\":\"\($0.1)\"}" }.joined(separator: ",")
      return .json("{\"status\":\"Complete\",\"results\":[[\(cells)]]}")
    },
  ]

  @Test("Three days collected hourly, every five hours, or at once have the same average", arguments: [1, 5, 100])
  func threeDays(_ hours: Int64) async throws {
    let arn = "arn:aws:batch:us-east-1:111122223333"
    let account = """
      {"jobs":[{"jobId":"j","jobQueue":"\(arn):job-queue/q","jobDefinition":"\(arn):job-definition/d:1","status":"RUNNING","createdAt":\(Performance.start * 1000)}],
      "computeEnvironments":[{"computeEnvironmentArn":"\(arn):compute-environment/e","ecsClusterArn":"arn:aws:ecs:us-east-1:111122223333:cluster/c"}]}
      """
    let database = try Database(path: ":memory:")
    var ingestor = try Ingestor(database: database)
    try ingestor.ingest(Array(account.utf8), named: "test", accountRegion: nil)
    let aws = FakeAWS(handlers: Self.handlers)
    try await aws.run { url in
      let client = try AWSSession(
        environment: Environment(FakeAWS.environment(url: url, region: "us-east-1")), timing: .quick
      )
      .client()
      // Never at a full second.
      for hour in stride(from: hours, through: 80 + hours, by: Int(hours)) {
        let asOf = Instant(milliseconds: (Performance.start + hour * 3600) * 1000 + 700)
        _ = try await LiveCollector(database: database, settings: LiveSettings(asOf: asOf, sources: ["usage"]))
          .collect([LiveTarget(client: client)])
      }
    }
    let usage = try database.read { connection in
      let rows = try connection.prepare(
        "SELECT milli_vcpus_average, milli_vcpus_maximum, memory_maximum_mib, samples FROM task_usage WHERE task_id = 't'"
      )
      guard try rows.step() else { return [Int64]() }
      defer { rows.reset() }
      return (0..<4).map { rows.integer(Int32($0)) }
    }
    // (1 + 2 + 0) ÷ 3 vCPU; every minute of three days once.
    #expect(usage == [1000, 2000, 100, 4320])
  }
}
