import AWS
import Domain

/// Measured CPU and memory of tasks whose logs are gone, from the metrics that Container Insights writes with enhanced
/// observability. CloudWatch lists them for two weeks; logs are kept for one day by default.
///
/// CloudWatch charges per requested metric: no task is requested twice, and none that the logs had.
struct LiveTaskMetrics: LiveSource {
  let name = "task-metrics"
  let operations = [CloudWatch.listMetricsOperation, CloudWatch.getMetricDataOperation]
  let absence = "use of CPU and memory is known only for tasks whose logs still exist"

  /// How long a metric is listed after its last point.
  static let listed: Int64 = 14 * millisecondsPerDay
  /// A list of recently active metrics covers three hours.
  static let recent: Int64 = 3 * 3_600_000

  /// Tasks that are already measured, or still running.
  private static let passedOver = """
    SELECT 1 FROM task_usage WHERE task_id = ?1
    UNION ALL SELECT 1 FROM task WHERE task_id = ?1 AND stopped_at_ms IS NULL
    """

  func collect(_ visit: LiveVisit) async throws {
    let source = operations[0].description
    for cluster in try await visit.clusters() {
      let scope = "\(visit.place.text) \(cluster)"
      let last = try await visit.checkpoint(source, scope)
      let isRecent = last.map { visit.asOf.milliseconds - $0.at.milliseconds < Self.recent / 2 } ?? false
      let list = CloudWatch.listMetrics(
        namespace: TaskMetrics.namespace, metric: "MemoryUtilized", dimensions: [("ClusterName", cluster)],
        onlyRecent: isRecent)
      for try await answer in visit.client.pages(of: list) {
        let tasks = try TaskMetrics.tasks(answer.body)
        let wanted = Set(try await visit.names(tasks.map(\.id), without: Self.passedOver))
        try await visit.sideBySide(tasks.filter { wanted.contains($0.id) }.parts(of: TaskMetrics.most)) { tasks in
          try await measure(tasks, cluster, visit)
        }
      }
      try await visit.writer.write(Checkpoint(source: source, scope: scope, position: "", at: visit.asOf))
    }
  }

  private func measure(_ tasks: [TaskMetrics.Task], _ cluster: String, _ visit: LiveVisit) async throws {
    var metrics = TaskMetrics(tasks: tasks, cluster: cluster)
    let day = millisecondsPerDay
    let start = (visit.asOf.milliseconds - Self.listed) / day * day
    let end = visit.asOf.milliseconds / day * day + day
    let call = CloudWatch.getMetricData(metrics.queries, start: Double(start) / 1000, end: Double(end) / 1000)
    for try await answer in visit.client.pages(of: call) { try metrics.add(answer.body) }
    try await visit.writer.ingest(metrics.results, named: call.operation.description, visit.place)
  }
}
