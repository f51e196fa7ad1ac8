import AWS
import Domain
import Foundation
import Store
import TestSupport
import Testing

@testable import Accounting
@testable import Collect
@testable import Insights

/// Live collection of the bundled fortnight over the wire, compared with its files.
@Suite(.serialized) struct FortnightTests {
  private func collect(
    _ client: AWSClient, into database: Database,
    events: [EventPlace] = [EventPlace(SampleAccount.events)].compactMap(\.self)
  ) async throws -> [LiveOutcome] {
    let target = LiveTarget(client: client, events: events)
    return try await LiveCollector(database: database, settings: LiveSettings(asOf: Fortnight.collectedAt))
      .collect([target]).outcomes
  }

  private func client(_ url: String) throws -> AWSClient {
    var variables = FakeAWS.environment(url: url, region: SampleAccount.region)
    variables["AWS_MAX_ATTEMPTS"] = "20"
    return try AWSSession(environment: Environment(variables), timing: .quick).client()
  }

  @Test("The ledger equals the files', and a second run asks only for what is not final")
  func sameAsFiles() async throws {
    let expected = try Fortnight.fingerprint()
    let aws = FakeAWS(handlers: [try SampleAccount.shared()])
    let database = try Database(path: ":memory:")
    let (first, second) = try await aws.run { url in
      let outcomes = try await collect(client(url), into: database)
      #expect(outcomes.map(\.isComplete) == [true], "\(outcomes.flatMap(\.failures))")
      let first = aws.log.count
      #expect(try Ledger.build(database).cost == Fortnight.charged)
      #expect(try Ledger.fingerprint(database) == expected)
      #expect(try await collect(client(url), into: database).map(\.isComplete) == [true])
      return (calls(aws.log[..<first]), calls(aws.log[first...]))
    }
    _ = try Ledger.build(database)
    #expect(try Ledger.fingerprint(database) == expected)
    try Insights.build(database)
    let named = try database.read {
      try $0.rows(QueryLibrary().query("graviton"), parameters: ["from": "2026-10-26", "to": "2026-11-02"]).rows
    }
    let words = [
      ["ondemand-x86", "c5, m5, r5", "c7g, m6g, r8g", "list"], ["spot-batch", "c5, m5, r5", "c7g, m6g, r8g", "Spot"],
      ["spot-general", "c5a, c6i, m5, m6i, r5, r5a, r6i", "c7g, c8g, m6g, r8g", "Spot"],
    ]
    #expect(named.map { Array($0.prefix(4)) } == words.map { $0.map(Cell.text) })
    // 11,039 jobs at a hundred a call; 43 types that ran, 39 of them on Spot and three more for Spot queues, and
    // Fargate; 27 Graviton siblings.
    #expect(first["DescribeJobs"] == 111)
    #expect(first["DescribeInstanceTypes"] == 2)
    // Of the three, those whose registration had been read by then.
    #expect((39 + 27...42 + 27).contains(first["DescribeSpotPriceHistory"] ?? 0))
    #expect(first["GetProducts"] == 44 + 27)
    #expect(first["GetObject"] == 2)
    // 48 jobs in six queues and 26 tasks in seven clusters are not final.
    #expect((6...12).contains(second["DescribeJobs"] ?? 0))
    #expect(second["DescribeTasks"] == 7)
    for operation in [
      "DescribeInstanceTypes", "DescribeContainerInstances", "DescribeSpotPriceHistory", "GetProducts", "GetObject",
      "GetQueryResults",
    ] {
      #expect(second[operation] == nil, "\(operation)")
    }
  }

  private func calls(_ requests: some Sequence<FakeRequest>) -> [String: Int] {
    Dictionary(grouping: requests, by: \.operation).mapValues(\.count)
  }

  @Test(
    "The same with a tenth throttled, a twentieth failing, answers cut off, connections closed and keys expired")
  func sameUnderFaults() async throws {
    let expected = try Fortnight.fingerprint()
    let faults = FakeFaults(
      seed: 7,
      shares: [
        (.throttle, 0.1), (.serverError, 0.05), (.truncate, 0.02), (.close, 0.02), (.slow(seconds: 0.2), 0.02),
      ], scripts: ["DescribeJobs": [nil, nil, .expiredToken], "ListTasks": [nil, .expiredToken]])
    let aws = FakeAWS(handlers: [try SampleAccount.shared()], faults: faults)
    let database = try Database(path: ":memory:")
    let outcomes = try await aws.run { url in
      let role = RoleToAssume(arn: "arn:aws:iam::\(SampleAccount.account):role/reader")
      return try await collect(try client(url).assuming(role), into: database)
    }
    #expect(outcomes.map(\.isComplete) == [true], "\(outcomes.flatMap(\.failures))")
    #expect(aws.log.count { $0.operation == "AssumeRole" } >= 3)
    _ = try Ledger.build(database)
    #expect(try Ledger.fingerprint(database) == expected)
  }

  @Test("The same when cancelled at fifty moments and restarted each time")
  func sameAfterStops() async throws {
    let expected = try Fortnight.fingerprint()
    let aws = FakeAWS(handlers: [try SampleAccount.shared()])
    let database = try Database(path: ":memory:")
    try await aws.run { url in
      var random = SeededGenerator(seed: 11)
      for _ in 0..<50 {
        let run = Task { try await collect(client(url), into: database) }
        try await Task.sleep(for: .milliseconds(Int.random(in: 1...250, using: &random)))
        run.cancel()
        _ = await run.result
      }
      _ = try await collect(client(url), into: database)
    }
    _ = try Ledger.build(database)
    #expect(try Ledger.fingerprint(database) == expected)
  }

  @Test("Collected daily while Batch forgets finished jobs after seven days: nothing is lost")
  func daily() async throws {
    let database = try Database(path: ":memory:")
    let account = MovingAccount(try SampleAccount.shared(), memory: SampleAccount.Memory(ofJobs: 7 * 86_400))
    try await FakeAWS(handlers: [account]).run { url in
      for day in stride(from: 13.0, through: 0, by: -1) {
        let asOf = Instant(milliseconds: Fortnight.collectedAt.milliseconds - Int64(day) * 86_400_000)
        try await account.move(to: Double(asOf.milliseconds) / 1000)
        let target = LiveTarget(
          client: try client(url), events: day == 0 ? [EventPlace(SampleAccount.events)].compactMap(\.self) : [])
        let outcomes = try await LiveCollector(database: database, settings: LiveSettings(asOf: asOf))
          .collect([target]).outcomes
        #expect(outcomes.map(\.isComplete) == [true], "\(outcomes.flatMap(\.failures))")
      }
    }
    #expect(try Ledger.build(database).cost == Fortnight.charged)
    #expect(try Ledger.fingerprint(database) == Fortnight.fingerprint())
  }

  @Test func aDeniedCallIsAFindingAndTheRestIsCollected() async throws {
    var account = try SampleAccount.shared()
    account.denied = ["LookupEvents", "GetProducts"]
    let aws = FakeAWS(handlers: [account])
    let database = try Database(path: ":memory:")
    let outcomes = try await aws.run { try await collect(client($0), into: database) }
    #expect(
      outcomes.first?.denied.map(\.action)
        == ["cloudtrail:LookupEvents", "pricing:GetProducts", "pricing:GetProducts"])
    #expect(outcomes.first?.denied.map(\.source) == ["cloudtrail", "price-list", "graviton"])
    #expect(outcomes.first?.isComplete == true)
    let findings = try database.read {
      try $0.integer("SELECT count(*) FROM collection_finding WHERE check_name = 'missing-permission'")
    }
    #expect(findings == 3)
  }

  @Test("After a gap of more than seven days a run reports possible losses, and the next run keeps the finding")
  func gap() async throws {
    let aws = FakeAWS(handlers: [try SampleAccount.shared()])
    let database = try Database(path: ":memory:")
    let days = ["2026-11-02T05:20:00Z", "2026-11-10T05:20:00Z", "2026-11-10T06:20:00Z"]
    let losses = try await aws.run { url in
      var losses: [Int] = []
      for day in days {
        let settings = LiveSettings(asOf: try #require(Instant(day)), sources: ["inventory", "jobs"])
        let target = LiveTarget(client: try client(url))
        let outcomes = try await LiveCollector(database: database, settings: settings).collect([target]).outcomes
        losses.append(outcomes[0].losses.count)
      }
      return losses
    }
    // Seven queues.
    #expect(losses == [0, 7, 0])
    let kept = try database.read {
      try $0.integer("SELECT count(*) FROM collection_finding WHERE check_name = 'collection-gap'")
    }
    #expect(kept == 7)
  }

  @Test func aTruncatedObjectIsAFindingAndTheNextIsRead() async throws {
    let broken: [UInt8] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2]
    let listing = FakeOperation("s3", "ListObjectsV2") { request in
      let keys = ["p/1.gz", "p/2.json"].filter { $0 > request.query["start-after"] ?? "" }
      return .xml(
        "<ListBucketResult>\(keys.map { "<Contents><Key>\($0)</Key></Contents>" }.joined())</ListBucketResult>")
    }
    let object = FakeOperation("s3", "GetObject") { request in
      if request.path.hasSuffix("1.gz") { return FakeAnswer(body: broken) }
      return .json(
        #"{"detail-type":"EC2 Instance State-change Notification","source":"aws.ec2","account":"111122223333","#
          + #""region":"eu-west-1","time":"2026-11-01T00:00:00Z","detail":{"instance-id":"i-1","state":"running"}}"#)
    }
    let aws = FakeAWS(handlers: [listing, object, try SampleAccount.shared()])
    let database = try Database(path: ":memory:")
    let losses = try await aws.run { url in
      let events = EventPlace("s3://b/p/").map { [$0] } ?? []
      let settings = LiveSettings(asOf: Fortnight.collectedAt, sources: ["events"])
      var losses: [[String]] = []
      for _ in 0..<2 {
        let target = LiveTarget(client: try client(url), events: events)
        let outcomes = try await LiveCollector(database: database, settings: settings).collect([target]).outcomes
        losses.append(outcomes[0].losses)
      }
      return losses
    }
    #expect(losses[0].count == 1 && losses[0][0].hasPrefix("s3://b/p/1.gz"))
    #expect(losses[1].isEmpty)
    #expect(try database.read { try $0.integer("SELECT count(*) FROM instance_event") } == 1)
  }
}

extension Timing {
  /// Sleeps a hundredth of the time asked for.
  static var quick: Timing {
    Timing(now: { Date() }, sleep: { try await Task.sleep(for: .seconds($0 / 100)) }, random: { 0.5 })
  }
}
