import Domain
import Testing

@testable import Collect

/// Which time has been asked for, and what to ask for next.
@Suite struct CoverageTests {
  private func parts(_ checkpoint: Checkpoint?, from first: Int64, to end: Int64, most: Int64 = .max) -> [Range<Int64>]
  {
    var covered = LiveCoverage(checkpoint, from: first)
    var parts: [Range<Int64>] = []
    while let part = covered.next(from: first, to: end, most: most) {
      parts.append(part)
      covered.add(part)
    }
    return parts
  }

  private func checkpoint(_ position: String, _ at: Int64) -> Checkpoint {
    Checkpoint(source: "s", scope: "p", position: position, at: Instant(milliseconds: at))
  }

  @Test func everythingIsAskedForOnce() {
    #expect(parts(nil, from: 10, to: 100) == [10..<100])
    #expect(parts(nil, from: 10, to: 100, most: 40) == [10..<50, 50..<90, 90..<100])
    #expect(parts(checkpoint("10", 100), from: 10, to: 100) == [])
    #expect(parts(checkpoint("10", 60), from: 10, to: 100) == [60..<100])
  }

  @Test func earlierTimesAreAskedForToo() {
    #expect(parts(checkpoint("50", 60), from: 10, to: 100, most: 30) == [20..<50, 10..<20, 60..<90, 90..<100])
  }

  @Test func aCheckpointWithoutABeginningCoversEverythingBefore() {
    #expect(parts(checkpoint("", 60), from: 10, to: 100) == [60..<100])
    var covered = LiveCoverage(checkpoint("", 60), from: 10)
    covered.add(60..<100)
    #expect(covered.checkpoint("s", "p") == checkpoint("", 100))
  }

  @Test func coverageIsStored() {
    var covered = LiveCoverage(nil, from: 10)
    covered.add(10..<70)
    #expect(covered.checkpoint("s", "p") == checkpoint("10", 70))
  }
}
