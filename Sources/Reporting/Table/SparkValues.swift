import Base
import Domain

/// The small bars beside each name: the rows of a second query with the same name, in its own order.
struct SparkValues {
  /// Nil for a day of which nothing is known.
  private var byKey: [Cell: [Double?]]
  private var keys: [Cell]
  private var count: Int
  /// The last one is for a day that is not over.
  var endsPartial = false

  init(
    _ result: DataTable, _ spec: ColumnSpec.SparkSpec, table: TableSpec, template: ReportTemplate
  ) throws {
    (byKey, keys, count) = ([:], [], 0)
    guard !result.isEmpty else { return }
    var indices: [Int] = []
    for field in [spec.key, spec.order, spec.value] {
      guard let index = result.index(of: field) else {
        throw ReportError.noColumn(field, in: spec.query, result, file: template.file, line: spec.line)
      }
      indices.append(index)
    }
    let columns = indices.map { result.columns[$0] }
    let orders = Set(columns[1]).sorted { $0.plain < $1.plain }
    let places = Dictionary(uniqueKeysWithValues: orders.enumerated().map { ($1, $0) })
    count = orders.count
    for row in 0..<result.rowCount {
      guard let place = places[columns[1][row]] else { continue }
      var days = byKey[columns[0][row]] ?? [Double?](repeating: 0, count: count)
      // What is known of a day is drawn; zero stands for a day without a row.
      days[place] = columns[2][row].number.map { $0 + (days[place] ?? 0) } ?? (days[place] == 0 ? nil : days[place])
      byKey[columns[0][row]] = days
    }
    if let partial = result["is_partial"] {
      endsPartial = zip(columns[1], partial).contains { $0 == orders.last && $1.isTrue }
    }
    let rows = try template.queries.rows(table.query, parameters: table.parameters, line: table.queryLine)
    keys = rows[spec.key] ?? []
  }

  /// For several rows gathered into one, the sum.
  func values(_ row: ArrangedRows.Row) -> [Double?] {
    var sums = [Double?](repeating: nil, count: count)
    for member in row.members where keys.indices.contains(member) {
      let days = byKey[keys[member]] ?? [Double?](repeating: 0, count: count)
      for (index, value) in days.enumerated() { if let value { sums[index] = (sums[index] ?? 0) + value } }
    }
    return sums
  }
}
