import Domain
import Store

/// Appends rows to one table; every column is bound again for each row.
struct RowWriter {
  private let statement: Statement

  init(_ connection: Connection, _ table: String, columns: Int) throws {
    let marks = [String](repeating: "?", count: columns).joined(separator: ", ")
    statement = try connection.prepare("INSERT INTO \(table) VALUES (\(marks))")
  }

  func write(_ cells: Cell...) throws {
    for (index, cell) in cells.enumerated() { statement.bind(cell, at: Int32(index + 1)) }
    try statement.run()
  }
}

extension Cell {
  static func integer(_ value: Int) -> Cell { .integer(Int64(value)) }
  static func optional(_ value: Int64?) -> Cell { value.map(Cell.integer) ?? .null }
  static func optional(_ value: Double?) -> Cell { value.map(Cell.real) ?? .null }
  static func optional(_ value: String?) -> Cell { value.map(Cell.text) ?? .null }
  static func flag(_ value: Bool) -> Cell { .boolean(value) }
}
