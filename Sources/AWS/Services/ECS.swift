extension Service {
  package static let ecs = Service(
    id: "ECS", hostPrefix: "ecs", signingName: "ecs",
    wire: .json(version: "1.1", target: "AmazonEC2ContainerServiceV20141113"), requestsPerSecond: 20)
}

/// Elastic Container Service. API version 2014-11-13; times are seconds since 1970 with a fraction.
package enum ECS {
  package static let listContainerInstancesOperation = operation("ListContainerInstances", isPaged: true)
  package static let describeContainerInstancesOperation = operation("DescribeContainerInstances", isPaged: false)
  package static let listTasksOperation = operation("ListTasks", isPaged: true)
  package static let describeTasksOperation = operation("DescribeTasks", isPaged: false)

  /// Returns `containerInstanceArns`: all but the inactive, or those of one status.
  package static func listContainerInstances(cluster: String, status: String? = nil) -> Call {
    Call(
      listContainerInstancesOperation,
      .json(.members(("cluster", .string(cluster)), ("status", status.map(JSON.string)), ("maxResults", 100))))
  }

  /// Returns `containerInstances` and, for those gone for over an hour, `failures`. At most 100.
  package static func describeContainerInstances(_ arns: [String], cluster: String) -> Call {
    Call(
      describeContainerInstancesOperation,
      .json(
        .members(("cluster", .string(cluster)), ("containerInstances", .strings(arns)))))
  }

  /// Returns `taskArns`; `desiredStatus` is RUNNING (the default), PENDING or STOPPED.
  package static func listTasks(cluster: String, desiredStatus: String? = nil) -> Call {
    Call(
      listTasksOperation,
      .json(
        .members(
          ("cluster", .string(cluster)), ("desiredStatus", desiredStatus.map(JSON.string)), ("maxResults", 100))))
  }

  /// Returns `tasks` and, for those gone for over an hour, `failures`. At most 100.
  package static func describeTasks(_ arns: [String], cluster: String) -> Call {
    Call(describeTasksOperation, .json(.members(("cluster", .string(cluster)), ("tasks", .strings(arns)))))
  }

  private static func operation(_ name: String, isPaged: Bool) -> Operation {
    Operation(.ecs, name, paging: isPaged ? .init(input: "nextToken", output: "nextToken") : nil)
  }
}
