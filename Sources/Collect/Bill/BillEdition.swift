import Domain
import Store

/// What an imported edition of a bill covers: the time in which each account used something.
///
/// AWS writes a month's bill again several times a day, and each edition reaches further than the one before.
struct BillEdition {
  private var spans: [(account: String, span: TimeSpan)] = []
  /// How far the ends of two editions may be apart without one being older: the length of a line. One by the day reaches
  /// to midnight, one by the hour does not.
  private var tolerance = millisecondsPerHour

  /// No edition: nothing is covered.
  init() {}

  init(_ connection: Connection, bill: Int64) throws {
    enum Field: Int32, SelectedColumn {
      case account, startMs, endMs
    }
    let rows = try connection.prepare(
      "SELECT \(Field.list) FROM bill_coverage WHERE bill = \(bill) AND end_ms > start_ms ORDER BY account")
    while try rows.step() {
      let start = Instant(milliseconds: rows.integer(Field.startMs))
      let end = Instant(milliseconds: rows.integer(Field.endMs))
      spans.append((rows.text(Field.account), TimeSpan(start, end)))
    }
    let longest = try connection.integer(
      """
      SELECT COALESCE(MAX(end_ms - start_ms), 0) FROM bill_line
      WHERE bill = \(bill) AND resource <> '' AND charge IN (\(BillCharge.ofUsage.numbers))
        AND kind IN (\(BillKind.instance.rawValue), \(BillKind.fargate.rawValue))
      """)
    tolerance = max(tolerance, longest)
  }

  /// What another edition does not cover that this one does, in words; nil if it covers as much.
  func lack(of other: [String: TimeSpan]) -> String? {
    for (account, mine) in spans {
      guard let theirs = other[account] else {
        return "has no usage of account \(account), the one imported earlier has"
      }
      if theirs.end.milliseconds + tolerance < mine.end.milliseconds {
        return "ends at \(theirs.end) for account \(account), the one imported earlier at \(mine.end)"
      }
      if theirs.start.milliseconds - tolerance > mine.start.milliseconds {
        return "begins at \(theirs.start) for account \(account), the one imported earlier at \(mine.start)"
      }
    }
    return nil
  }
}
