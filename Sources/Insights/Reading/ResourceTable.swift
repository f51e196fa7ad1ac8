import Accounting
import Domain
import Store

/// One row of the ledger's table `resource`.
struct ResourceRow: Sendable {
  var id: Int64
  var name: String
  var isInstance: Bool
  /// An instance, a Fargate task or a training job, not a volume or an address of one.
  var isMachine: Bool
  /// Row of `account_region`.
  var accountRegion: Int64
  /// Row of `compute_environment`; nil if unknown.
  var environment: Int64?
  var instanceType: String?
  var zone: String?
  var option: PurchaseOption
  var span: TimeSpan
  var interrupted: Bool
  var isFree: Bool
  /// Milliseconds.
  var billed: Int64
  /// Nanodollars; nil if none of it is priced.
  var cost: Int64?

  var isSpot: Bool { option.isSpot }
  /// EC2 capacity that nobody reclaims: On-Demand, or covered by a plan or reservation.
  var isOnDemandInstance: Bool { isInstance && [.onDemand, .savingsPlan, .reserved].contains(option) }
}

/// The ledger's resources by id.
struct ResourceTable: Sendable {
  private(set) var rows: ContiguousArray<ResourceRow> = []
  private var positions: ContiguousArray<Int32> = []

  init(_ connection: Connection, _ scope: InsightScope = .all) throws {
    try self.init(connection, from: scope.resources)
  }

  /// - Parameter source: the resources to read, as SQL.
  init(_ connection: Connection, from source: String) throws {
    let last = try connection.integer("SELECT COALESCE(MAX(id), 0) FROM main.resource")
    positions = ContiguousArray(repeating: -1, count: Int(last) + 1)
    let statement = try connection.prepare(
      """
      SELECT id, name, kind = 'instance', account_region, compute_environment, instance_type, zone, purchase_option,
        started_at_ms, stopped_at_ms, interrupted, free, billed_ms, cost, kind IN ('instance', 'fargate-task', 'training-job')
      FROM \(source) ORDER BY id
      """)
    while try statement.step() {
      positions[Int(statement.integer(0))] = Int32(rows.count)
      rows.append(
        ResourceRow(
          id: statement.integer(0), name: statement.text(1), isInstance: statement.integer(2) == 1,
          isMachine: statement.integer(14) == 1,
          accountRegion: statement.integer(3), environment: statement.optionalInteger(4),
          instanceType: statement.optionalText(5), zone: statement.optionalText(6),
          option: PurchaseOption(rawValue: Int(statement.integer(7))) ?? .unknown,
          span: TimeSpan(
            Instant(milliseconds: statement.integer(8)), Instant(milliseconds: statement.integer(9))),
          interrupted: statement.integer(10) == 1, isFree: statement.integer(11) == 1,
          billed: statement.integer(12), cost: statement.optionalInteger(13)))
    }
  }

  /// - Complexity: O(1)
  subscript(id: Int64) -> ResourceRow? {
    guard id >= 0, id < positions.count, positions[Int(id)] >= 0 else { return nil }
    return rows[Int(positions[Int(id)])]
  }
}
