import Domain
import Store
import TestSupport
import Testing

@testable import Insights

/// Rollups of jobs against the rows they summarise, over any period.
@Suite struct RollupTests {
  /// A period of whole days around a random account's runs, by day number.
  private func period(_ random: inout SeededGenerator) -> (first: Int64, end: Int64) {
    let first = ms("2026-10-05T00:00:00Z") / 86_400_000 + Int64.random(in: 0...15, using: &random)
    return (first, first + Int64.random(in: 1...10, using: &random))
  }

  @Test("Submissions' cost, children and attempts equal their postings': 100 seeds")
  func submissions() throws {
    try forAll(seeds: 100) { seed, random in
      let facts = try randomFacts(&random)
      let (first, end) = period(&random)
      let direct = """
        SELECT COALESCE(-t.parent, t.job) AS submission, COUNT(DISTINCT t.job) AS children,
          COUNT(DISTINCT t.id) AS attempts, SUM(p.cost) AS cost,
          SUM(CASE WHEN p.cost IS NOT NULL THEN p.on_demand END) AS on_demand
        FROM posting p JOIN attempt t ON t.id = p.attempt
        WHERE p.day >= \(first) AND p.day < \(end) GROUP BY 1
        """
      let rollup = """
        SELECT s.submission, SUM(s.children) + COALESCE(MAX(l.children), 0),
          SUM(s.attempts) + COALESCE(MAX(l.attempts), 0), SUM(s.cost), SUM(s.on_demand)
        FROM submission_day s LEFT JOIN (
          SELECT submission, COUNT(DISTINCT attempt >> 10) AS children, COUNT(DISTINCT attempt) AS attempts
          FROM long_attempt_day WHERE day >= \(first) AND day < \(end) GROUP BY submission
        ) l ON l.submission = s.submission
        WHERE s.day >= \(first) AND s.day < \(end) GROUP BY s.submission
        """
      #expect(try facts.difference(direct, rollup) == 0, "seed \(seed)")
    }
  }

  /// Collected at midnight of the 21st: of the 20th everything is known, and of the 21st nothing.
  @Test func aDayOfWhichNothingWasCollectedIsNoDayOnWhichNothingRan() throws {
    var story = try ClientStory()
    try story.job("align", "09:00", "09:20")
    try story.facts.build()
    let rows = try story.facts.rows("cost-by-day-part")
    #expect(Set(rows.rows.indices.map { rows[$0, "day"] }) == [.text("2026-10-19"), .text("2026-10-20")])
  }

  @Test("Starts and waits equal the attempts': 100 seeds")
  func starts() throws {
    try forAll(seeds: 100) { seed, random in
      let facts = try randomFacts(&random)
      let attempts = """
        SELECT started_at_ms / 86400000, job_queue, COUNT(*), SUM(ordinal = 1) FROM attempt
        WHERE started_at_ms IS NOT NULL GROUP BY 1, 2
        """
      #expect(try facts.difference(attempts, "SELECT * FROM start_day") == 0, "seed \(seed)")
      let waits = """
        SELECT t.started_at_ms / 86400000, t.job_queue, (t.started_at_ms - j.created_at_ms + 999) / 1000, COUNT(*)
        FROM attempt t JOIN job j ON j.id = t.job WHERE t.ordinal = 1 AND t.started_at_ms >= j.created_at_ms
        GROUP BY 1, 2, 3
        """
      #expect(try facts.difference(waits, "SELECT * FROM start_wait") == 0, "seed \(seed)")
    }
  }
}

extension FactBase {
  /// How many rows one query has that the other lacks.
  fileprivate func difference(_ one: String, _ other: String) throws -> Int64 {
    try integer(
      """
      SELECT (SELECT COUNT(*) FROM (SELECT * FROM (\(one)) EXCEPT SELECT * FROM (\(other))))
        + (SELECT COUNT(*) FROM (SELECT * FROM (\(other)) EXCEPT SELECT * FROM (\(one))))
      """)
  }
}
