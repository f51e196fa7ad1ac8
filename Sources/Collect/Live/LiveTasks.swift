import AWS

/// Tasks: when the image pull began, and all times of Fargate. ECS forgets them about an hour after they end.
struct LiveTasks: LiveSource {
  let name = "tasks"
  let operations = [ECS.listTasksOperation, ECS.describeTasksOperation]
  let absence = "the time of image pulls is missing, and tasks on Fargate are charged only from their start"

  func collect(_ visit: LiveVisit) async throws {
    for cluster in try await visit.clusters() {
      var wanted: Set<String> = []
      for status in ["RUNNING", "STOPPED"] {
        for try await answer in visit.client.pages(of: ECS.listTasks(cluster: cluster, desiredStatus: status)) {
          let ids = try LiveAnswer.texts(answer.body, "taskArns").map(ClusterMember.name)
          let known = "SELECT 1 FROM task WHERE task_id = ? AND stopped_at_ms IS NOT NULL"
          wanted.formUnion(try await visit.names(ids, without: known))
        }
      }
      try await visit.send(
        wanted.sorted().parts(of: 100).map { part in
          ECS.describeTasks(part.map { visit.arn("task", "\(cluster)/\($0)") }, cluster: cluster)
        })
    }
  }
}
