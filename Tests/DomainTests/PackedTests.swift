import Testing

@testable import Domain

@Suite struct PackedTests {
  /// Every key has the same word, so that each look-up has to pass the others.
  private struct Crowded: PackedKey, Comparable {
    var number: Int
    var word: UInt64 { 7 }
    static func < (a: Crowded, b: Crowded) -> Bool { a.number < b.number }
  }

  @Test func keysAreNumberedAsTheyCome() {
    var table = PackedTable<Crowded>()
    #expect(table.known(Crowded(number: 5)) == nil)
    let found = [5, 3, 5].map { table.position(of: Crowded(number: $0)) }
    #expect(found.map(\.position) == [0, 1, 0])
    #expect(found.map(\.isNew) == [true, true, false])
    #expect(table.known(Crowded(number: 3)) == 1)
    #expect(table.known(Crowded(number: 4)) == nil)
    #expect(table.keys.map(\.number) == [5, 3])
  }

  @Test("A table that grows keeps its numbers: 10,000 keys, more than twice its first room")
  func grows() {
    var table = PackedTable<UInt64>()
    let squares = (UInt64(0)..<10_000).map { $0 * $0 }
    #expect(squares.map { table.position(of: $0).position } == Array(0..<10_000))
    #expect(squares.map { table.known($0) } == Array(0..<10_000))
    #expect(table.keys.count == 10_000)
    #expect(table.known(2) == nil)
  }

  @Test func sumsByKey() {
    var sums = PackedSums<Crowded, Int>()
    for (number, amount) in [(9, 1), (2, 10), (9, 100)] {
      sums.update(Crowded(number: number), from: 1000) { $0 += amount }
    }
    #expect(sums.unsorted.map { [$0.number, $1] } == [[9, 1101], [2, 1010]])
    #expect(sums.sorted().map { [$0.key.number, $0.value] } == [[2, 1010], [9, 1101]])
  }
}
