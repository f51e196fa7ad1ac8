import Domain
import Store

/// Each resource's part in the comparison of the ledger with bills and the Spot data feed, as digests (the table
/// `compared_share`): while no digest changes, the comparison does not change either.
struct ComparedShares {
  /// What the digest covers.
  enum Kind: Int64 {
    case seen, hour, evidence, attached, feed, other, comparison
  }

  private var digests: [String: RowDigest] = [:]

  mutating func add(_ kind: Kind, of name: String, _ values: (inout RowDigest) -> Void) {
    digests[name, default: RowDigest()].add(kind.rawValue)
    values(&digests[name, default: RowDigest()])
  }

  func write(_ connection: Connection) throws {
    let row = try TableWriter<ComparedShareColumn>(connection)
    for (name, digest) in digests.sorted(by: { $0.key < $1.key }) {
      row.put(.name, name)
      row.put(.digest, digest.value)
      try row.write()
    }
  }

  /// Whether the resources of a part have the same shares as before, or had none and have none.
  ///
  /// - Parameter connection: has the tables of a scope.
  func areThose(of connection: Connection) throws -> Bool {
    var before: [String: Int64] = [:]
    try connection.each(
      """
      SELECT c.name, c.digest FROM (SELECT DISTINCT name FROM scope_resource) s
        CROSS JOIN compared_share c ON c.name = s.name
      """
    ) { (name: String, digest: Int64) in before[name] = digest }
    return before == digests.mapValues(\.value)
  }
}

enum ComparedShareColumn: Int32, TableColumns {
  case name, digest

  static let table = "compared_share"
}

extension RowDigest {
  mutating func add(_ sums: SpotRuleEvidence.Sums) {
    for value in [
      sums.subjects, sums.moved, sums.instanceHour, sums.continuous, sums.instanceHourGap, sums.continuousGap,
    ] { add(value) }
  }

  mutating func add(_ comparison: BillComparison) {
    for line in comparison.days {
      for value in [
        Int64(line.day.number), line.ledger.nanodollars, line.billed.nanodollars, Int64(line.held), line.milliseconds,
      ] { add(value) }
      for (kind, amount) in line.differences.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
        add(Int64(kind.rawValue))
        add(amount.nanodollars)
      }
    }
  }
}
