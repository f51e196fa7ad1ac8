import Domain
import Store

/// What the bill says about one resource, line by line.
package struct BillExplanation: Equatable, Sendable {
  /// A line about usage; fees, negations and credits are left out.
  package struct Line: Equatable, Sendable {
    /// When the usage began: the full hour, day or month that the line is about.
    package var start: Instant
    /// The usage type without its region prefix: `SpotUsage:c5.large`.
    package var item: String
    /// The line item type: Usage, SavingsPlanCoveredUsage, DiscountedUsage.
    package var type: String
    /// Usage, not the length of the line's period; 0 if its unit is not time.
    package var milliseconds: Int64
    /// After commitments, rounded to the nanodollar.
    package var effective: Money
  }

  /// In order of time; empty if the bill has none, or no bill was imported.
  package var lines: [Line] = []
  /// For how much of the resource's life the bill replaces the estimate.
  package enum Reach: Equatable, Sendable { case none, part, whole }

  /// `none` also where the bill has lines but the estimate was kept.
  package var reach = Reach.none

  init(of name: String, _ connection: Connection) throws {
    enum Field: Int32, SelectedColumn {
      case startMs, item, name, usageMs, effective
      var sql: String {
        switch self {
        case .name: "c.\(name)"
        default: "l.\(name)"
        }
      }
    }
    let rows = try connection.prepare(
      """
      SELECT \(Field.list)
      FROM bill_line l JOIN bill_charge c ON c.id = l.charge
      WHERE l.resource = ? AND l.charge IN (\(BillCharge.ofUsage.numbers))
        AND l.kind IN (\([BillKind.instance, .fargate].numbers))
      ORDER BY l.start_ms, l.item, l.charge
      """)
    rows.bind(name)
    while try rows.step() {
      lines.append(
        Line(
          start: Instant(milliseconds: rows.integer(Field.startMs)), item: rows.text(Field.item),
          type: rows.text(Field.name),
          milliseconds: rows.integer(Field.usageMs), effective: Money(nanodollars: rows.integer(Field.effective))))
    }
    guard try connection.first("SELECT 1 FROM estimate_day WHERE name = ?", name, of: Bool.self) != nil else { return }
    let partly = try connection.first(
      "SELECT 1 FROM ledger_finding WHERE check_name = 'partly-billed' AND subject = ?", name, of: Bool.self)
    reach = partly == nil ? .whole : .part
  }
}
