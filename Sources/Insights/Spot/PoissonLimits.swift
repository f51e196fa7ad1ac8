import Domain
import Store

/// Limits for every count of reclaims that a row of the query `interruptions` can have, for any period.
///
/// SQL cannot compute a quantile, but an interval depends only on the count and on the number of rows compared. So the
/// limits are a table for the query to look up. Row counts are on a ladder of steps; the query takes the next higher
/// step, so that an interval is never narrower than the exact one.
enum PoissonLimits {
  static let ladder = [1, 2, 4, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50, 75, 100, 150, 200, 400, 800]

  /// Steps up to the first that covers `rows`.
  static func steps(rows: Int) -> [Int] {
    guard let enough = ladder.firstIndex(where: { $0 >= rows }) else { return ladder + [rows] }
    return Array(ladder[...enough])
  }

  /// The largest number of reclaims in a zone or type of Spot instances, and the number of zones and types; no rows
  /// without reclaims.
  static func size(_ connection: Connection) throws -> (count: Int, rows: Int) {
    var zones: [String: Int] = [:]
    var types: [String: Int] = [:]
    enum Field: Int32, SelectedColumn {
      case zone, instanceType, interrupted
      var sql: String {
        switch self {
        case .zone, .instanceType: "COALESCE(\(name), '')"
        case .interrupted: "SUM(\(name))"
        }
      }
    }
    let spot = try connection.prepare(
      """
      SELECT \(Field.list) FROM resource
      WHERE kind = 'instance' AND purchase_option = \(PurchaseOption.spot.rawValue) GROUP BY 1, 2
      """)
    while try spot.step() {
      zones[spot.text(Field.zone), default: 0] += Int(spot.integer(Field.interrupted))
      types[spot.text(Field.instanceType), default: 0] += Int(spot.integer(Field.interrupted))
    }
    return (max(zones.values.max() ?? 0, types.values.max() ?? 0), zones.count + types.count)
  }
}

private enum PoissonLimitColumn: Int32, TableColumns {
  case comparisons, count, low, high
  static let table = "poisson_limit"
}

extension Insight {
  static let poissonLimits = Insight("interruption intervals", tables: ["poisson_limit"]) { _, connection in
    let size = try PoissonLimits.size(connection)
    guard size.rows > 0 else { return }
    let rows = try TableWriter<PoissonLimitColumn>(connection)
    for comparisons in PoissonLimits.steps(rows: size.rows) {
      for count in 0...size.count {
        let interval = PoissonInterval(count: count, comparisons: comparisons)
        rows.put(.comparisons, comparisons)
        rows.put(.count, count)
        rows.put(.low, interval.low)
        rows.put(.high, interval.high)
        try rows.write()
      }
    }
  }
}
