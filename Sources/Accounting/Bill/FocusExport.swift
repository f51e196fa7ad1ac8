import Base
import Domain
import Store

/// The ledger as FOCUS: the cost of Batch, allocated to jobs.
package struct FocusExport {
  /// What was written.
  package struct Summary: Equatable, Sendable {
    package var rows = 0
    /// The sum of the rows' EffectiveCost.
    package var cost = Money.zero
    /// Billed time without a price, which has no row.
    package var unpricedMilliseconds: Int64 = 0
  }

  /// Writes a header, and a row per posting of the days `[from, to)`, in pieces of some hundred kilobytes.
  ///
  /// - Parameter isSafe: puts a `'` before text in our own columns that a spreadsheet would take for a formula, because
  ///   they hold names that people chose. FOCUS's own columns keep the provider's spelling, as its String Handling
  ///   requires.
  /// - Complexity: O(postings), in constant memory.
  /// - Throws: what `output` throws; `StoreError` if the ledger cannot be read.
  package static func write(
    _ connection: Connection, from: Day, to: Day, version: FocusVersion = .v12, isSafe: Bool,
    into output: ([UInt8]) throws -> Void
  ) throws -> Summary {
    let query = try QueryLibrary().query("focus")
    let statement = try connection.prepare(query.sql)
    for (index, name) in statement.parameterNames.enumerated() {
      statement.bind(name == ":from" ? from.description : to.description, at: Int32(index + 1))
    }
    var summary = Summary()
    var text: [UInt8] = []
    let scheme = try LedgerSettings(storedIn: connection).scheme
    let row = FocusRow(statement, version: version, scheme: scheme.name)
    append(row.columns, to: &text)
    while try statement.step() {
      append(row.fields(isSafe: isSafe), to: &text)
      summary.rows += 1
      summary.cost += row.cost
      if text.count > 1 << 18 {
        try output(text)
        text.removeAll(keepingCapacity: true)
      }
    }
    try output(text)
    summary.unpricedMilliseconds = try connection.integer(
      "SELECT COALESCE(SUM(unpriced_ms), 0) FROM resource_day WHERE day >= \(from.number) AND day < \(to.number)")
    return summary
  }

  /// A row of RFC 4180. Nulls are empty fields.
  private static func append(_ fields: [String?], to text: inout [UInt8]) {
    for (index, field) in fields.enumerated() {
      if index > 0 { text.append(UInt8(ascii: ",")) }
      guard let field else { continue }
      text.append(contentsOf: field.quotedCSV.utf8)
    }
    text.append(0x0A)
  }
}
