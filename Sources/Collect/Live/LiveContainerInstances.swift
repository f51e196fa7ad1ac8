import AWS

/// Registrations with ECS: which instance an attempt ran on. ECS forgets them about an hour after the instance ended.
struct LiveContainerInstances: LiveSource {
  let name = "container-instances"
  let operations = [ECS.listContainerInstancesOperation, ECS.describeContainerInstancesOperation]
  let absence = "attempts cannot be placed on instances, and their cost is unknown"

  func collect(_ visit: LiveVisit) async throws {
    let unknown = try await visit.texts(
      """
      SELECT c.name || '/' || i.name FROM container_instance i JOIN cluster c ON c.id = i.cluster
      WHERE c.account_region = ? AND i.instance_id IS NULL AND i.missing = 0 ORDER BY 1
      """)
    let known = Set(
      try await visit.texts(
        """
        SELECT c.name || '/' || i.name FROM container_instance i JOIN cluster c ON c.id = i.cluster
        WHERE c.account_region = ? AND (i.instance_id IS NOT NULL OR i.missing = 1)
        """))
    var wanted: [String: Set<String>] = [:]
    for path in unknown { wanted[String(path.prefix { $0 != "/" }), default: []].insert(path) }
    for cluster in try await visit.clusters() {
      for try await answer in visit.client.pages(of: ECS.listContainerInstances(cluster: cluster)) {
        let paths = try LiveAnswer.texts(answer.body, "containerInstanceArns").map { ECSPath.of($0, in: cluster) }
        wanted[cluster, default: []].formUnion(paths.filter { !known.contains($0) })
      }
    }
    let calls = wanted.sorted { $0.key < $1.key }.flatMap { cluster, paths in
      paths.sorted().parts(of: 100).map { part in
        ECS.describeContainerInstances(part.map { visit.arn("container-instance", $0) }, cluster: cluster)
      }
    }
    try await visit.send(calls)
  }
}

/// Tasks: when the pull of the image began, and all times of Fargate. ECS forgets them about an hour after their end.
struct LiveTasks: LiveSource {
  let name = "tasks"
  let operations = [ECS.listTasksOperation, ECS.describeTasksOperation]
  let absence = "the time of image pulls is missing, and tasks on Fargate are charged from their start only"

  func collect(_ visit: LiveVisit) async throws {
    let known = Set(
      try await visit.texts(
        """
        SELECT c.name || '/' || t.task_id FROM task t JOIN cluster c ON c.id = t.cluster
        WHERE c.account_region = ? AND t.stopped_at_ms IS NOT NULL
        """))
    for cluster in try await visit.clusters() {
      var wanted: Set<String> = []
      for status in ["RUNNING", "STOPPED"] {
        for try await answer in visit.client.pages(of: ECS.listTasks(cluster: cluster, desiredStatus: status)) {
          let paths = try LiveAnswer.texts(answer.body, "taskArns").map { ECSPath.of($0, in: cluster) }
          wanted.formUnion(paths.filter { !known.contains($0) })
        }
      }
      try await visit.send(
        wanted.sorted().parts(of: 100).map { part in
          ECS.describeTasks(part.map { visit.arn("task", $0) }, cluster: cluster)
        })
    }
  }
}

/// How container instances and tasks are named in the database: `cluster/name`.
enum ECSPath {
  /// The path of an ARN of the new or of the old form, which does not name the cluster.
  static func of(_ arn: String, in cluster: String) -> String {
    "\(cluster)/\(arn.split(separator: "/").last.map(String.init) ?? arn)"
  }
}

extension LiveVisit {
  /// Clusters of compute environments, and those that attempts named.
  func clusters() async throws -> [String] {
    let named = try await texts("SELECT name FROM cluster WHERE account_region = ? AND name <> ''")
    let described = try await texts("SELECT cluster_arn FROM compute_environment WHERE account_region = ?")
    return Set(named + described.compactMap { $0.split(separator: "/").last.map(String.init) }).sorted()
  }

  func arn(_ kind: String, _ path: String) -> String {
    "arn:\(partition):ecs:\(place.region):\(place.account):\(kind)/\(path)"
  }
}
