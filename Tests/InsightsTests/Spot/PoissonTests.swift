import Store
import Testing

@testable import Insights

@Suite struct PoissonTests {
  /// Exact 95 % limits as published (Ulm, Am J Epidemiol 131:373, 1990; Pearson and Hartley, table 40).
  static let published: [(Int, Double, Double)] = [
    (0, 0, 3.689), (1, 0.0253, 5.572), (2, 0.242, 7.225), (5, 1.623, 11.668), (10, 4.795, 18.390), (20, 12.217, 30.888),
    (50, 37.111, 65.919), (100, 81.364, 121.627),
  ]

  @Test(arguments: published) func limitsAreThePublishedOnes(count: Int, low: Double, high: Double) {
    let interval = PoissonInterval(count: count)
    #expect(abs(interval.low - low) < 0.0006)
    #expect(abs(interval.high - high) < 0.0006)
  }

  /// Checked by definition: the probabilities of counts added up, without a gamma function.
  @Test(arguments: [(3, 1), (17, 15), (140, 40), (300, 1)]) func tailsAreAsRareAsAsked(count: Int, comparisons: Int) {
    let interval = PoissonInterval(count: count, comparisons: comparisons)
    let tail = 0.025 / Double(comparisons)
    #expect(abs(1 - atMost(count - 1, mean: interval.low) - tail) < 1e-9)
    #expect(abs(atMost(count, mean: interval.high) - tail) < 1e-9)
  }

  private func atMost(_ count: Int, mean: Double) -> Double {
    // Without the factor e^−mean: divided by the sum of all terms instead.
    var terms = [1.0]
    for k in 1..<(count * 3 + 200) { terms.append(terms[k - 1] * mean / Double(k)) }
    if terms.contains(where: \.isInfinite) { return .nan }
    return terms[...count].reduce(0, +) / terms.reduce(0, +)
  }

  /// 1 reclaim in 2 instance-hours: 50 in 100 hours, 1.27 to 278.6; c5.xlarge has too few hours for a row.
  @Test func interruptionsHaveIntervals() throws {
    let facts = try SpotAuditTests.lostAndRunAgain()
    try facts.build()
    let rows = try facts.rows("interruptions")
    #expect(rows.rows.count == 1)
    #expect(rows[0, "name"] == .text("eu-west-1a"))
    #expect(rows[0, "reclaims"] == .integer(1))
    #expect(rows[0, "hours"] == .real(2))
    #expect(rows[0, "per_100_hours"] == .real(50))
    #expect(rows[0, "all_reclaims"] == .integer(1))
    guard case .real(let low) = rows[0, "low"], case .real(let high) = rows[0, "high_wide"] else {
      Issue.record("no interval")
      return
    }
    #expect(abs(low - 1.266) < 0.001)
    #expect(abs(high - 278.58) < 0.01)
  }
}
