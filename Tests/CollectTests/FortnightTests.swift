import Domain
import Foundation
import Store
import TestSupport
import Testing

@testable import Collect

@Suite struct FortnightTests {
  private func collect(_ paths: [String], into database: Database) throws -> CollectionSummary {
    try Collector().collect(paths: paths, asOf: Fortnight.collectedAt, database: database)
  }

  @Test func holdsWhatItsReadMeSays() throws {
    let database = try Database(path: ":memory:")
    let summary = try collect([Fortnight.path], into: database)

    #expect(try database.lines("SELECT count(*) FROM job") == ["11039"])
    #expect(try database.lines("SELECT count(*) FROM attempt") == ["11295"])
    #expect(try database.lines("SELECT count(*), count(DISTINCT kind) FROM instance_event") == ["2125|8"])
    #expect(try database.lines("SELECT count(*) FROM container_instance WHERE missing = 1") == ["3"])
    #expect(try database.lines("SELECT count(*) FROM attempt WHERE kind IN (1, 3)") == ["0"])
    #expect(try database.findings == [])
    #expect(summary.documents[.billing] == 3)
    #expect(summary.documents[.spotDataFeed] == 48)
    #expect(
      try database.lines("SELECT account, region, as_of_ms FROM collection JOIN account_region ON id = account_region")
        == ["111122223333|eu-west-1|1793596800000"])
  }

  @Test func picksTheBilledPrices() throws {
    let database = try Database(path: ":memory:")
    _ = try collect(["\(Fortnight.path)/pricing"], into: database)

    #expect(
      try database.lines("SELECT operating_system, tenancy, count(*) FROM list_price GROUP BY 1, 2 ORDER BY 1, 2")
        == ["||10", "Linux|Dedicated|46", "Linux|Shared|43", "RHEL|Shared|46", "Windows|Shared|46"])
    #expect(
      try database.lines("SELECT item, rate FROM list_price WHERE item LIKE 'Fargate-%Hours%' ORDER BY 1 LIMIT 3")
        == [
          "Fargate-ARM-GB-Hours|3560000", "Fargate-ARM-vCPU-Hours:perCPU|32380000",
          "Fargate-EphemeralStorage-GB-Hours|111000",
        ])
  }

  @Test func collectingTwiceChangesNothing() throws {
    let database = try Database(path: ":memory:")
    let first = try collect([Fortnight.path], into: database)
    let before = try fingerprint(database)
    // Unchanged files are skipped …
    let second = try collect([Fortnight.path], into: database)
    #expect(second.unchangedFiles == first.files)
    #expect(second.rows == 0)
    #expect(second.newest == first.newest)
    // … and change nothing when read again.
    try database.derive { try $0.execute("DELETE FROM checkpoint") }
    let revision = try database.read { try $0.factRevision() }
    let third = try collect([Fortnight.path], into: database)
    #expect(third.files == first.files)
    #expect(third.rows == 0)
    #expect(try database.read { try $0.factRevision() } == revision)
    #expect(try fingerprint(database) == before)
  }

  @Test func isTheSameInAnyOrder() throws {
    let sorted = try Database(path: ":memory:")
    _ = try collect([Fortnight.path], into: sorted)
    let expected = try fingerprint(sorted)
    for seed in [1, 2] as [UInt64] {
      var random = SeededGenerator(seed: seed)
      let shuffled = try Database(path: ":memory:")
      _ = try collect(inputFiles([Fortnight.path]).shuffled(using: &random), into: shuffled)
      #expect(try fingerprint(shuffled) == expected, "seed \(seed)")
    }
  }
}
