import Domain

/// A step of a spec's `transform` list.
enum Transform: Equatable {
  case filter(Expression)
  case calculate(Expression, as: String)
  case aggregate(Aggregate)
  case joinAggregate(Aggregate)
  case bin(Bin, field: String, start: String, end: String)
  case timeUnit(TimeUnit, field: String, name: String)
  case window(Window)
  case fold([String], key: String, value: String)
  case stack(Stack)

  func apply(_ table: DataTable) -> DataTable {
    switch self {
    case .filter(let test):
      let rows = (0..<table.rowCount).filter { test.value(table, $0).isTrue }
      return rows.count == table.rowCount ? table : table.rows(rows)
    case .calculate(let expression, let name):
      return table.setting(name, to: (0..<table.rowCount).map { expression.value(table, $0) })
    case .aggregate(let aggregate): return aggregate.apply(table)
    case .joinAggregate(let aggregate): return aggregate.join(table)
    case .bin(let bin, let field, let start, let end):
      let values = table.column(field).map(\.quantity)
      let edges = bin.edges(of: values.compactMap(\.self))
      return table.setting(start, to: values.map { $0.map { .real(edges.floor($0)) } ?? .null })
        .setting(end, to: values.map { $0.map { .real(edges.floor($0) + edges.step) } ?? .null })
    case .timeUnit(let unit, let field, let name):
      let times = table.column(field).map { $0.time.map(unit.floor) }
      return table.setting(name, to: times.map { $0.map { .real($0) } ?? .null })
        .setting("\(name)_end", to: times.map { $0.map { .real(unit.end($0)) } ?? .null })
    case .window(let window): return window.apply(table)
    case .fold(let fields, let key, let value): return Self.fold(table, fields, key, value)
    case .stack(let stack): return stack.apply(table)
    }
  }

  /// Wide to long: one row per field.
  private static func fold(_ table: DataTable, _ fields: [String], _ key: String, _ value: String) -> DataTable {
    let rows = (0..<table.rowCount).flatMap { Array(repeating: $0, count: fields.count) }
    let columns = fields.map(table.column)
    let keys = (0..<table.rowCount).flatMap { _ in fields.map { Cell.text($0) } }
    let values = (0..<table.rowCount).flatMap { row in columns.map { $0[row] } }
    return table.rows(rows).setting(key, to: keys).setting(value, to: values)
  }
}
