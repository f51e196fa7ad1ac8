@testable import Collect
@testable import Store

private struct Rollback: Error {}

nonisolated(unsafe) private let database: Database? = try? Database(path: ":memory:")

/// Reads into a database and rolls back.
private func tried(_ body: (Connection) throws -> Void) {
  try? database?.write { connection in
    try body(connection)
    throw Rollback()
  }
}

private func reader(_ bytes: UnsafeRawBufferPointer, separator: UInt8 = UInt8(ascii: ",")) -> CSVReader? {
  (try? ByteInput(Array(bytes), named: "f")).map { CSVReader($0, separator: separator, size: 256, limit: 4096) }
}

/// Rows of bills.
let billTargets = [
  FuzzTarget(name: "csv") { bytes in
    guard let reader = reader(bytes) else { return }
    while reader.next() {
      precondition(reader.count > 0, "a row without a field")
      for column in 0..<reader.count {
        let field = reader[column]
        precondition(field.count <= bytes.count * 3, "a field longer than the file")
        _ = reader.text(column)
      }
    }
  },
  FuzzTarget(name: "bills") { bytes in
    guard let reader = reader(bytes), reader.next() else { return }
    let columns = BillColumns(reader)
    tried { connection in
      let writer = try BillWriter(connection)
      writer.beginFile()
      if let cur = try BillCUR(columns, path: "f") {
        while reader.next() { do { try cur.read(reader, into: writer) } catch is BillFault {} }
      } else if var focus = try BillFOCUS(columns, path: "f") {
        while reader.next() { do { try focus.read(reader, into: writer) } catch is BillFault {} }
      }
      try writer.finish(files: 1, mayBeOlder: true)
    }
  },
  FuzzTarget(name: "feed") { bytes in
    guard let reader = reader(bytes, separator: UInt8(ascii: "\t")) else { return }
    tried { connection in
      var feed = try BillSpotFeed(connection)
      try feed.read(reader, path: "111122223333.2026-10-26-00.001.701aca70") { _ in }
    }
  },
]
