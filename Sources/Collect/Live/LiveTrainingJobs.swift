import AWS
import Domain

/// What SageMaker bills for Batch's service jobs: each training job is described once after it ended, and while it is
/// running.
struct LiveTrainingJobs: LiveSource {
  let name = "training-jobs"
  let operations = [SageMaker.describeTrainingJobOperation]
  let absence = "training jobs of SageMaker are charged by Batch's times, and Managed Spot Training has no price"

  func collect(_ visit: LiveVisit) async throws {
    // A warm pool continues after its job.
    let names = try await visit.texts(
      """
      SELECT DISTINCT a.task_id FROM attempt a JOIN job j ON j.id = a.job
      LEFT JOIN training_job t ON t.account_region = j.account_region AND t.name = a.task_id
      WHERE j.account_region = ? AND a.platform = \(JobPlatform.sageMaker.rawValue) AND a.task_id IS NOT NULL
        AND (t.name IS NULL OR t.status NOT IN ('Completed', 'Failed', 'Stopped')
          OR t.pool_status IN ('Available', 'InUse'))
      ORDER BY 1
      """)
    try await visit.sideBySide(names) { name in
      do {
        try await visit.send(SageMaker.describeTrainingJob(name))
      } catch let error as AWSError where Self.isMissing(error) {
        // SageMaker forgets what users delete: then Batch's times stay.
      }
    }
  }

  /// `ValidationException: Requested resource not found`
  private static func isMissing(_ error: AWSError) -> Bool {
    switch error.kind {
    case .service("ValidationException"), .service("ResourceNotFound"): true
    default: false
    }
  }

  func grants(_ events: [EventPlace]) -> [LiveGrant] {
    [LiveGrant(operations, on: ["arn:*:sagemaker:*:*:training-job/*"])]
  }
}
