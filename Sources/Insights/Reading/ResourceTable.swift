import Accounting
import Domain
import Store

/// One row of the ledger's table `resource`.
struct ResourceRow: Sendable {
  var id: Int64
  var name: String
  var isInstance: Bool
  /// On Fargate.
  var isTask: Bool
  /// An instance, a Fargate task or a training job, not a volume or an address of one.
  var isMachine: Bool
  /// A volume or an address: its time is that of its instance.
  var isAttached: Bool
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
  /// The same, or a task on Fargate that is not on Fargate Spot.
  var isOnDemand: Bool { isOnDemandInstance || isTask && [.fargate, .savingsPlan].contains(option) }
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
    enum Field: Int32, SelectedColumn {
      case id, name, isInstance, isTask, isMachine, isAttached, accountRegion, computeEnvironment, instanceType, zone,
        purchaseOption, startedAtMs, stoppedAtMs, interrupted, free, billedMs, cost
      var sql: String {
        switch self {
        case .isInstance: "kind = 'instance'"
        case .isTask: "kind = 'fargate-task'"
        case .isMachine: "kind IN ('instance', 'fargate-task', 'training-job')"
        case .isAttached: "kind IN ('volume', 'address')"
        default: name
        }
      }
    }
    let row = try connection.prepare("SELECT \(Field.list) FROM \(source) ORDER BY id")
    while try row.step() {
      positions[Int(row.integer(Field.id))] = Int32(rows.count)
      rows.append(
        ResourceRow(
          id: row.integer(Field.id), name: row.text(Field.name), isInstance: row.integer(Field.isInstance) == 1,
          isTask: row.integer(Field.isTask) == 1, isMachine: row.integer(Field.isMachine) == 1,
          isAttached: row.integer(Field.isAttached) == 1,
          accountRegion: row.integer(Field.accountRegion),
          environment: row.optionalInteger(Field.computeEnvironment),
          instanceType: row.optionalText(Field.instanceType), zone: row.optionalText(Field.zone),
          option: PurchaseOption(rawValue: Int(row.integer(Field.purchaseOption))) ?? .unknown,
          span: TimeSpan(
            Instant(milliseconds: row.integer(Field.startedAtMs)), Instant(milliseconds: row.integer(Field.stoppedAtMs))
          ),
          interrupted: row.integer(Field.interrupted) == 1, isFree: row.integer(Field.free) == 1,
          billed: row.integer(Field.billedMs), cost: row.optionalInteger(Field.cost)))
    }
  }

  /// - Complexity: O(1)
  subscript(id: Int64) -> ResourceRow? {
    guard id >= 0, id < positions.count, positions[Int(id)] >= 0 else { return nil }
    return rows[Int(positions[Int(id)])]
  }
}
