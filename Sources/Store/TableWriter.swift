/// The columns of a table, declared once and in the table's order, for all who write its rows or read them.
///
/// ```swift
/// enum PoissonLimitColumn: Int32, TableColumns {
///   case comparisons, count, low, high
///   static let table = "poisson_limit"
/// }
/// let rows = try TableWriter<PoissonLimitColumn>(connection)
/// rows.put(.comparisons, 20)
/// try rows.write()
/// ```
///
/// A case `sparedMs` is the column `spared_ms`.
package protocol TableColumns: CaseIterable, RawRepresentable<Int32>, Sendable {
  static var table: String { get }
}

extension TableColumns {
  /// As the table has it.
  package var name: String {
    var name = ""
    for character in String(describing: self) {
      name += character.isUppercase ? "_" + character.lowercased() : String(character)
    }
    return name
  }
}

/// Appends rows to one table, each value by the name of its column; what a row is not given is null.
package struct TableWriter<Columns: TableColumns> {
  private let statement: Statement

  /// - Parameter conflict: what becomes of a row whose key is there: `ON CONFLICT …`.
  package init(_ connection: Connection, conflict: String = "") throws {
    let names = Columns.allCases.map(\.name)
    let marks = names.map { _ in "?" }
    statement = try connection.prepare(
      "INSERT INTO \(Columns.table) (\(names.joined(separator: ", "))) VALUES (\(marks.joined(separator: ", "))) "
        + conflict)
  }

  package func put(_ column: Columns, _ value: Int64?) { statement.bind(column.rawValue + 1, value) }
  package func put(_ column: Columns, _ value: Int) { statement.bind(column.rawValue + 1, Int64(value)) }
  package func put(_ column: Columns, _ value: Int32) { statement.bind(column.rawValue + 1, Int64(value)) }
  package func put(_ column: Columns, _ value: String?) { statement.bind(column.rawValue + 1, value) }
  package func put(_ column: Columns, _ value: Bool) { statement.bind(column.rawValue + 1, Int64(value ? 1 : 0)) }

  package func put(_ column: Columns, _ value: Double?) {
    if let value { statement.bind(column.rawValue + 1, value) } else { statement.bindNull(column.rawValue + 1) }
  }

  /// Writes the row that was put, and begins the next.
  package func write() throws {
    defer { statement.clear() }
    try statement.run()
  }
}
