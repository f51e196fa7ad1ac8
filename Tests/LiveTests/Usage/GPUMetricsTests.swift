import Domain
import Foundation
import Store
import TestSupport
import Testing

@testable import AWS
@testable import Collect

/// GPU use from CloudWatch, over the wire.
@Suite struct GPUMetricsTests {
  private static let busy = "i-0123456789abcdef0"
  private static let foreign = "i-0fedcba9876543210"
  /// 2026-10-26T10:00:00Z, in seconds.
  private static let ten: Int64 = 1_793_008_800

  private static func metric(_ name: String, _ namespace: String, _ dimensions: [(String, String)]) -> String {
    let list = dimensions.map { #"{"Name":"\#($0.0)","Value":"\#($0.1)"}"# }.joined(separator: ",")
    return #"{"Namespace":"\#(namespace)","MetricName":"\#(name)","Dimensions":[\#(list)]}"#
  }

  /// A GPU by index on one of our instances, the instance as a whole, a foreign instance, and DCGM's GPU by UUID.
  private static let listing = FakeOperation("monitoring", "ListMetrics") { request in
    let name = "nvidia_smi_utilization_gpu"
    let agent = [
      metric(name, "CWAgent", [("InstanceId", busy), ("name", "NVIDIA A10G"), ("index", "0"), ("arch", "Ampere")]),
      metric(name, "CWAgent", [("InstanceId", busy)]),
      metric(name, "CWAgent", [("InstanceId", foreign), ("index", "0")]),
      metric(name, "CWAgent", [("host", "ip-10-0-0-1"), ("index", "0")]),
    ]
    let dcgm = [metric("DCGM_FI_DEV_GPU_UTIL", "GPU", [("InstanceId", busy), ("gpu", "1"), ("UUID", "GPU-b")])]
    let metrics = request.text.contains("DCGM_FI_DEV_GPU_UTIL") ? dcgm : request.text.contains(name) ? agent : []
    return .json(#"{"Metrics":[\#(metrics.joined(separator: ","))]}"#)
  }

  private static func series(_ id: String, _ values: [Double]) -> String {
    let times = values.indices.map { String(ten + Int64($0) * 60) }
    return
      #"{"Id":"\#(id)","Timestamps":[\#(times.joined(separator: ","))],"Values":[\#(values.map { "\($0)" }.joined(separator: ","))]}"#
  }

  private static func database() throws -> Database {
    let database = try Database(path: ":memory:")
    var ingestor = try Ingestor(database: database)
    let registration = """
      {"containerInstances":[{"containerInstanceArn":"arn:aws:ecs:us-east-1:111122223333:container-instance/c/1",
      "ec2InstanceId":"\(busy)","status":"ACTIVE","registeredResources":[{"name":"GPU","type":"STRINGSET","stringSetValue":["GPU-a","GPU-b"]}]}]}
      """
    let place = AccountRegion(account: "111122223333", region: "us-east-1")
    try ingestor.ingest(Array(registration.utf8), named: "test", accountRegion: place)
    return database
  }

  private func collect(_ database: Database, _ url: String, at time: String) async throws {
    let session = try AWSSession(environment: Environment(FakeAWS.environment(url: url)), timing: .quick)
    let settings = LiveSettings(asOf: try #require(Instant(time)), sources: ["gpus"])
    let outcomes = try await LiveCollector(database: database, settings: settings)
      .collect([LiveTarget(client: try session.client())]).outcomes
    #expect(outcomes.map(\.isComplete) == [true], "\(outcomes.flatMap(\.failures))")
  }

  @Test("The agent's GPUs by index and DCGM's by UUID, for our instances only; the next run starts where it ended")
  func collect() async throws {
    let database = try Self.database()
    let data = FakeOperation("monitoring", "GetMetricData") { request in
      #expect(!request.text.contains(Self.foreign))
      #expect(request.text.contains("nvidia_smi_memory_total") && request.text.contains("DCGM_FI_DEV_FB_FREE"))
      // 0 and 1: the agent's GPU comes first. Percent, MiB.
      return .json(
        #"{"MetricDataResults":["#
          + [
            Self.series("g0_0", [87.5, 0]), Self.series("g0_1", [12_000, 500]), Self.series("g0_2", [23_028, 23_028]),
            Self.series("g1_0", [100]), Self.series("g1_1", [30_000]), Self.series("g1_3", [10_536]),
          ].joined(separator: ",") + "]}")
    }
    let aws = FakeAWS(handlers: [Self.listing, data])
    try await aws.run { url in
      try await collect(database, url, at: "2026-10-26T11:00:30Z")
      try await collect(database, url, at: "2026-10-26T12:00:30Z")
    }
    let rows = try database.read { connection in
      let rows = try connection.prepare(
        """
        SELECT instance_id || ' ' || gpu || ' ' || at_ms || ' ' || duty || ' ' || memory_mib || ' ' || memory_total_mib
        FROM gpu_usage ORDER BY gpu, at_ms
        """)
      var texts: [String] = []
      while try rows.step() { texts.append(rows.text(0)) }
      return texts
    }
    #expect(
      rows == [
        "\(Self.busy) 0 \(Self.ten * 1000) 8750 12000 23028", "\(Self.busy) 0 \(Self.ten * 1000 + 60_000) 0 500 23028",
        "\(Self.busy) GPU-b \(Self.ten * 1000) 10000 30000 40536",
      ])
    let spans = aws.log.filter { $0.operation == "GetMetricData" }.map { request in
      let body = (try? JSONSerialization.jsonObject(with: Data(request.body))) as? [String: Any] ?? [:]
      return ["StartTime", "EndTime"].map { (body[$0] as? NSNumber)?.int64Value ?? 0 }
    }
    // Two weeks back until five minutes ago; then the hour since.
    let first = Self.ten + 3600 - 300
    #expect(spans == [[Self.ten + 3600 - 14 * 86_400, first], [first, first + 3600]])
    #expect(
      aws.log.filter { $0.operation == "ListMetrics" }.map { $0.text.contains("PT3H") } == [false, false, true, true])
  }

  @Test("Without a GPU instance nothing is asked")
  func none() async throws {
    let aws = FakeAWS(handlers: [Self.listing])
    try await aws.run { try await collect(Database(path: ":memory:"), $0, at: "2026-10-26T11:00:30Z") }
    #expect(aws.log.map(\.operation) == ["GetCallerIdentity"])
  }
}
