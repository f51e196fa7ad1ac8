import Domain

extension Cell {
  init(_ json: JSON) {
    switch json {
    case .number(let number): self = .real(number)
    case .string(let string): self = .text(string)
    case .boolean(let boolean): self = .boolean(boolean)
    default: self = .null
    }
  }
}

extension DataTable {
  /// A table from the rows of a spec's own `values`.
  init(_ rows: [JSON]) {
    var names: [String] = []
    var places: [String: Int] = [:]
    var columns: [[Cell]] = []
    for (index, row) in rows.enumerated() {
      let members = row.members ?? [JSON.Member("data", row)]
      for member in members {
        let place =
          places[member.name]
          ?? {
            places[member.name] = names.count
            names.append(member.name)
            columns.append(Array(repeating: .null, count: rows.count))
            return names.count - 1
          }()
        columns[place][index] = Cell(member.value)
      }
    }
    self.init(names: names, columns: columns)
  }
}
