import AWS

/// Job queues, compute environments and job definitions: few, so all of them are requested every time.
struct LiveInventory: LiveSource {
  let name = "inventory"
  let operations = [
    Batch.describeJobQueuesOperation, Batch.describeComputeEnvironmentsOperation,
    Batch.describeJobDefinitionsOperation,
  ]
  let absence = "no jobs can be found, because job queues are unknown"

  func collect(_ visit: LiveVisit) async throws {
    try await visit.send(
      [
        Batch.describeJobQueues(), Batch.describeComputeEnvironments(),
        Batch.describeJobDefinitions(status: "ACTIVE"),
      ], paged: true)
  }
}
