import AWS
import Domain
import Foundation
import Store
import TestSupport
import Testing

@testable import Accounting
@testable import Collect

/// Live collection of the bundled fortnight over the wire against the same from files.
@Suite(.serialized) struct FortnightTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../Sources/batchcost/Resources/fortnight").standardized.path
  private static let collectedAt = Instant("2026-11-02T05:20:00Z") ?? Instant(milliseconds: 0)
  private static let charged = Money(nanodollars: 18_365_478_654_586)

  private func fingerprintOfFiles() throws -> String {
    let database = try Database(path: ":memory:")
    let paths = ["batch", "ecs", "ec2", "pricing", "cloudtrail", "logs", "events"].map { "\(Self.folder)/\($0)" }
    _ = try Collector().collect(paths: paths, asOf: Self.collectedAt, database: database)
    #expect(try Ledger.build(database).cost == Self.charged)
    return try Ledger.fingerprint(database)
  }

  private func collect(
    _ url: String, into database: Database, events: [EventPlace] = [EventPlace(SampleAccount.events)].compactMap(\.self)
  ) async throws -> [LiveOutcome] {
    var variables = FakeAWS.environment(url: url, region: SampleAccount.region)
    variables["AWS_MAX_ATTEMPTS"] = "20"
    let session = try AWSSession(environment: Environment(variables), timing: .quick)
    let target = LiveTarget(client: try session.client(), events: events)
    return try await LiveCollector(database: database, settings: LiveSettings(asOf: Self.collectedAt))
      .collect([target]).outcomes
  }

  @Test("The ledger is that of the files, and a second run asks for little")
  func sameAsFiles() async throws {
    let expected = try fingerprintOfFiles()
    let aws = FakeAWS(handlers: [try SampleAccount.shared()])
    let database = try Database(path: ":memory:")
    let outcomes = try await aws.run { try await collect($0, into: database) }
    #expect(outcomes.map(\.isComplete) == [true], "\(outcomes.flatMap(\.failures))")
    #expect(try Ledger.build(database).cost == Self.charged)
    #expect(try Ledger.fingerprint(database) == expected)
    let first = Dictionary(grouping: aws.log, by: \.operation).mapValues(\.count)
    print("calls:", first.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", "))
  }

  @Test("With a tenth throttled and failures besides, the same again")
  func sameUnderFaults() async throws {
    let expected = try fingerprintOfFiles()
    let faults = FakeFaults(seed: 7, shares: [(.throttle, 0.1), (.serverError, 0.03), (.truncate, 0.02)])
    let aws = FakeAWS(handlers: [try SampleAccount.shared()], faults: faults)
    let database = try Database(path: ":memory:")
    let outcomes = try await aws.run { try await collect($0, into: database) }
    #expect(outcomes.map(\.isComplete) == [true], "\(outcomes.flatMap(\.failures))")
    _ = try Ledger.build(database)
    #expect(try Ledger.fingerprint(database) == expected)
  }

  @Test("Stopped at fifty moments and run on each time, the same again")
  func sameAfterStops() async throws {
    let expected = try fingerprintOfFiles()
    let aws = FakeAWS(handlers: [try SampleAccount.shared()])
    let database = try Database(path: ":memory:")
    try await aws.run { url in
      var random = SeededGenerator(seed: 11)
      for _ in 0..<50 {
        let run = Task { try await collect(url, into: database) }
        try await Task.sleep(for: .milliseconds(Int.random(in: 1...250, using: &random)))
        run.cancel()
        _ = await run.result
      }
      _ = try await collect(url, into: database)
    }
    _ = try Ledger.build(database)
    #expect(try Ledger.fingerprint(database) == expected)
  }

  @Test func whatMayNotBeAskedIsAFindingAndTheRestIsCollected() async throws {
    var account = try SampleAccount.shared()
    account.denied = ["LookupEvents", "GetProducts"]
    let aws = FakeAWS(handlers: [account])
    let database = try Database(path: ":memory:")
    let outcomes = try await aws.run { try await collect($0, into: database) }
    #expect(outcomes.first?.denied.map(\.action) == ["cloudtrail:LookupEvents", "pricing:GetProducts"])
    #expect(outcomes.first?.isComplete == true)
    let findings = try database.read {
      try $0.integer("SELECT count(*) FROM collection_finding WHERE check_name = 'missing-permission'")
    }
    #expect(findings == 2)
  }
}

extension Timing {
  /// Sleeps a hundredth of the time.
  static var quick: Timing {
    Timing(now: { Date() }, sleep: { try await Task.sleep(for: .seconds($0 / 100)) }, random: { 0.5 })
  }
}
