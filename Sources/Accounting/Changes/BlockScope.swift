import Domain
import Store

/// Whether a part of the ledger involves Capacity Blocks, whose fee is divided among all instances that ran in them.
enum BlockScope {
  /// - Parameter connection: has the tables of a `ScopeTables`.
  static func isTouched(_ connection: Connection) throws -> Bool {
    if try connection.integer("SELECT EXISTS (SELECT 1 FROM bill_coverage)") == 0 { return false }
    return try connection.integer(
      """
      SELECT EXISTS (SELECT 1 FROM scope_instance s CROSS JOIN instance_description d ON d.instance_id = s.name
          WHERE d.lifecycle = 'capacity-block')
        OR EXISTS (SELECT 1 FROM scope_resource s CROSS JOIN resource r ON r.kind = s.kind AND r.name = s.name
          WHERE r.purchase_option = \(PurchaseOption.capacityBlock.rawValue))
        OR EXISTS (SELECT 1 FROM changed WHERE kind = 'block')
      """) == 1
  }
}
