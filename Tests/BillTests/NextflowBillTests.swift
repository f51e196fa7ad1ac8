import Collect
import Domain
import Store
import Testing

@testable import Collect

/// 1,308 real split-cost rows from three real Nextflow runs (Tests/Fixtures/nextflow/README.md).
@Suite struct NextflowBill {
  let database: Database

  init() async throws {
    database = try Database(path: ":memory:")
    _ = try await BillImporter().importBills(
      paths: [nextflow + "/cur-split-cost-allocation.csv.gz"], database: database)
  }

  @Test("Each run's split and unused cost matches the README to the last digit")
  func runs() throws {
    let rows = try database.lines(
      """
      SELECT g.value, SUM(t.rows), SUM(t.split), SUM(t.split_rest), SUM(t.unused), SUM(t.unused_rest)
      FROM bill_task t JOIN tag g ON g.tag_set = t.tag_set AND g.name = 'unique_run_id' GROUP BY g.value ORDER BY 1
      """
    ).map { line in
      let parts = line.split(separator: "|").map(String.init)
      let numbers = parts.dropFirst().compactMap { Int64($0) }
      let split = ExactMoney(nanodollars: numbers[1], rest: numbers[2])
      let unused = ExactMoney(nanodollars: numbers[3], rest: numbers[4])
      return "\(parts[0])|\(numbers[0])|\(split)|\(unused)"
    }
    #expect(
      rows == [
        "3dLeF2W4ju5og4|542|21.977378212252148|26.029041151268153",
        "5yJURpCMUNmfri|648|14.679160975860944|23.664744499562634",
        "wELtvsveirfd9|118|8.95546629697565|24.011807609262828",
      ])
    #expect(
      try database.rows(
        "billed-task-cost-by-tag", ["tag_value", "tasks", "split_usd", "unused_usd"], ["tag": "unique_run_id"])
        == [
          "3dLeF2W4ju5og4|265|21.977378212|26.029041151", "5yJURpCMUNmfri|295|14.679160976|23.6647445",
          "wELtvsveirfd9|59|8.955466297|24.011807609",
        ])
  }

  @Test("Rows join to the 648 tasks by run and task hash: 265, 295 and 58 tasks were billed")
  func tasks() throws {
    let reader = CSVReader(try ByteInput(path: nextflow + "/tasks.csv.gz"))
    #expect(reader.next())
    let columns = BillColumns(reader)
    let (run, hash) = (columns.position("run_id"), columns.position("task_hash"))
    var tasks: Set<String> = []
    while reader.next() { tasks.insert(reader.text(run) + " " + reader.text(hash).replacing("/", with: "")) }
    #expect(tasks.count == 648)
    let billed = try database.lines(
      """
      SELECT DISTINCT r.value || ' ' || SUBSTR(h.value, 1, 8) FROM bill_task t
      JOIN tag r ON r.tag_set = t.tag_set AND r.name = 'unique_run_id'
      JOIN tag h ON h.tag_set = t.tag_set AND h.name = 'task_hash'
      """)
    let joined = billed.filter(tasks.contains)
    #expect(joined.count == billed.count)
    let byRun = Dictionary(grouping: joined) { $0.prefix { $0 != " " } }.mapValues(\.count)
    #expect(byRun == ["3dLeF2W4ju5og4": 265, "5yJURpCMUNmfri": 295, "wELtvsveirfd9": 58])
  }
}
