import Domain
import Store
import TestSupport
import Testing

@testable import AWS
@testable import Collect

/// Prices are asked for where instances ran: regions, Local Zones, Wavelength Zones.
@Suite struct PlacePriceTests {
  /// One instance each: in the region, in Los Angeles, and in the Wavelength Zones of Las Vegas and San Francisco.
  private func database() throws -> Database {
    let database = try Database(path: ":memory:")
    try database.write { connection in
      try connection.execute(
        """
        INSERT INTO account_region VALUES (1, '111122223333', 'us-west-2');
        INSERT INTO instance_description
          (instance_id, source, account_region, instance_type, zone, launched_at_ms, state, progress, digest)
        VALUES
          ('i-1', 'ec2', 1, 'c5.large', 'us-west-2a', 1793000000000, 'running', 1, 1),
          ('i-2', 'ec2', 1, 'c5.2xlarge', 'us-west-2-lax-1a', 1793000000000, 'running', 1, 1),
          ('i-3', 'ec2', 1, 't3.xlarge', 'us-west-2-wl1-las-wlz-1', 1793000000000, 'running', 1, 1),
          ('i-4', 'ec2', 1, 't3.medium', 'us-west-2-wl1-sfo-wlz-1', 1793000000000, 'running', 1, 1);
        INSERT INTO volume (volume_id, account_region, instance_id, volume_type, size_gib, created_at_ms, progress, digest)
          VALUES ('vol-1', 1, 'i-2', 'gp2', 30, 1793000000000, 1, 1);
        INSERT INTO instance_address VALUES ('i-2', 'eni-1', 1)
        """)
    }
    return database
  }

  /// The place and the subject of each request: `us-west-2-lax-1 c5.2xlarge`.
  private func asked(_ database: Database, at time: String) async throws -> [String] {
    let aws = FakeAWS(handlers: [FakeOperation("pricing", "GetProducts") { _ in .json(#"{"PriceList":[]}"#) }])
    let outcomes = try await aws.run { url in
      let target = LiveTarget(
        client: try AWSSession(environment: Environment(FakeAWS.environment(url: url, region: "us-west-2"))).client())
      let settings = LiveSettings(asOf: try #require(Instant(time)), sources: ["price-list"])
      return try await LiveCollector(database: database, settings: settings).collect([target]).outcomes
    }
    #expect(outcomes.map(\.isComplete) == [true], "\(outcomes.flatMap(\.failures))")
    let values = aws.log.filter { $0.operation == "GetProducts" }.map { request in
      request.text.split(separator: "\"").filter {
        $0.hasPrefix("us-west-2") || ["c5.", "t3."].contains(String($0.prefix(3)))
          || ["Storage", "System Operation", "Provisioned Throughput", "VPCPublicIPv4Address"].contains($0)
      }
    }
    return values.map { words in
      words.sorted { $0.hasPrefix("us-") && !$1.hasPrefix("us-") }.joined(separator: " ")
    }.sorted()
  }

  @Test("Each place is asked for the types that ran there, volumes with IOPS and throughput, addresses; once a day")
  func places() async throws {
    let database = try database()
    let all = ["Storage", "System Operation", "Provisioned Throughput", "VPCPublicIPv4Address"]
    let expected =
      (all + ["c5.2xlarge", "c5.large", "t3.medium", "t3.xlarge"]).map { "us-west-2 \($0)" }
      + (all + ["c5.2xlarge"]).map { "us-west-2-lax-1 \($0)" }
      + ["us-west-2-wl1", "us-west-2-wl1-sfo-wlz-1", "us-west-2-wl1-sfo1"].flatMap { code in
        (all + ["t3.medium"]).map { "\(code) \($0)" }
      }
      + ["us-west-2-wl1-las-wlz-1", "us-west-2-wl1-las1"].flatMap { code in
        (all + ["t3.xlarge"]).map { "\(code) \($0)" }
      }
    #expect(try await asked(database, at: "2026-10-27T00:00:00Z") == expected.sorted())
    #expect(try await asked(database, at: "2026-10-27T23:00:00Z") == [])
    #expect(try await asked(database, at: "2026-10-28T00:00:00Z") == expected.sorted())
  }
}
