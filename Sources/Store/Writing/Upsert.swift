/// Writes rows of one table by their natural key, so that repeating it, or another order, changes nothing.
package struct Upsert {
  /// What happens to a row whose key exists.
  package enum Conflict: Sendable {
    /// Keeps the existing row: for facts that never change.
    case keep
    /// The larger (progress, digest) wins: for documents, of which later ones have more data. The table has both
    /// columns.
    case latest
    /// The larger value of this column wins: for plain quantities, so that order does not matter.
    case largest(String)
  }

  private let statement: Statement

  /// - Parameters:
  ///   - key: the columns of the table's unique key.
  ///   - columns: all columns written, in the order in which they are bound, from 1.
  package init(
    _ connection: Connection, into table: String, columns: [String], key: [String], conflict: Conflict
  ) throws {
    let list = columns.joined(separator: ", ")
    let marks = columns.map { _ in "?" }.joined(separator: ", ")
    let updates = columns.filter { !key.contains($0) }.map { "\($0) = excluded.\($0)" }.joined(separator: ", ")
    let resolution =
      switch conflict {
      case .keep: "NOTHING"
      case .latest:
        "UPDATE SET \(updates) WHERE (excluded.progress, excluded.digest) > (\(table).progress, \(table).digest)"
      case .largest(let column): "UPDATE SET \(updates) WHERE excluded.\(column) > \(table).\(column)"
      }
    statement = try connection.prepare(
      "INSERT INTO \(table) (\(list)) VALUES (\(marks)) "
        + "ON CONFLICT (\(key.joined(separator: ", "))) DO \(resolution)")
  }

  /// Binds one row and writes it. All columns are bound again each time.
  package func write(_ bind: (Statement) -> Void) throws {
    bind(statement)
    try statement.run()
  }
}
