import Base
import Domain

/// Columns that are read must exist and have the right type. Vega-Lite draws nothing, "NaN" or another order instead.
extension DataTable {
  /// - Throws: if there is no such column, with the closest name.
  func require(_ field: String, _ path: String) throws(FigureError) {
    // Without rows nothing is known.
    if rowCount == 0 || index(of: field) != nil { return }
    let known = names.joined(separator: ", ")
    throw FigureError(path, "the data has no column \"\(field)\"\(Spelling.hint(field, among: names)); it has \(known)")
  }

  /// - Throws: if the column contains text that is not a number.
  func requireNumbers(_ field: String, _ path: String, _ use: String) throws(FigureError) {
    guard let column = self[field] else { return }
    for cell in column where cell.isText && !cell.string.isEmpty && cell.quantity == nil {
      throw FigureError(path, "\(use), and \"\(field)\" holds text (\"\(cell.string)\")")
    }
  }

  func require(_ operation: AggregateOperation, of field: String?, _ path: String) throws(FigureError) {
    guard let field else { return }
    try require(field, path)
    guard operation.needsNumbers else { return }
    try requireNumbers(field, path, "\"\(operation.rawValue)\" needs numbers")
  }
}

extension AggregateOperation {
  /// The least and greatest of texts are by their order; counts accept any value.
  var needsNumbers: Bool {
    switch self {
    case .count, .valid, .missing, .distinct, .min, .max: false
    default: true
    }
  }
}

extension Transform {
  func check(_ table: DataTable, _ path: String) throws(FigureError) {
    switch self {
    case .filter(let test): for field in test.fields.sorted() { try table.require(field, "\(path).filter") }
    case .calculate(let expression, _):
      for field in expression.fields.sorted() { try table.require(field, "\(path).calculate") }
    case .aggregate(let aggregate), .joinAggregate(let aggregate):
      for output in aggregate.outputs { try table.require(output.operation, of: output.field, "\(path).aggregate") }
      for field in aggregate.groupby { try table.require(field, "\(path).groupby") }
    case .bin(_, let field, _, _):
      try table.require(field, "\(path).field")
      try table.requireNumbers(field, "\(path).field", "bins need numbers")
    case .timeUnit(_, let field, _): try table.require(field, "\(path).field")
    case .window(let window):
      for output in window.outputs {
        guard let field = output.field else { continue }
        try table.require(field, "\(path).window")
        if case .aggregate(let operation) = output.operation {
          try table.require(operation, of: field, "\(path).window")
        }
      }
      for field in window.groupby { try table.require(field, "\(path).groupby") }
      for key in window.sort { try table.require(key.field, "\(path).sort") }
    case .fold(let fields, _, _): for field in fields { try table.require(field, "\(path).fold") }
    case .stack(let stack):
      try table.require(stack.field, "\(path).stack")
      try table.requireNumbers(stack.field, "\(path).stack", "a stack needs numbers")
      for field in stack.groupby { try table.require(field, "\(path).groupby") }
    }
  }
}
