import Store

/// A page's rows in place, while they are written.
struct PageRows {
  let rows: UnsafeBufferPointer<Page.Row>
  private let fields: UnsafeBufferPointer<Field>
  private let arena: UnsafeRawBufferPointer
  /// The row numbers of references in the database, by their index in the page.
  private let numbers: UnsafeBufferPointer<Int64>

  init(
    rows: UnsafeBufferPointer<Page.Row>, fields: UnsafeBufferPointer<Field>, arena: UnsafeRawBufferPointer,
    numbers: UnsafeBufferPointer<Int64>
  ) {
    self.rows = rows
    self.fields = fields
    self.arena = arena
    self.numbers = numbers
  }

  /// The fields of the row at a position in `rows`.
  func fields(of index: Int) -> UnsafeBufferPointer<Field> {
    let end = index + 1 < rows.count ? Int(rows[index + 1].start) : fields.count
    return UnsafeBufferPointer(rebasing: fields[Int(rows[index].start)..<end])
  }

  /// Binds fields to parameters, the first to parameter 1: text in place, references as their row numbers.
  func bind(_ fields: UnsafeBufferPointer<Field>, to statement: Statement) {
    var parameter: Int32 = 1
    for field in fields {
      switch field.kind {
      case .null: statement.bind(Int64?.none, at: parameter)
      case .integer: statement.bind(field.word, at: parameter)
      case .text:
        let start = Int(field.word)
        let text = UnsafeRawBufferPointer(rebasing: arena[start..<(start + Int(field.length))])
        statement.bind(borrowing: text, at: parameter)
      case .reference: statement.bind(numbers[Int(field.word)], at: parameter)
      }
      parameter += 1
    }
  }

  /// The number that a field contains or refers to.
  func number(_ field: Field) -> Int64? {
    switch field.kind {
    case .integer: field.word
    case .reference: numbers[Int(field.word)]
    case .null, .text: nil
    }
  }
}

extension UnsafeBufferPointer<Field> {
  /// A field of a row.
  subscript<Column: TableColumns>(_ column: Column) -> Field { self[Int(column.rawValue)] }
}

extension Page {
  /// Calls `body` with the rows.
  ///
  /// - Parameter numbers: the row numbers of the references, by index.
  func withRows<T>(numbers: [Int64], _ body: (PageRows) throws -> T) rethrows -> T {
    try rows.withUnsafeBufferPointer { rows in
      try fields.withUnsafeBufferPointer { fields in
        try arena.withUnsafeBytes { arena in
          try numbers.withUnsafeBufferPointer { numbers in
            try body(PageRows(rows: rows, fields: fields, arena: arena, numbers: numbers))
          }
        }
      }
    }
  }
}
