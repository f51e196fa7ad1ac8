extension Value {
  /// As a number, the way JavaScript's unary plus converts; nil for null and what is no number.
  package var number: Double? {
    switch self {
    case .number(let number): number.isNaN ? nil : number
    case .boolean(let boolean): boolean ? 1 : 0
    case .text(let text): Double(text)
    case .null: nil
    }
  }

  /// As text; numbers as JavaScript prints them.
  package var string: String {
    switch self {
    case .number(let number): Decimals.plain(number)
    case .boolean(let boolean): boolean ? "true" : "false"
    case .text(let text): text
    case .null: "null"
    }
  }

  var isTrue: Bool {
    switch self {
    case .number(let number): number != 0 && !number.isNaN
    case .boolean(let boolean): boolean
    case .text(let text): !text.isEmpty
    case .null: false
    }
  }

  var isValid: Bool {
    switch self {
    case .null: false
    case .number(let number): !number.isNaN
    default: true
    }
  }

  /// A time in milliseconds since 1970: a number as it is, a text by ISO 8601.
  var time: Double? {
    if case .text(let text) = self { return CivilTime.parse(text) }
    return number
  }

  /// The order of a sorted axis: nulls first, numbers by size, texts by their code units.
  static func ascending(_ left: Value, _ right: Value) -> Bool { compare(left, right) < 0 }

  static func compare(_ left: Value, _ right: Value) -> Int {
    switch (left, right) {
    case (.null, .null): return 0
    case (.null, _): return -1
    case (_, .null): return 1
    case (.text(let left), .text(let right)):
      return left == right ? 0 : left.utf16.lexicographicallyPrecedes(right.utf16) ? -1 : 1
    default:
      guard let first = left.number, let second = right.number else {
        let (first, second) = (left.string, right.string)
        return first == second ? 0 : first < second ? -1 : 1
      }
      return first < second ? -1 : first > second ? 1 : 0
    }
  }
}

extension DataTable {
  func index(_ name: String) -> Int? { names.firstIndex(of: name) }

  func column(_ name: String) -> [Value] {
    self[name] ?? Array(repeating: .null, count: rowCount)
  }

  func setting(_ name: String, to column: [Value]) -> DataTable {
    var copy = self
    if let index = index(name) {
      copy.columns[index] = column
    } else {
      copy.names.append(name)
      copy.columns.append(column)
    }
    return copy
  }

  func rows(_ indices: [Int]) -> DataTable {
    DataTable(names: names, columns: columns.map { column in indices.map { column[$0] } })
  }

  /// Rows by their values in some columns, in the order in which each combination first occurs.
  func groups(by fields: [String]) -> [(key: [Value], rows: [Int])] {
    let columns = fields.map(column)
    if columns.isEmpty { return rowCount == 0 ? [] : [([], Array(0..<rowCount))] }
    var places: [[Value]: Int] = [:]
    var groups: [(key: [Value], rows: [Int])] = []
    for row in 0..<rowCount {
      let key = columns.map { $0[row] }
      if let place = places[key] {
        groups[place].rows.append(row)
      } else {
        places[key] = groups.count
        groups.append((key, [row]))
      }
    }
    return groups
  }
}
