import Testing

@testable import Store

private enum Column: Int32, TableColumns {
  case id, jobQueue, usedMibP95, isDefault, share
  static let table = "measure"
}

private enum FedColumn: Int32, TableColumns {
  case day, cost
  static let table = "fed"
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

  @Test("A column is found by its name in snake case, wherever it is in the table; a column not put is null")
  func names()
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

  @Test func conflictsFollowTheTable() throws {
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

  @Test("Fed rows go to the columns with their names, whatever other columns the table has") func feeds() throws {
    let database = try Database(path: ":memory:")
    let rows = try database.write { connection in
      try connection.execute("CREATE TABLE fed (other INTEGER, cost INTEGER, day INTEGER)")
      let feed = try TableFeed(connection, FedColumn.self)
      for day in 1...3 as ClosedRange<Int64> {
        feed.put(.day, day)
        feed.put(.cost, day == 2 ? nil : day * 10)
        try feed.write()
      }
      try feed.flush()
      let rows = try connection.prepare("SELECT day || ' ' || ifnull(cost, '-') || ' ' || ifnull(other, '-') FROM fed")
      var found: [String] = []
      while try rows.step() { found.append(rows.text(0)) }
      return found
    }
    #expect(rows == ["1 10 -", "2 - -", "3 30 -"])
  }

  @Test func aRowThatReplacesAnother() throws {
    let database = try Database(path: ":memory:")
    let count = try database.write { connection in
      try connection.execute(
        "CREATE TABLE measure (share REAL, id INTEGER PRIMARY KEY, job_queue TEXT, used_mib_p95 INTEGER, is_default INTEGER)"
      )
      let writer = try TableWriter<Column>(connection, replacing: true)
      for queue in ["a", "b"] {
        writer.put(.id, 1)
        writer.put(.jobQueue, queue)
        try writer.write()
      }
      return try connection.integer("SELECT COUNT(*) FROM measure WHERE job_queue = 'b'")
    }
    #expect(count == 1)
  }
}
