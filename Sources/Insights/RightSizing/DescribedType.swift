import Domain
import Store

/// An instance type as EC2 described it, with the memory that instances of it registered with ECS.
package struct DescribedType {
  package var name: String
  /// As EC2 describes it: more memory than jobs can have.
  package var nominal: Resources
  /// The least that an instance of the type registered; an estimate where none did.
  package var registeredMiB: Int64
  /// `x86_64`, `arm64`; empty if EC2 did not say.
  package var architecture: String
  /// `BurstablePerformanceSupported`: vCPUs that it has only for a while.
  package var isBurstable: Bool

  private enum Field: Int32, SelectedColumn {
    case name, milliVcpus, memoryMib, gpus, architecture, burstable, registeredMemoryMib
    var sql: String { self == .registeredMemoryMib ? "c.\(name)" : "t.\(name)" }
  }

  /// All of them, by name.
  package static func all(_ connection: Connection) throws -> [DescribedType] {
    let rows = try connection.prepare(
      """
      SELECT \(Field.list)
      FROM instance_type t
      LEFT JOIN (
        SELECT instance_type, MIN(registered_memory_mib) AS registered_memory_mib FROM container_instance
        GROUP BY instance_type
      ) c ON c.instance_type = t.name
      ORDER BY t.name
      """)
    var types: [DescribedType] = []
    while try rows.step() {
      let nominal = Resources(
        milliVCPUs: rows.integer(Field.milliVcpus), memoryMiB: rows.integer(Field.memoryMib),
        gpus: rows.integer(Field.gpus))
      types.append(
        DescribedType(
          name: rows.text(Field.name), nominal: nominal,
          registeredMiB: rows.optionalInteger(Field.registeredMemoryMib) ?? PackingType.usable(nominal.memoryMiB),
          architecture: rows.optionalText(Field.architecture) ?? "", isBurstable: rows.integer(Field.burstable) == 1))
    }
    return types
  }
}
