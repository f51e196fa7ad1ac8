import Domain
import Foundation
import Store
import TestSupport
import Testing

@testable import Collect

/// The Spot Advisor's file, in its published shape with made-up figures.
@Suite struct SpotAdviceTests {
  private static let ranges = """
    "ranges":[{"index":0,"label":"<5%","dots":0,"max":5},{"index":1,"label":"5-10%","dots":1,"max":11},
    {"index":4,"label":">20%","dots":4,"max":100}]
    """

  private func file(_ types: String, ranges: String = SpotAdviceTests.ranges) -> String {
    """
    {"global_rate":"<10%","instance_types":{"c5.large":{"cores":2,"emr":true,"ram_gb":4.0}},\(ranges),
    "spot_advisor":{"eu-west-1":{"Linux":{\(types)},"Windows":{"c5.large":{"s":30,"r":0}}}}}
    """
  }

  private func rows(_ database: Database) throws -> [String] {
    try database.lines(
      """
      SELECT region, operating_system, instance_type, band, band_place, band_maximum, savings_percent FROM spot_advice
      ORDER BY 1, 2, 3
      """)
  }

  @Test func aRowIsATypeInARegion() throws {
    let database = try collected(file(#""c5.large":{"s":70,"r":1},"m5.large":{"s":-3,"r":4}"#))
    #expect(
      try rows(database) == [
        "eu-west-1|Linux|c5.large|5-10%|1|11|70", "eu-west-1|Linux|m5.large|>20%|4|100|-3",
        "eu-west-1|Windows|c5.large|<5%|0|5|30",
      ])
    #expect(try database.findings == [])
  }

  @Test func theFixtureIsRecognisedByItsContent() throws {
    let fixture = Repository.root.appendingPathComponent("Tests/Fixtures/spot-advisor/spot-advisor-data.json")
    let folder = try TemporaryFolder()
    let path = try folder.add("whatever", Array(Data(contentsOf: fixture)))
    let database = try Database(path: ":memory:")
    let summary = try Collector().collect(paths: [path], asOf: nil, database: database)
    #expect(summary.documents == [.spotAdvice: 1])
    #expect(try rows(database).count == 12)
    let before = try fingerprint(database)
    #expect(try Collector().collect(paths: [path], asOf: nil, database: database).rows == 0)
    #expect(try fingerprint(database) == before)
  }

  @Test("Of two files without a time, one wins as a whole, in either order") func orderDoesNotMatter() throws {
    let first = file(#""c5.large":{"s":70,"r":0},"m5.large":{"s":60,"r":0},"r5.large":{"s":50,"r":0}"#)
    let second = file(#""c5.large":{"s":71,"r":1},"m5.large":{"s":61,"r":1},"c6i.large":{"s":51,"r":1}"#)
    let (one, other) = (try collected(first, second), try collected(second, first))
    #expect(try rows(one) == rows(other))
    #expect(try fingerprint(one) == fingerprint(other))
    let both = try one.lines(
      "SELECT DISTINCT band FROM spot_advice WHERE instance_type IN ('c5.large', 'm5.large') AND operating_system = 'Linux'"
    )
    #expect(both.count == 1)
    // Rows that only one of them has are kept.
    #expect(try rows(one).count == 5)
  }

  @Test("--as-of decides before the digest") func theLaterFileWins() throws {
    let files = [(file(#""c5.large":{"s":70,"r":0}"#), 1), (file(#""c5.large":{"s":60,"r":4}"#), 2)]
    for (old, new) in [(0, 1), (1, 0)] {
      for isReversed in [false, true] {
        let database = try Database(path: ":memory:")
        var ingestor = try Ingestor(database: database)
        let documents = [(files[old].0, Int64(1_793_352_000_000)), (files[new].0, 1_793_353_000_000)]
        for (text, at) in isReversed ? documents.reversed() : documents {
          try ingestor.ingest(
            Array(text.utf8), named: "file", accountRegion: nil, observedAt: Instant(milliseconds: at))
        }
        let band = new == 1 ? ">20%" : "<5%"
        #expect(try database.lines("SELECT band FROM spot_advice WHERE operating_system = 'Linux'") == [band])
      }
    }
  }

  @Test func unusableRowsAreFindings() throws {
    let database = try collected(
      file(#""c5.large":{"s":70,"r":7},"m5.large":{"s":"much","r":1},"r5.large":{"s":1}"#),
      file(#""c5.large":{"s":70,"r":1}"#, ranges: #""ranges":[]"#),
      file(#""x1.large":{"s":70,"r":1}"#, ranges: #""ranges":[{"index":0,"label":"<5%","max":5},{"index":1,"max":11}]"#)
    )
    #expect(try rows(database) == ["eu-west-1|Linux|m5.large|5-10%|1|11|-", "eu-west-1|Windows|c5.large|<5%|0|5|30"])
    #expect(
      try database.findings == [
        "missing-field|ranges|is missing: the file is left out",
        "missing-field|ranges[1]|lacks its index, label or max: its types are left out",
        "missing-field|spot_advisor.eu-west-1.Linux.c5.large.r|is not one of the bands in ranges: the type is left out",
        "missing-field|spot_advisor.eu-west-1.Linux.r5.large.r|is not one of the bands in ranges: the type is left out",
        "missing-field|spot_advisor.eu-west-1.Linux.x1.large.r|is not one of the bands in ranges: the type is left out",
      ])
  }
}
