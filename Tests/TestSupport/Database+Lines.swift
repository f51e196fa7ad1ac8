import Store

extension Database {
  /// The rows of a statement, one a line: values separated by bars, NULL as a dash.
  package func lines(_ sql: String) throws -> [String] {
    try read { connection in
      let rows = try connection.prepare(sql)
      var lines: [String] = []
      while try rows.step() {
        lines.append(rows.columnNames.indices.map { rows.optionalText(Int32($0)) ?? "-" }.joined(separator: "|"))
      }
      return lines
    }
  }
}
