import Store

extension Table {
  /// How the table's rows are written; nil for those that have a writer of their own.
  var layout: Layout? {
    switch self {
    case .job, .attempt, .taskUsageSample: nil
    case .jobQueue: .jobQueue
    case .jobDefinition: .jobDefinition
    case .computeEnvironment: .computeEnvironment
    case .containerInstance: .containerInstance
    case .missingContainerInstance: .missingContainerInstance
    case .task: .task
    case .jobUsage: .jobUsage
    case .instanceDescription: .instanceDescription
    case .instanceEvent: .instanceEvent
    case .volume: .volume
    case .instanceType: .instanceType
    case .spotPrice: .spotPrice
    case .listPrice: .listPrice
    }
  }
}

extension Page {
  /// The fields of the row at a position in `rows`.
  func fields(ofRow index: Int) -> ArraySlice<Field> {
    let end = index + 1 < rows.count ? Int(rows[index + 1].start) : fields.count
    return fields[Int(rows[index].start)..<end]
  }
}

/// Binds a row's fields, references by the numbers that they have in the database.
struct Binder {
  let page: Page
  let numbers: [Int64]

  func bind(_ fields: ArraySlice<Field>, to statement: Statement, from first: Int32 = 1) {
    var parameter = first
    page.arena.withUnsafeBytes { arena in
      for field in fields {
        switch field.kind {
        case .null: statement.bindNull(parameter)
        case .integer: statement.bind(parameter, field.word)
        case .text:
          let start = Int(field.word)
          statement.bind(
            parameter, bytes: UnsafeRawBufferPointer(rebasing: arena[start..<(start + Int(field.length))]))
        case .reference: statement.bind(parameter, numbers[Int(field.word)])
        }
        parameter += 1
      }
    }
  }

  /// The number in the database that a field holds or points at.
  func number(_ field: Field) -> Int64? {
    switch field.kind {
    case .integer: field.word
    case .reference: numbers[Int(field.word)]
    case .null, .text: nil
    }
  }
}
