import AWS
import Domain

/// Jobs that Batch passes to SageMaker, which bills them. Batch describes one per call.
struct LiveServiceJobs: LiveSource {
  let name = "service-jobs"
  let operations = [Batch.listServiceJobsOperation, Batch.describeServiceJobOperation]
  let absence = "training jobs of SageMaker are not counted, and their cost is in no figure"

  static let unfinishedStates = ["SUBMITTED", "PENDING", "RUNNABLE", "SCHEDULED", "STARTING", "RUNNING"]

  func collect(_ visit: LiveVisit) async throws {
    let source = operations[0].description
    var asked: Set<String> = []
    for queue in try await visit.queues(ofServiceJobs: true) {
      let last = try await visit.checkpoint(source, queue)
      for selection in LiveJobs.selections(Self.unfinishedStates, after: last?.at) {
        for try await answer in visit.client.pages(of: Batch.listServiceJobs(queue: queue, selection)) {
          let jobs = try JobSummary.list(answer.body).filter { $0.matters(since: visit.since) }.map(\.id)
          let wanted = try await visit.unfinishedJobs(jobs).filter { asked.insert($0).inserted }
          try await visit.send(wanted.map(Batch.describeServiceJob))
        }
      }
      try await visit.writer.write(Checkpoint(source: source, scope: queue, position: "", at: visit.asOf))
    }
    // What ended since it was last seen, for example in a deleted queue.
    let unfinished = try await visit.texts(
      """
      SELECT job_id FROM job WHERE account_region = ? AND platform = \(JobPlatform.sageMaker.rawValue)
      AND status NOT IN ('SUCCEEDED', 'FAILED')
      AND created_at_ms > \(visit.asOf.milliseconds - 60 * millisecondsPerDay) ORDER BY id
      """)
    try await visit.send(unfinished.filter { !asked.contains($0) }.map(Batch.describeServiceJob))
  }
}
