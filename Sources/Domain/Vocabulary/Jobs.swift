/// What a job is. Raw values are those of `job.kind` and `attempt.kind`, and of the table `job_kind`. A service job is
/// a SageMaker training job that Batch starts.
package enum JobKind: Int64, CaseIterable, Sendable {
  case single, arrayParent, arrayChild, multiNodeParent, node, service

  /// Parents run nothing themselves.
  package var runs: Bool { self != .arrayParent && self != .multiNodeParent }

  /// Those that have attempts: all but parents.
  package static let thatRun = allCases.filter(\.runs)

  /// An SQL condition: the attempt belongs to a node of a multi-node job other than the first, which counts the job.
  /// The job is looked up only if the kind is node.
  package static func isFurtherNode(_ kind: String, job: String) -> String {
    """
    CASE WHEN \(kind) = \(node.rawValue) THEN (SELECT child_index > 0 FROM main.job counted WHERE counted.id = \(job))
    ELSE 0 END
    """
  }
}

/// Where a job runs. Raw values are those of `job.platform` and `attempt.platform`, and of the table `job_platform`.
/// `ec2` is ECS on EC2 instances; `sageMaker` has the service jobs.
package enum JobPlatform: Int64, CaseIterable, Sendable {
  case ec2, fargate, eks, sageMaker

  /// Its attempts share EC2 instances.
  package var runsOnInstances: Bool { !isTask }

  /// An SQL condition: each attempt of the platform is a task that is paid for by itself.
  package static func hasTasks(_ column: String) -> String {
    "\(column) IN (\(allCases.filter(\.isTask).numbers))"
  }

  /// Each of its attempts is a task that is paid for by itself.
  package var isTask: Bool { self == .fargate || self == .sageMaker }

  /// As in output.
  package var name: String {
    switch self {
    case .ec2: "EC2"
    case .fargate: "Fargate"
    case .eks: "EKS"
    case .sageMaker: "SageMaker"
    }
  }
}
