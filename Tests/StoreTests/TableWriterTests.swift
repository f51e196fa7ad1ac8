import Testing

@testable import Store

private enum Column: Int32, TableColumns {
  case id, jobQueue, usedMibP95, isDefault, share
  static let table = "measure"
}

@Suite struct TableWriterTests {
  private func database(_ conflict: String = "", _ write: (TableWriter<Column>) throws -> Void) throws -> [String] {
    let database = try Database(path: ":memory:")
    try database.write { connection in
      try connection.execute(
        "CREATE TABLE measure (share REAL, id INTEGER PRIMARY KEY, job_queue TEXT, used_mib_p95 INTEGER, is_default INTEGER)"
      )
      try write(TableWriter(connection, conflict: conflict))
    }
    return try database.read { connection in
      let rows = try connection.prepare(
        "SELECT id || ' ' || ifnull(job_queue, '-') || ' ' || ifnull(used_mib_p95, '-') || ' ' || ifnull(is_default, '-') "
          + "|| ' ' || ifnull(share, '-') FROM measure ORDER BY id")
      var found: [String] = []
      while try rows.step() { found.append(rows.text(0)) }
      return found
    }
  }

  @Test("A column has its name in snake case, wherever it stands in the table; what is not put is null") func names()
    throws
  {
    let rows = try database { writer in
      writer.put(.share, 0.5)
      writer.put(.usedMibP95, 2048 as Int64)
      writer.put(.isDefault, true)
      writer.put(.jobQueue, "gpu")
      writer.put(.id, 1)
      try writer.write()
      writer.put(.id, 2 as Int32)
      writer.put(.share, nil as Double?)
      try writer.write()
    }
    #expect(rows == ["1 gpu 2048 1 0.5", "2 - - - -"])
  }

  @Test func conflictsAreTheTables() throws {
    func twice(_ writer: TableWriter<Column>) throws {
      for queue in ["a", "b"] {
        writer.put(.id, 1)
        writer.put(.jobQueue, queue)
        try writer.write()
      }
    }
    #expect(throws: StoreError.self) { try database { try twice($0) } }
    #expect(
      try database("ON CONFLICT (id) DO UPDATE SET job_queue = excluded.job_queue") { try twice($0) } == ["1 b - - -"])
  }
}
