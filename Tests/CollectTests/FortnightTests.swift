import Domain
import Store
import Testing

@testable import Collect

@Suite struct FortnightTests {
  @Test func holdsWhatItsReadMeSays() throws {
    let database = try Database(path: ":memory:")
    let summary = try Collector().collect(paths: [Fortnight.path], asOf: Fortnight.collectedAt, database: database)

    #expect(try count("job", database) == 11039)
    #expect(try count("attempt", database) == 11295)
    print(summary)
    try database.read { connection in
      for table in Table.allCases.compactMap(\.layout?.name) + ["task_usage", "cluster", "tag_set", "job_parent"] {
        print(table, try connection.integer("SELECT count(*) FROM \(table)"))
      }
      let s = try connection.prepare("SELECT check_name, subject, place, message FROM collection_finding LIMIT 20")
      while try s.step() { print(s.text(0), s.text(1), s.text(2), s.text(3)) }
    }
  }

  private func count(_ table: String, _ database: Database) throws -> Int64 {
    try database.read { try $0.integer("SELECT count(*) FROM \(table)") }
  }
}
