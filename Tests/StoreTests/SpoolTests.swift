import Store
import Testing

@Suite struct SpoolTests {
  /// 512 of them fill a block.
  private struct Record {
    var id: Int64
    var rest: (Int64, Int64, Int64, Int64, Int64, Int64, Int64) = (0, 0, 0, 0, 0, 0, 0)
  }

  @Test("A spool returns everything in order, including what did not fit in memory", arguments: [0, 1, 3, 1024])
  func order(capacity: Int) throws {
    let spool = Spool<Record>(pool: SpoolPool(capacity: capacity))
    for id in 0..<Int64(5 * 512 + 7) { try spool.append(Record(id: id), to: id % 5 == 0 ? 2 : 0) }
    #expect(spool.groupCount == 3)
    #expect(spool.count(0) == 2053 && spool.count(1) == 0 && spool.count(2) == 514 && spool.count(3) == 0)
    var ids: [[Int64]] = [[], [], []]
    for group in [2, 1, 0] { try spool.drain(group) { ids[group] += $0.map(\.id) } }
    #expect(ids[0] == (0..<2567).filter { $0 % 5 != 0 })
    #expect(ids[1].isEmpty)
    #expect(ids[2] == (0..<2567).filter { $0 % 5 == 0 })
    #expect(spool.count(0) == 0)
    try spool.drain(0) { _ in Issue.record("handed out twice") }
    #expect(try spool.take(0).isEmpty)
  }

  @Test("Blocks that one spool frees can be used by another")
  func shared() throws {
    let pool = SpoolPool(capacity: 2)
    let (first, second) = (Spool<Record>(pool: pool), Spool<Record>(pool: pool))
    for id in 0..<Int64(9000) { try first.append(Record(id: id), to: 0) }
    try first.drain(0) { for record in $0 { try second.append(record, to: Int(record.id % 4)) } }
    for group in 0..<4 {
      let ids = try second.take(group).map(\.id)
      #expect(ids == (0..<9000).filter { $0 % 4 == Int64(group) })
    }
  }
}
