import Domain

/// The columns that say which bill a row of an export belongs to, and of which time it is.
struct BillOwner {
  /// `cur`, `cur-2.0`, `focus`
  let format: String
  let payer, period, start, end, currency: Int

  /// Makes the row's bill the one that lines are added to.
  ///
  /// - Parameter surrounds: the row is about nothing but what surrounds jobs.
  func select(_ row: CSVReader, _ bill: BillWriter, surrounds: Bool = false) throws {
    try bill.select(
      payer: row[payer], period: row[period], start: row[start], currency: row[currency], format: format,
      surrounds: surrounds)
  }

  func span(_ row: CSVReader, _ bill: BillWriter) throws -> TimeSpan { try bill.span(row[start], row[end]) }
}
