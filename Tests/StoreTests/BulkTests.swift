import Testing

@testable import Store

private struct Enough: Error {}

/// A database in memory with a table of its own.
private func withTable<T>(_ body: (Connection) throws -> T) throws -> T {
  try Database(path: ":memory:").write { connection in
    try connection.execute("CREATE TABLE thing (id INTEGER PRIMARY KEY, amount INTEGER, name TEXT) STRICT")
    return try body(connection)
  }
}

@Suite struct ScanTests {
  @Test("A scan visits every row in key order, with its nulls and texts")
  func rows() throws {
    try withTable { connection in
      try connection.execute(
        "INSERT INTO thing VALUES (30, NULL, 'дом'), (-2, 9223372036854775807, NULL), (7, 0, '')")
      var seen: [String] = []
      try connection.scan("id, amount, name, id * 2", from: "thing NOT INDEXED") { row in
        seen.append(
          "\(row.integer(0)) \(row.optionalInteger(1).map(String.init) ?? "–") \(row.optionalText(2) ?? "–") "
            + "\(row.integer(3)) \(row.isNull(1)) \(row.withBytes(2) { $0.count })")
      }
      #expect(seen == ["-2 9223372036854775807 – -4 false 0", "7 0  14 false 0", "30 – дом 60 true 6"])
    }
  }

  @Test("A scan of an empty table visits nothing")
  func empty() throws {
    try withTable { connection in
      try connection.scan("id", from: "thing") { _ in Issue.record("there is no row") }
    }
  }

  @Test("An error thrown by the visitor ends the scan and is passed on; the connection still works")
  func thrown() throws {
    try withTable { connection in
      try connection.execute("INSERT INTO thing VALUES (1, 1, ''), (2, 2, ''), (3, 3, '')")
      var visited = 0
      #expect(throws: Enough.self) {
        try connection.scan("id", from: "thing NOT INDEXED") { row in
          visited += 1
          if row.integer(0) == 2 { throw Enough() }
        }
      }
      #expect(visited == 2)
      #expect(try connection.integer("SELECT SUM(amount) FROM thing") == 6)
    }
  }

  @Test("Scans may be nested")
  func nested() throws {
    try withTable { connection in
      try connection.execute("INSERT INTO thing VALUES (1, 10, ''), (2, 20, '')")
      var sum: Int64 = 0
      try connection.scan("id", from: "thing NOT INDEXED") { outer in
        try connection.scan("amount", from: "thing NOT INDEXED") { sum += outer.integer(0) * $0.integer(0) }
      }
      #expect(sum == 90)
    }
  }

  @Test("A wrong column is an error with the statement; a user's query cannot call the function")
  func wrong() throws {
    try withTable { connection in
      #expect(throws: StoreError.self) { try connection.scan("nothing", from: "thing") { _ in } }
      try connection.execute("INSERT INTO thing VALUES (1, 10, '')")
      #expect(throws: StoreError.self) { try connection.prepare("SELECT visit_row(1, id) FROM thing").run() }
    }
  }
}

@Suite struct RowFeedTests {
  @Test("Rows arrive as appended, both full batches and the remainder", arguments: [1, 2, 7, 1000])
  func rows(together: Int) throws {
    try withTable { connection in
      try connection.execute("CREATE TABLE pair (id INTEGER PRIMARY KEY, amount INTEGER) STRICT")
      let feed = try RowFeed(connection, into: "pair", columns: 2, rows: together)
      for id in 0..<Int64(15) {
        feed.append(id * 3)
        feed.append(id % 4 == 0 ? nil : -id)
        try feed.endRow()
      }
      try feed.flush()
      try feed.flush()
      #expect(try connection.integer("SELECT COUNT(*) FROM pair") == 15)
      #expect(try connection.integer("SELECT SUM(id) FROM pair") == 315)
      #expect(try connection.integer("SELECT SUM(amount) FROM pair") == -81)
      #expect(try connection.integer("SELECT SUM(id) FROM pair WHERE amount IS NULL") == 72)
    }
  }

  @Test("A second feed into the same table may follow the first; a row that breaks a constraint is an error")
  func again() throws {
    try withTable { connection in
      try connection.execute("CREATE TABLE pair (id INTEGER PRIMARY KEY, amount INTEGER NOT NULL) STRICT")
      for id in 0..<Int64(2) {
        let feed = try RowFeed(connection, into: "pair", columns: 2)
        feed.append(id)
        feed.append(5)
        try feed.endRow()
        try feed.flush()
      }
      #expect(try connection.integer("SELECT SUM(amount) FROM pair") == 10)
      let feed = try RowFeed(connection, into: "pair", columns: 2)
      feed.append(9)
      feed.append(nil)
      #expect(throws: StoreError.self) { try feed.flush() }
      #expect(try connection.integer("SELECT COUNT(*) FROM pair") == 2)
    }
  }
}
