import Domain
import Store

/// Work on ECS Managed Instances: EC2 instances that ECS runs for a fee of its own, of which no price list tells. It is
/// counted as not priced, and known by its task's launch type, its cluster's environment or its queue's environments.
struct ManagedInstances {
  static let resourceType = "ECS_MANAGED_INSTANCES"

  private var environments: Set<Int64> = []
  private var queues: Set<Int64> = []
  private var tasks: Set<TaskKey> = []

  var isEmpty: Bool { environments.isEmpty && tasks.isEmpty }

  init(_ connection: Connection) throws {
    let described = try connection.prepare(
      "SELECT id FROM compute_environment WHERE resource_type = '\(Self.resourceType)'")
    while try described.step() { environments.insert(described.integer(0)) }
    // Queues with no other environment.
    let only = try connection.prepare(
      """
      SELECT q.id FROM job_queue q, json_each(q.environments) o LEFT JOIN compute_environment e ON e.arn = o.value
      GROUP BY q.id HAVING MIN(COALESCE(e.resource_type, '') = '\(Self.resourceType)') = 1
      """)
    while try only.step() { queues.insert(only.integer(0)) }
    let launched = try connection.prepare("SELECT task_id FROM task WHERE launch_type = 'MANAGED_INSTANCES'")
    while try launched.step() { tasks.insert(launched.withBytes(0, TaskKey.init)) }
  }

  /// - Parameter attempts: how many ran there.
  static func findings(leavingOut attempts: Int) -> [Finding] {
    attempts == 0 ? [] : [.notPriced("ECS Managed Instances", attempts: attempts)]
  }

  /// Whether an attempt runs there.
  ///
  /// - Parameters:
  ///   - environment: of the container instance that it is placed on.
  func hold(queue: Int64, environment: Int64?, task: TaskKey?) -> Bool {
    queues.contains(queue) || environment.map(environments.contains) == true || task.map(tasks.contains) == true
  }
}
