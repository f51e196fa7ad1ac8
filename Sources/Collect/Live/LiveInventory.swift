import AWS

/// Job queues, compute environments and job definitions: few, and all of them every time.
struct LiveInventory: LiveSource {
  let name = "inventory"
  let operations = [
    Batch.describeJobQueuesOperation, Batch.describeComputeEnvironmentsOperation,
    Batch.describeJobDefinitionsOperation,
  ]
  let absence = "no jobs can be found, as job queues are not known"

  func collect(_ visit: LiveVisit) async throws {
    try await visit.send(
      [
        Batch.describeJobQueues(), Batch.describeComputeEnvironments(),
        Batch.describeJobDefinitions(status: "ACTIVE"),
      ], paged: true)
  }
}
