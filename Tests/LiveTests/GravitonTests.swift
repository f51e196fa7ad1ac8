import Domain
import Store
import TestSupport
import Testing

@testable import AWS
@testable import Collect

/// What live collection asks about the Graviton siblings of x86 types that ran.
@Suite struct GravitonTests {
  private static let now = Fortnight.collectedAt.milliseconds
  private static let hour: Int64 = 3_600_000

  /// A database in which instances were launched an hour ago, or earlier.
  private func database(_ launched: [(type: String, count: Int, isSpot: Bool)], hoursAgo: Int64 = 1) throws -> Database
  {
    let database = try Database(path: ":memory:")
    try database.write { connection in
      try connection.execute(
        """
        INSERT INTO account_region VALUES (1, '\(SampleAccount.account)', '\(SampleAccount.region)');
        INSERT INTO instance_type (name, milli_vcpus, memory_mib, gpus, architecture) VALUES
          ('c5.xlarge', 4000, 8192, 0, 'x86_64'), ('c6i.xlarge', 4000, 8192, 0, 'x86_64'),
          ('c5.9xlarge', 36000, 73728, 0, 'x86_64'), ('m5.2xlarge', 8000, 32768, 0, 'x86_64'),
          ('r5.4xlarge', 16000, 131072, 0, 'x86_64'), ('g5.xlarge', 4000, 16384, 1, 'x86_64'),
          ('m7g.2xlarge', 8000, 32768, 0, 'arm64')
        """)
      for (type, count, isSpot) in launched {
        for number in 0..<count {
          try connection.execute(
            """
            INSERT INTO instance_description
              (instance_id, source, account_region, instance_type, lifecycle, launched_at_ms, state, progress, digest)
            VALUES ('i-\(type)-\(number)', 'ec2', 1, '\(type)', \(isSpot ? "'spot'" : "NULL"),
              \(Self.now - hoursAgo * Self.hour), 'terminated', 1, 1)
            """)
        }
      }
    }
    return database
  }

  private struct Run {
    let outcome: LiveOutcome
    /// The types or patterns asked for, sorted, by operation.
    let asked: [String: [String]]
  }

  private func collect(
    _ database: Database, hoursLater: Int64 = 0, denied: Set<String> = [], rehearsal: Rehearsal? = nil
  ) async throws -> Run {
    var account = try SampleAccount.shared()
    account.denied = denied
    let aws = FakeAWS(handlers: [account])
    let outcome = try await aws.run { url in
      let variables = FakeAWS.environment(url: url, region: SampleAccount.region)
      let client = try AWSSession(environment: Environment(variables), timing: .quick).client()
      var settings = LiveSettings(
        asOf: Instant(milliseconds: Self.now + hoursLater * Self.hour), sources: ["graviton"])
      settings.rehearsal = rehearsal
      return try await LiveCollector(database: database, settings: settings).collect([LiveTarget(client: client)])
        .outcomes[0]
    }
    var asked: [String: [String]] = [:]
    for request in aws.log where request.operation != "GetCallerIdentity" {
      let form = request.form
      let names = form.filter { $0.key.hasPrefix("Filter.1.Value.") || $0.key.hasPrefix("InstanceType.") }.map(\.value)
      let product = request.text.split(separator: "\"").first { $0.hasSuffix("large") }.map { [String($0)] } ?? []
      asked[request.operation, default: []] += names + product.filter { _ in names.isEmpty }
    }
    return Run(outcome: outcome, asked: asked.mapValues { $0.sorted() })
  }

  /// The fake region has c6g, c7g and c8g; of m only m6g and m7g, of r only r8g. c5.9xlarge has no sibling of its size.
  @Test("The newest two generations available, Spot prices for types that ran on Spot; later only what is outdated")
  func once() async throws {
    let database = try database([
      ("c5.xlarge", 3, true), ("c6i.xlarge", 1, false), ("c5.9xlarge", 1, false), ("m5.2xlarge", 1, false),
      ("r5.4xlarge", 1, true), ("g5.xlarge", 1, true),
    ])
    let first = try await collect(database)
    #expect(first.outcome.isComplete, "\(first.outcome.failures)")
    let prices = ["c7g.xlarge", "c8g.xlarge", "m6g.2xlarge", "m7g.2xlarge", "r8g.4xlarge"]
    let spot = ["c7g.xlarge", "c8g.xlarge", "r8g.4xlarge"]
    #expect(
      first.asked == [
        "DescribeInstanceTypes": ["c*g.9xlarge", "c*g.xlarge", "m*g.2xlarge", "r*g.4xlarge"],
        "DescribeSpotPriceHistory": spot, "GetProducts": prices,
      ])
    let (rates, pools) = try database.read {
      (
        try $0.integer("SELECT COUNT(DISTINCT item) FROM list_price"),
        try $0.integer("SELECT COUNT(*) FROM spot_price")
      )
    }
    #expect(rates == 5)
    #expect(pools == 9)
    #expect(try await collect(database).asked == [:])
    #expect(try await collect(database, hoursLater: 23).asked == [:])
    #expect(
      try await collect(database, hoursLater: 24).asked == ["DescribeSpotPriceHistory": spot, "GetProducts": prices])
    let week = try await collect(database, hoursLater: 7 * 24)
    #expect(week.asked["DescribeInstanceTypes"] == first.asked["DescribeInstanceTypes"])
  }

  @Test("Nothing is asked if no x86 instance ran lately")
  func nothing() async throws {
    #expect(try await collect(database([])).asked == [:])
    #expect(try await collect(database([("g5.xlarge", 2, true), ("m7g.2xlarge", 2, true)])).asked == [:])
    #expect(try await collect(database([("c5.xlarge", 2, true)], hoursAgo: 15 * 24)).asked == [:])
  }

  @Test("Of more than forty siblings, those whose types launched the most vCPUs")
  func most() async throws {
    let database = try database([])
    let sizes = [
      ("large", 2), ("xlarge", 4), ("2xlarge", 8), ("4xlarge", 16), ("8xlarge", 32), ("12xlarge", 48), ("16xlarge", 64),
    ]
    try database.write { connection in
      for (letter, gib) in [("c", 2), ("m", 4), ("r", 8), ("x", 16)] {
        for (size, vcpus) in sizes {
          let names = (6...8).map { "\(letter)\($0)g.\(size)" }
          let types = [("\(letter)5.\(size)", "x86_64")] + names.map { ($0, "arm64") }
          for (name, architecture) in types {
            try connection.execute(
              """
              INSERT OR IGNORE INTO instance_type (name, milli_vcpus, memory_mib, architecture)
              VALUES ('\(name)', \(vcpus * 1000), \(vcpus * gib * 1024), '\(architecture)')
              """)
          }
          try connection.execute(
            """
            INSERT INTO instance_description
              (instance_id, source, account_region, instance_type, launched_at_ms, state, progress, digest)
              VALUES ('i-\(letter)-\(size)', 'ec2', 1, '\(letter)5.\(size)', \(Self.now - Self.hour), 'running', 1, 1);
            INSERT INTO checkpoint (source, scope, position, at_ms) VALUES ('EC2 DescribeInstanceTypes',
              '\(SampleAccount.region) siblings of \(letter)5.\(size)', '\(names.joined(separator: " "))',
              \(Self.now - Self.hour));
            """)
        }
      }
    }
    let asked = try await collect(database).asked
    // Two for each of four letters and seven sizes are 56; the five larger sizes make forty.
    let expected = ["c", "m", "r", "x"].flatMap { letter in
      [7, 8].flatMap { number in sizes[2...].map { "\(letter)\(number)g.\($0.0)" } }
    }
    #expect(asked == ["GetProducts": expected.sorted()])
    #expect(expected.count == LiveGraviton.most)
  }

  @Test("A denied call is a finding of its own, and the rest is collected")
  func denied() async throws {
    let database = try database([("c5.xlarge", 1, true)])
    let run = try await collect(database, denied: ["GetProducts"])
    #expect(run.outcome.denied.map(\.source) == ["graviton"])
    #expect(run.outcome.denied.map(\.action) == ["pricing:GetProducts"])
    let (findings, pools) = try database.read {
      (
        try $0.integer("SELECT COUNT(*) FROM collection_finding WHERE place = 'graviton'"),
        try $0.integer("SELECT COUNT(*) FROM spot_price")
      )
    }
    #expect(findings == 1)
    #expect(pools == 6)
  }

  @Test("A rehearsal counts a run's first calls")
  func rehearsal() async throws {
    let database = try database([("c5.xlarge", 1, true)])
    let before = LiveCollector.rehearsal()
    #expect(try await collect(database, rehearsal: before).asked == [:])
    #expect(before.log[EC2.describeInstanceTypesOperation].requests == 1)
    _ = try await collect(database)
    let after = LiveCollector.rehearsal()
    // Eight days later, prices will be asked for what the region had a week ago.
    _ = try await collect(database, hoursLater: 8 * 24, rehearsal: after)
    #expect(after.log.entries.map(\.entry.requests) == [1, 2, 2])
  }

  @Test("The policy has no action that other sources do not need")
  func policy() {
    let grants = LiveCollector.grants(events: [])
    let others = grants.filter { $0.source != "graviton" }.flatMap { $0.grants.flatMap(\.actions) }
    let own = grants.filter { $0.source == "graviton" }.flatMap { $0.grants.flatMap(\.actions) }
    #expect(
      own == ["ec2:DescribeInstanceTypes", "ec2:DescribeSpotPriceHistory", "pricing:GetProducts"])
    #expect(Set(own).isSubset(of: others))
  }
}
