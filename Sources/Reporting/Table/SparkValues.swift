import Base

/// The small bars beside each name: the rows of a second query, by the name they share and in its own order.
struct SparkValues {
  private var byKey: [Cell: [Double]]
  private var keys: [Cell]
  private var count: Int
  /// The last of them is of a day that is not over.
  var endsPartial = false

  init(
    _ result: QueryResult, _ spec: ColumnSpec.SparkSpec, table: TableSpec, template: ReportTemplate
  ) throws {
    (byKey, keys, count) = ([:], [], 0)
    guard !result.isEmpty else { return }
    var indices: [Int] = []
    for field in [spec.key, spec.order, spec.value] {
      guard let index = result.index(of: field) else {
        throw ReportError(
          file: template.file, line: spec.line,
          "query \"\(spec.query)\" has no column \"\(field)\"" + Spelling.hint(field, among: result.columns))
      }
      indices.append(index)
    }
    let orders = Set(result.rows.map { $0[indices[1]] }).sorted { $0.plain < $1.plain }
    let places = Dictionary(uniqueKeysWithValues: orders.enumerated().map { ($1, $0) })
    count = orders.count
    for row in result.rows {
      guard let place = places[row[indices[1]]] else { continue }
      byKey[row[indices[0]], default: [Double](repeating: 0, count: count)][place] += row[indices[2]].number ?? 0
    }
    if let partial = result.index(of: "is_partial") {
      endsPartial = result.rows.contains { $0[indices[1]] == orders.last && $0[partial].isTrue }
    }
    let rows = try template.queries.rows(table.query, parameters: table.parameters, line: table.queryLine)
    if let key = rows.index(of: spec.key) { keys = rows.rows.map { $0[key] } }
  }

  /// Of several rows gathered into one, the sum.
  func values(_ row: ArrangedRows.Row) -> [Double?] {
    var sums = [Double](repeating: 0, count: count)
    for member in row.members where keys.indices.contains(member) {
      for (index, value) in (byKey[keys[member]] ?? []).enumerated() { sums[index] += value }
    }
    return sums
  }
}
