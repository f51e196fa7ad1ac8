/// The names of a file's columns, as they come back where several files were written into one.
struct BillHeader {
  private let names: [[UInt8]]
  /// A bit for each length of a name: most fields need no closer look.
  private let lengths: UInt64

  init(_ columns: BillColumns) {
    names = columns.names.map { Array($0.utf8) }
    lengths = names.reduce(0) { $0 | Self.bit($1.count) }
  }

  /// Whether the row is the header again.
  ///
  /// - Throws: `BillFault` if it has the same names in another order, by which the rows after it would be misread.
  func repeats(in row: CSVReader) throws -> Bool {
    guard row.count > 1, isName(row[0]), isName(row[1]) else { return false }
    if names.indices.allSatisfy({ row[$0].elementsEqual(names[$0]) }) { return true }
    guard names.indices.allSatisfy({ isName(row[$0]) }) else { return false }
    throw BillFault(
      message:
        "has the names of the columns again, in another order: files were written into one; import each by itself",
      isFatal: true)
  }

  private func isName(_ field: UnsafeRawBufferPointer) -> Bool {
    lengths & Self.bit(field.count) != 0 && names.contains { field.elementsEqual($0) }
  }

  private static func bit(_ count: Int) -> UInt64 { 1 << UInt64(min(count, 63)) }
}
