/// What a job is. Raw values are those of `job.kind` and `attempt.kind`, and of the table `job_kind`.
package enum JobKind: Int64, CaseIterable, Sendable {
  case single, arrayParent, arrayChild, multiNodeParent, node, service

  /// Parents run nothing themselves.
  package var runs: Bool { self != .arrayParent && self != .multiNodeParent }

  package static let thatRun = allCases.filter(\.runs)

  /// The condition, in SQL, that an attempt is of a node of a multi-node job but the first: the first node counts the job.
  /// The job is looked at only where the kind is that of nodes.
  package static func isFurtherNode(_ kind: String, job: String) -> String {
    """
    CASE WHEN \(kind) = \(node.rawValue) THEN (SELECT child_index > 0 FROM main.job counted WHERE counted.id = \(job))
    ELSE 0 END
    """
  }
}

/// Where a job runs. Raw values are those of `job.platform` and `attempt.platform`, and of the table `job_platform`.
package enum JobPlatform: Int64, CaseIterable, Sendable {
  case ec2, fargate, eks, sageMaker

  /// Its attempts share instances of EC2.
  package var runsOnInstances: Bool { !isTask }

  /// The condition, in SQL, that each attempt of a platform is a task that is paid for by itself.
  package static func hasTasks(_ column: String) -> String {
    "\(column) IN (\(allCases.filter(\.isTask).numbers))"
  }

  /// Each of its attempts is a task that is paid for by itself.
  package var isTask: Bool { self == .fargate || self == .sageMaker }

  package var name: String {
    switch self {
    case .ec2: "EC2"
    case .fargate: "Fargate"
    case .eks: "EKS"
    case .sageMaker: "SageMaker"
    }
  }
}
