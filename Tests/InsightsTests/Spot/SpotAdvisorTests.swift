import Domain
import Store
import Testing

@testable import Insights

/// AWS's bands beside the account's own interruptions.
@Suite struct SpotAdvisorTests {
  /// Four Spot instances of c5.xlarge that ran six hours each, three of them reclaimed: 75 % of instances, 12.5 in 100
  /// hours. With two rows, a zone and a type, the lower limit for 3 is the mean at which three or more have the
  /// probability 0.05 ÷ 2 ÷ 2: 0.47410 (solved for 1 − e^−μ (1 + μ + μ²/2) = 0.0125), or 11.85 % of four instances.
  private func threeOfFour(_ advice: String...) throws -> FactBase {
    let facts = try FactBase()
    try facts.collected(at: "2026-10-20T00:00:00Z")
    try facts.spotPrice("eu-west-1a", from: "2026-10-01T00:00:00Z", rate: 50_000_000)
    for id in 1...4 {
      try facts.instance(id, spot: true, "2026-10-19T10:00:00Z", "2026-10-19T16:00:00Z", reclaimed: id < 4)
    }
    for row in advice { try facts.execute("INSERT INTO spot_advice VALUES (\(row), 70, 0, 0)") }
    try facts.build()
    return facts
  }

  private let columns = [
    "kind", "instances", "share", "advisor_band", "advisor_maximum", "above_band", "types_with_band",
    "types_above_band",
  ]

  private func rows(_ facts: FactBase) throws -> [[Cell]] {
    let result = try facts.rows("interruptions")
    return result.rows.indices.map { row in columns.compactMap { result[row, $0] } }
  }

  private func zone(_ withBand: Int64, _ above: Int64) -> [Cell] {
    [
      .text("By zone"), .integer(4), .real(0.75), .null, .null, .integer(0), .integer(withBand), .integer(above),
    ]
  }

  @Test("At least 11.85 % is above a band that ends at 11 %") func above() throws {
    #expect(
      try rows(threeOfFour("'eu-west-1', 'Linux', 'c5.xlarge', '5-10%', 1, 11")) == [
        zone(1, 1),
        [
          .text("By instance type"), .integer(4), .real(0.75), .text("5-10%"), .real(0.11), .integer(1), .integer(1),
          .integer(1),
        ],
      ])
  }

  @Test("but not certainly above one that ends at 16 %") func within() throws {
    #expect(
      try rows(threeOfFour("'eu-west-1', 'Linux', 'c5.xlarge', '10-15%', 2, 16")) == [
        zone(1, 0),
        [
          .text("By instance type"), .integer(4), .real(0.75), .text("10-15%"), .real(0.16), .integer(0), .integer(1),
          .integer(0),
        ],
      ])
  }

  @Test("Another region, another system, another type, or no file: no band") func unknown() throws {
    for advice in [
      "'us-east-1', 'Linux', 'c5.xlarge', '<5%', 0, 5", "'eu-west-1', 'Windows', 'c5.xlarge', '<5%', 0, 5",
      "'eu-west-1', 'Linux', 'c5.2xlarge', '<5%', 0, 5", nil,
    ] {
      let facts = try advice.map { try threeOfFour($0) } ?? threeOfFour()
      #expect(
        try rows(facts) == [
          zone(0, 0),
          [
            .text("By instance type"), .integer(4), .real(0.75), .null, .null, .integer(0), .integer(0), .integer(0),
          ],
        ])
    }
  }

  @Test("With two regions both bands are shown and the higher one is the limit; an unlisted region leaves it open")
  func twoRegions() throws {
    let facts = try threeOfFour("'eu-west-1', 'Linux', 'c5.xlarge', '5-10%', 1, 11")
    try facts.execute(
      """
      INSERT INTO account_region VALUES (2, '111122223333', 'us-east-1');
      UPDATE instance_description SET account_region = 2, zone = 'us-east-1a' WHERE instance_id = 'i-4';
      INSERT INTO spot_price VALUES (2, 'us-east-1a', 'c5.xlarge', 'Linux/UNIX', 0, 50000000);
      """)
    try facts.build()
    let open = try facts.rows("interruptions")
    #expect(open.rows.indices.map { open[$0, "advisor_band"] } == [.null, .null, .null])
    try facts.execute("INSERT INTO spot_advice VALUES ('us-east-1', 'Linux', 'c5.xlarge', '<5%', 0, 5, 70, 0, 0)")
    try facts.build()
    let both = try facts.rows("interruptions")
    let last = both.rows.count - 1
    #expect(both[last, "advisor_band"] == .text("<5%, 5-10%"))
    #expect(both[last, "advisor_maximum"] == .real(0.11))
    #expect(both[last, "instances"] == .integer(4))
  }
}
