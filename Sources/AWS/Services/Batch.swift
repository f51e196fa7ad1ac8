extension Service {
  /// AWS publishes no quota for Batch's list and describe calls; ten per second leaves room for the account's own
  /// calls.
  package static let batch = Service(
    id: "Batch", hostPrefix: "batch", signingName: "batch", wire: .restJSON, requestsPerSecond: 10)
}

/// AWS Batch. API version 2016-08-10.
package enum Batch {
  package static let listJobsOperation = operation("ListJobs", isPaged: true)
  package static let describeJobsOperation = operation("DescribeJobs", isPaged: false)
  package static let listServiceJobsOperation = operation("ListServiceJobs", isPaged: true)
  package static let describeServiceJobOperation = operation("DescribeServiceJob", isPaged: false)
  package static let describeJobQueuesOperation = operation("DescribeJobQueues", isPaged: true)
  package static let describeSchedulingPoliciesOperation = operation("DescribeSchedulingPolicies", isPaged: false)
  package static let describeComputeEnvironmentsOperation = operation("DescribeComputeEnvironments", isPaged: true)
  package static let describeJobDefinitionsOperation = operation("DescribeJobDefinitions", isPaged: true)

  /// The jobs that ListJobs lists: exactly one of these.
  package enum Parent: Sendable {
    /// A queue's name or ARN.
    case queue(String)
    /// The children of an array.
    case array(jobID: String)
    /// The nodes of a multi-node job.
    case multiNode(jobID: String)
  }

  /// The selection among them.
  package enum Selection: Sendable {
    /// Only this status; Batch takes one at a time, and RUNNING if none is given. Up to 1,000 a page.
    case status(String)
    /// Every status, newest first, created after that time in milliseconds since 1970. Up to 100 a page; not for
    /// children of arrays and multi-node jobs.
    case createdAfter(milliseconds: Int64)
    /// The same, created before that time.
    case createdBefore(milliseconds: Int64)
  }

  /// Returns `jobSummaryList`.
  package static func listJobs(_ parent: Parent, _ selection: Selection, pageSize: Int? = nil) -> Call {
    let (parentKey, parentValue): (String, String) =
      switch parent {
      case .queue(let name): ("jobQueue", name)
      case .array(let id): ("arrayJobId", id)
      case .multiNode(let id): ("multiNodeJobId", id)
      }
    return list(listJobsOperation, parentKey, parentValue, selection, pageSize)
  }

  /// Returns `jobSummaryList` of a queue of service jobs.
  package static func listServiceJobs(queue: String, _ selection: Selection, pageSize: Int? = nil) -> Call {
    list(listServiceJobsOperation, "jobQueue", queue, selection, pageSize)
  }

  private static func list(
    _ operation: Operation, _ parentKey: String, _ parent: String, _ selection: Selection, _ pageSize: Int?
  ) -> Call {
    var status: JSON?
    var filters: JSON?
    func filter(_ name: String, _ milliseconds: Int64) -> JSON {
      .array([.members(("name", .string(name)), ("values", .strings([String(milliseconds)])))])
    }
    switch selection {
    case .status(let name): status = .string(name)
    case .createdAfter(let time): filters = filter("AFTER_CREATED_AT", time)
    case .createdBefore(let time): filters = filter("BEFORE_CREATED_AT", time)
    }
    let limit = filters == nil ? 1000 : 100
    return Call(
      operation,
      .json(
        .members(
          (parentKey, .string(parent)), ("jobStatus", status), ("filters", filters),
          ("maxResults", .integer(Int64(min(pageSize ?? limit, limit)))))))
  }

  /// Returns the job itself: a SageMaker training job.
  package static func describeServiceJob(_ id: String) -> Call {
    Call(describeServiceJobOperation, .json(.members(("jobId", .string(id)))))
  }

  /// Returns `jobs`, without ids that Batch no longer knows. At most 100 ids.
  package static func describeJobs(_ ids: [String]) -> Call {
    Call(describeJobsOperation, .json(.members(("jobs", .strings(ids)))))
  }

  /// Returns `jobQueues`; all of them if no names are given.
  package static func describeJobQueues(_ names: [String] = []) -> Call {
    Call(describeJobQueuesOperation, .json(.members(("jobQueues", names.isEmpty ? nil : .strings(names)))))
  }

  /// Returns `schedulingPolicies`, without deleted ones. At most 100 ARNs.
  package static func describeSchedulingPolicies(_ arns: [String]) -> Call {
    Call(describeSchedulingPoliciesOperation, .json(.members(("arns", .strings(arns)))))
  }

  /// Returns `computeEnvironments`; all of them if no names are given.
  package static func describeComputeEnvironments(_ names: [String] = []) -> Call {
    let wanted: JSON? = names.isEmpty ? nil : .strings(names)
    return Call(describeComputeEnvironmentsOperation, .json(.members(("computeEnvironments", wanted))))
  }

  /// Returns `jobDefinitions`, by ARN or `name:revision`; at most 100.
  package static func describeJobDefinitions(_ names: [String]) -> Call {
    Call(describeJobDefinitionsOperation, .json(.members(("jobDefinitions", .strings(names)))))
  }

  /// Returns every job definition with that status.
  package static func describeJobDefinitions(status: String) -> Call {
    Call(describeJobDefinitionsOperation, .json(.members(("status", .string(status)))))
  }

  private static func operation(_ name: String, isPaged: Bool) -> Operation {
    Operation(
      .batch, name, paging: isPaged ? .init(input: "nextToken", output: "nextToken") : nil,
      path: "/v1/\(name.lowercased())")
  }
}
