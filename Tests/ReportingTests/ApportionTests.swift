import Testing

@testable import Reporting

@Suite struct ApportionTests {
  @Test func thePartsNearestToTheNextCentTakeTheOddOnes() {
    // Three parts of 3.333… dollars: 3.33 + 3.33 + 3.33 = 9.99, and the first takes the missing cent.
    let third: Int64 = 3_333_333_333
    #expect(apportioned([third, third, third + 1], unit: nanodollarsPerCent) == [333, 333, 334])
    #expect(apportioned([5_004_000_000, 1_004_000_000, 4_000_000], unit: nanodollarsPerCent) == [501, 100, 0])
    // Forty queues of $1.264 and $110.712 of unused: sixteen queues of $1.27, and nothing else is a cent off.
    let printed = apportioned(
      [Int64](repeating: 1_264_000_000, count: 40) + [110_712_000_000], unit: nanodollarsPerCent)
    #expect(printed.reduce(0, +) == 16127)
    #expect(printed.last == 11071)
    #expect(printed.dropLast().allSatisfy { $0 == 126 || $0 == 127 })
    #expect(apportioned([], unit: nanodollarsPerCent) == [])
  }

  @Test func rowsAndColumnsBothAddUp() {
    var seed: UInt64 = 7
    func next() -> Int64 {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int64(seed >> 40) * 10_007
    }
    for round in 0..<500 {
      let rows = (0..<7).map { _ in (0..<3).map { _ in next() } }
      let cells = apportioned(rows: rows, unit: nanodollarsPerCent)
      let total = rows.joined().reduce(0, +)
      let grand = apportioned([total], unit: nanodollarsPerCent)[0]
      #expect(cells.joined().reduce(0, +) == grand, "round \(round)")
      let rowTotals = apportioned(rows.map { $0.reduce(0, +) }, unit: nanodollarsPerCent)
      #expect(cells.map { $0.reduce(0, +) } == rowTotals, "round \(round)")
      for (row, printed) in zip(rows, cells) {
        for (exact, cents) in zip(row, printed) {
          #expect(abs(Double(exact) / 1e7 - Double(cents)) <= 1.5, "round \(round)")
        }
      }
    }
  }

  /// From 0.004 to 0.016 in three steps of 0.004: printed 0.00 and 0.02, two cents apart, though each step alone prints
  /// 0.00.
  @Test func stepsLeadFromThePrintedStartToThePrintedEnd() {
    let step: Int64 = 4_000_000
    #expect(roundedSteps([step, step, step], from: 4_000_000, unit: nanodollarsPerCent) == [1, 1, 0])
    #expect(roundedSteps([-step, 9_000_000, -step], from: 4_000_000, unit: nanodollarsPerCent) == [0, 1, -1])
    #expect(roundedSteps([], from: 4_000_000, unit: nanodollarsPerCent) == [])
    // From 0.015 to 0.025: both round to an even 0.02.
    #expect(roundedSteps([10_000_000], from: 15_000_000, unit: nanodollarsPerCent) == [0])
  }

  @Test("A bridge rounds its steps as they are elsewhere; sums are what the steps make them")
  func stepsOfABridgeAreRoundedAsElsewhere() {
    let (unit, mill) = (nanodollarsPerCent, Int64(1_000_000))
    // On-Demand 12.004, paid 3.996 less: 8.008; lost 4.004 less: 4.004, which rounds to 4.00 like what was lost.
    #expect(
      roundedBridge(
        from: [0, 12_004 * mill, 0, 8_008 * mill, 0],
        to: [12_004 * mill, 8_008 * mill, 8_008 * mill, 4_004 * mill, 4_004 * mill],
        unit: unit) == [1200, -400, 800, -400, 400])
    // From 10.00 to 10.01 in three steps of 0.004, −0.011 and 0.017, the largest of which takes what is missing: 0.00, −0.01, 0.02.
    #expect(
      roundedBridge(
        from: [10_000 * mill, 10_004 * mill, 9_993 * mill], to: [10_004 * mill, 9_993 * mill, 10_010 * mill], unit: unit
      )
        == [0, -1, 2])
    // 1.004 + 1.004 + 5.004 from 0.00 of 1.00: 8.012.
    #expect(
      roundedBridge(
        from: [1_000 * mill, 2_004 * mill, 3_008 * mill], to: [2_004 * mill, 3_008 * mill, 8_012 * mill], unit: unit)
        == [100, 100, 501])
  }

  @Test func noStepIsACentFromItsAmount() {
    var seed: UInt64 = 7
    func next() -> Int64 {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int64(seed >> 40) * 1007
    }
    for _ in 0..<2000 {
      let start = next()
      let steps = (0..<7).map { _ in next() - next() }
      let printed = roundedSteps(steps, from: start, unit: nanodollarsPerCent)
      let ends = [start, steps.reduce(start, +)].map { apportioned([$0], unit: nanodollarsPerCent)[0] }
      #expect(printed.reduce(ends[0], +) == ends[1], "\(start) \(steps)")
      for (exact, cents) in zip(steps, printed) {
        #expect(abs(exact - cents * nanodollarsPerCent) < nanodollarsPerCent, "\(start) \(steps)")
      }
    }
  }
}
