import Domain
import Store
import TestSupport
import Testing

@testable import AWS
@testable import Collect

/// Capacity reservations are asked for if an instance was launched in one.
@Suite struct LiveReservationTests {
  private static let time = "2026-10-26T09:00:00.000Z"

  private static func reservations(available: Int) -> String {
    """
    <DescribeCapacityReservationsResponse><capacityReservationSet><item><capacityReservationId>cr-1</capacityReservationId>
    <ownerId>111122223333</ownerId><instanceType>c5.large</instanceType><instancePlatform>Linux/UNIX</instancePlatform>
    <availabilityZone>us-east-1a</availabilityZone><tenancy>default</tenancy><totalInstanceCount>4</totalInstanceCount>
    <availableInstanceCount>\(available)</availableInstanceCount><state>active</state><startDate>\(time)</startDate>
    <createDate>\(time)</createDate><reservationType>default</reservationType></item></capacityReservationSet>
    </DescribeCapacityReservationsResponse>
    """
  }

  private static let blocks = """
    <DescribeCapacityBlocksResponse><capacityBlockSet><item><capacityBlockId>cb-1</capacityBlockId>
    <availabilityZone>us-east-1a</availabilityZone><capacityReservationIdSet><item>cr-2</item><item>cr-3</item>
    </capacityReservationIdSet><startDate>\(time)</startDate><endDate>2026-10-27T11:30:00.000Z</endDate>
    <createDate>\(time)</createDate><state>active</state></item></capacityBlockSet></DescribeCapacityBlocksResponse>
    """

  private static func describe(_ connection: Connection, lifecycle: String, reservation: String) throws {
    try connection.execute(
      """
      INSERT INTO instance_description (instance_id, source, account_region, lifecycle, capacity_reservation, progress, digest)
      VALUES ('i-1', 'ec2', 1, \(lifecycle), \(reservation), 1, 1)
      """)
  }

  private func collect(_ database: Database, _ hours: [Int]) async throws -> [String] {
    let aws = FakeAWS(handlers: [
      FakeOperation("ec2", "DescribeCapacityReservations") { request in
        .xml(Self.reservations(available: request.form["NextToken"] == nil ? 3 : 2))
      },
      FakeOperation("ec2", "DescribeCapacityBlocks") { _ in .xml(Self.blocks) },
    ])
    return try await aws.run { url in
      let environment = Environment(FakeAWS.environment(url: url))
      let target = LiveTarget(client: try AWSSession(environment: environment).client())
      for hour in hours {
        let asOf = try #require(Instant("2026-10-27T\(hour):00:00Z"))
        let settings = LiveSettings(asOf: asOf, sources: ["reservations"])
        let outcomes = try await LiveCollector(database: database, settings: settings).collect([target]).outcomes
        #expect(outcomes.map(\.isComplete) == [true], "\(outcomes.flatMap(\.failures))")
      }
      return aws.log.map(\.operation).filter { $0 != "GetCallerIdentity" }
    }
  }

  @Test("Nothing is asked if no instance was launched in one")
  func none() async throws {
    let database = try Database(path: ":memory:")
    #expect(try await collect(database, [10]) == [])
  }

  @Test("Each collection records how much was free; blocks are asked for if an instance is in one")
  func states() async throws {
    let database = try Database(path: ":memory:")
    try database.write { connection in
      try connection.execute("INSERT INTO account_region VALUES (1, '111122223333', 'us-east-1')")
      try Self.describe(connection, lifecycle: "NULL", reservation: "'cr-1'")
    }
    #expect(
      try await collect(database, [10, 11]) == ["DescribeCapacityReservations", "DescribeCapacityReservations"])
    let (ten, eleven) = (1_793_095_200_000, 1_793_098_800_000)
    #expect(
      try database.lines("SELECT reservation_id, at_ms, instances, available FROM reservation_state ORDER BY at_ms")
        == ["cr-1|\(ten)|4|3", "cr-1|\(eleven)|4|3"])
    #expect(
      try database.lines("SELECT instance_type, platform, state, instances, available, kind FROM capacity_reservation")
        == ["c5.large|Linux/UNIX|active|4|3|default"])
    try database.write { connection in
      try connection.execute("DELETE FROM instance_description")
      try Self.describe(connection, lifecycle: "'capacity-block'", reservation: "NULL")
    }
    #expect(try await collect(database, [12]) == ["DescribeCapacityReservations", "DescribeCapacityBlocks"])
    #expect(
      try database.lines("SELECT block_id, state, reservations, ended_at_ms - started_at_ms FROM capacity_block")
        == [#"cb-1|active|["cr-2","cr-3"]|95400000"#])
  }
}
