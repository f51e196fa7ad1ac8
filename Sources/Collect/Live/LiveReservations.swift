import AWS

/// Capacity reservations and Capacity Blocks in which an instance of Batch was launched: how many instances are
/// reserved, from when to when, and how many were free.
struct LiveReservations: LiveSource {
  let name = "reservations"
  let operations = [EC2.describeCapacityReservationsOperation, EC2.describeCapacityBlocksOperation]
  let absence = "reserved hours in which no instance ran are not shown"

  func collect(_ visit: LiveVisit) async throws {
    let lifecycles = try await visit.texts(
      """
      SELECT DISTINCT COALESCE(lifecycle, '') FROM instance_description
      WHERE account_region = ? AND (capacity_reservation IS NOT NULL OR lifecycle = 'capacity-block')
      """)
    if lifecycles.isEmpty { return }
    try await visit.sendAll(EC2.describeCapacityReservations())
    if lifecycles.contains("capacity-block") { try await visit.sendAll(EC2.describeCapacityBlocks()) }
  }
}
