import AWS

/// The fair-share policies of queues; accounts without any are not asked.
struct LiveSchedulingPolicies: LiveSource {
  let name = "scheduling-policies"
  let operations = [Batch.describeSchedulingPoliciesOperation]
  let absence = "replays treat queues with fair share as first in, first out"

  func collect(_ visit: LiveVisit) async throws {
    let policies = try await visit.texts(
      "SELECT DISTINCT scheduling_policy FROM job_queue WHERE account_region = ? AND described = 1 ORDER BY 1")
    try await visit.send(policies.parts(of: 100).map(Batch.describeSchedulingPolicies))
  }
}
