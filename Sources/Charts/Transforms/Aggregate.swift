import Domain

/// `{"aggregate": [{"op": "sum", "field": "cost_usd", "as": "cost"}], "groupby": ["job_queue"]}`, and
/// `joinaggregate`, which adds the results to the rows instead.
struct Aggregate: Equatable {
  struct Output: Equatable {
    var operation: AggregateOperation
    var field: String?
    var name: String
  }

  var outputs: [Output]
  var groupby: [String]

  func apply(_ table: DataTable) -> DataTable {
    let groups = table.groups(by: groupby)
    var result = DataTable(
      names: groupby, columns: groupby.indices.map { place in groups.map { $0.key[place] } })
    for output in outputs { result = result.setting(output.name, to: values(of: output, table, groups.map(\.rows))) }
    return result
  }

  func join(_ table: DataTable) -> DataTable {
    let groups = table.groups(by: groupby).map(\.rows)
    var result = table
    for output in outputs {
      var column = [Cell](repeating: .null, count: table.rowCount)
      for (rows, value) in zip(groups, values(of: output, table, groups)) {
        for row in rows { column[row] = value }
      }
      result = result.setting(output.name, to: column)
    }
    return result
  }

  private func values(of output: Output, _ table: DataTable, _ groups: [[Int]]) -> [Cell] {
    guard let field = output.field else { return groups.map { .real(Double($0.count)) } }
    let column = table.column(field)
    return groups.map { rows in output.operation.apply(rows.map { column[$0] }) }
  }
}
