import Domain
import Store

/// Work on ECS Managed Instances: EC2 instances that ECS runs, for a fee by instance type on top of their price. It is
/// recognised by its task's launch type, its cluster's environment or its queue's environments.
struct ManagedInstances {
  private var environments: Set<Int64> = []
  private var queues: Set<Int64> = []
  private var tasks: Set<TaskKey> = []

  var isEmpty: Bool { environments.isEmpty && tasks.isEmpty }

  init(_ connection: Connection) throws {
    let type = EnvironmentType.managedInstancesName
    try connection.each("SELECT id FROM compute_environment WHERE resource_type = ?", type) { environments.insert($0) }
    // Queues with no other environment.
    try connection.each(
      """
      SELECT q.id FROM job_queue q, json_each(q.environments) o LEFT JOIN compute_environment e ON e.arn = o.value
      GROUP BY q.id HAVING MIN(COALESCE(e.resource_type, '') = ?) = 1
      """, type
    ) { queues.insert($0) }
    let launched = try connection.prepare("SELECT task_id FROM task WHERE launch_type = 'MANAGED_INSTANCES'")
    while try launched.step() { tasks.insert(launched.withBytes(0, TaskKey.init)) }
  }

  /// The fee's name in the price list of AmazonECS, for an instance type.
  static func fee(ofType type: String) -> String { "ECS-Managed-Instances:\(type)-management-hours" }

  /// Whether an attempt runs on ECS Managed Instances.
  ///
  /// - Parameters:
  ///   - environment: the environment of its container instance.
  func hold(queue: Int64, environment: Int64?, task: TaskKey?) -> Bool {
    queues.contains(queue) || environment.map(environments.contains) == true || task.map(tasks.contains) == true
  }
}
