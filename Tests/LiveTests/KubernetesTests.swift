import Domain
import Store
import Synchronization
import TestSupport
import Testing

@testable import AWS
@testable import Collect

/// EKS nodes are looked up by private DNS name if Batch's tag does not find them.
@Suite struct LiveKubernetesTests {
  private static let name = "ip-10-0-1-2.ec2.internal"

  private static func answer(_ id: String, _ name: String) -> String {
    """
    <DescribeInstancesResponse><reservationSet><item><ownerId>111122223333</ownerId><instancesSet><item>
    <instanceId>\(id)</instanceId><instanceType>c5.large</instanceType><launchTime>2026-10-26T09:00:00.000Z</launchTime>
    <placement><availabilityZone>us-east-1a</availabilityZone></placement><privateDnsName>\(name)</privateDnsName>
    <instanceState><name>running</name></instanceState></item></instancesSet></item></reservationSet>
    </DescribeInstancesResponse>
    """
  }

  /// Filters by name and values, as sent.
  private static func filter(_ request: FakeRequest) -> String {
    let values = request.form.filter { $0.key.hasPrefix("Filter.1.Value") }.map(\.value).sorted()
    return "\(request.form["Filter.1.Name"] ?? "") \(values.joined(separator: ","))"
  }

  private func collect(_ database: Database, hour: Int) async throws -> [String] {
    let asked = Log()
    let aws = FakeAWS(handlers: [
      FakeOperation("ec2", "DescribeInstances") { request in
        let filter = Self.filter(request)
        asked.add(filter)
        switch filter {
        case "private-dns-name \(Self.name)": return .xml(Self.answer("i-0aaaaaaaaaaaaaaaa", Self.name))
        case "instance-id i-0aaaaaaaaaaaaaaaa": return .xml(Self.answer("i-0aaaaaaaaaaaaaaaa", Self.name))
        default: return .xml("<DescribeInstancesResponse></DescribeInstancesResponse>")
        }
      }
    ])
    return try await aws.run { url in
      let environment = Environment(FakeAWS.environment(url: url))
      let target = LiveTarget(client: try AWSSession(environment: environment).client())
      let asOf = try #require(Instant("2026-10-26T\(hour):00:00Z"))
      let settings = LiveSettings(asOf: asOf, sources: ["instances"])
      let outcomes = try await LiveCollector(database: database, settings: settings).collect([target]).outcomes
      #expect(outcomes.map(\.isComplete) == [true], "\(outcomes.flatMap(\.failures))")
      return asked.lines
    }
  }

  @Test("Looked up by name once, then by id, and the attempt has its instance")
  func nodes() async throws {
    let database = try Database(path: ":memory:")
    let started = try #require(Instant("2026-10-26T09:10:00Z")).milliseconds
    try database.write {
      try $0.execute(
        """
        INSERT INTO account_region VALUES (1, '111122223333', 'us-east-1');
        INSERT INTO job_queue (id, arn, name, account_region) VALUES (1, 'q', 'q', 1);
        INSERT INTO job_definition (id, arn, name, revision, account_region) VALUES (1, 'd', 'd', 1, 1);
        INSERT INTO job (id, job_id, account_region, name, kind, job_queue, job_definition, status, created_at_ms, platform,
          progress, digest) VALUES (1, 'j', 1, 'j', 0, 1, 1, 'RUNNING', \(started), 2, 0, 0);
        INSERT INTO attempt (id, job, ordinal, started_at_ms, milli_vcpus, memory_mib, gpus, job_queue, job_definition, kind,
          platform, node) VALUES (1025, 1, 1, \(started), 1000, 1024, 0, 1, 1, 0, 2, '\(Self.name)');
        """)
    }
    #expect(
      try await collect(database, hour: 10) == [
        "tag-key AWSBatchServiceTag", "private-dns-name \(Self.name)", "instance-id i-0aaaaaaaaaaaaaaaa",
      ])
    let placed = try database.lines("SELECT instance_id FROM attempt")
    #expect(placed == ["i-0aaaaaaaaaaaaaaaa"])
    #expect(
      try await collect(database, hour: 11) == ["tag-key AWSBatchServiceTag", "instance-id i-0aaaaaaaaaaaaaaaa"])
  }
}

/// What was asked, from several connections.
private final class Log: Sendable {
  private let kept = Mutex<[String]>([])

  func add(_ line: String) { kept.withLock { $0.append(line) } }
  var lines: [String] { kept.withLock { $0 } }
}
