import AWS

/// Metrics of some tasks, and their result: for each task, what a query of its logs would have returned.
struct TaskMetrics {
  struct Task: Equatable, Sendable {
    let id: String
    /// A dimension: CloudWatch needs all dimensions to find a metric.
    let family: String
  }

  static let namespace = "ECS/ContainerInsights"
  /// Four queries per task, five hundred per call.
  static let most = 125

  /// The series of a task: memory in MiB, CPU in units of 1/1024 vCPU, one point per day.
  private enum Series: Int, CaseIterable {
    case memoryMaximum, cpuAverage, cpuMaximum, cpuSamples

    var metric: String { self == .memoryMaximum ? "MemoryUtilized" : "CpuUtilized" }
    var statistic: String {
      switch self {
      case .memoryMaximum, .cpuMaximum: "Maximum"
      case .cpuAverage: "Average"
      case .cpuSamples: "SampleCount"
      }
    }
  }

  let tasks: [Task]
  let cluster: String
  /// Points by series and time, for each task.
  private var points: [[[Int64: Double]]]

  init(tasks: [Task], cluster: String) {
    self.tasks = tasks
    self.cluster = cluster
    points = Array(repeating: Array(repeating: [:], count: Series.allCases.count), count: tasks.count)
  }

  /// The tasks in an answer of ListMetrics; metrics of clusters, services and single containers are skipped.
  static func tasks(_ body: [UInt8]) throws(CollectionError) -> [Task] {
    try LiveAnswer.read(body) { document in
      document.elements(of: "Metrics").compactMap { metric in
        var dimensions: [String: String] = [:]
        for dimension in metric.elements(of: "Dimensions") {
          dimensions[dimension["Name"]?.text?.string ?? ""] = dimension["Value"]?.text?.string
        }
        guard dimensions.count == 3, dimensions["ClusterName"] != nil, let id = dimensions["TaskId"],
          let family = dimensions["TaskDefinitionFamily"]
        else { return nil }
        return Task(id: id, family: family)
      }
    }
  }

  var queries: [CloudWatch.Query] {
    tasks.enumerated().flatMap { index, task in
      Series.allCases.map { series in
        CloudWatch.Query(
          id: "t\(index)_\(series.rawValue)", namespace: Self.namespace, metric: series.metric,
          dimensions: [("ClusterName", cluster), ("TaskDefinitionFamily", task.family), ("TaskId", task.id)],
          periodSeconds: 86_400, statistic: series.statistic)
      }
    }
  }

  /// Adds a page of GetMetricData: a page may have only part of a series.
  mutating func add(_ body: [UInt8]) throws(CollectionError) {
    var points = points
    try LiveAnswer.read(body) { document in
      for result in document.elements(of: "MetricDataResults") {
        let id = result["Id"]?.text?.string.dropFirst().split(separator: "_").compactMap { Int($0) } ?? []
        guard id.count == 2, points.indices.contains(id[0]), points[id[0]].indices.contains(id[1]) else { continue }
        for (time, value) in zip(result.elements(of: "Timestamps"), result.elements(of: "Values")) {
          guard let time = time.number, let value = value.number else { continue }
          points[id[0]][id[1]][Int64(time)] = value
        }
      }
    }
    self.points = points
  }

  /// A document like an answer of GetQueryResults of Logs; tasks without points are left out.
  var results: [UInt8] {
    let rows: [JSON] = zip(tasks, points).compactMap { task, series in
      func values(_ kind: Series) -> [Double] { Array(series[kind.rawValue].values) }
      let samples = values(.cpuSamples).reduce(0, +)
      // Days are weighted by their samples, for tasks that ran across midnight.
      let sum = series[Series.cpuAverage.rawValue].reduce(0) { sum, point in
        sum + point.value * (series[Series.cpuSamples.rawValue][point.key] ?? 0)
      }
      let fields: [(String, Double?)] = [
        ("max(MemoryUtilized)", values(.memoryMaximum).max()), ("max(CpuUtilized)", values(.cpuMaximum).max()),
        ("avg(CpuUtilized)", samples > 0 ? sum / samples : nil),
      ]
      let known = fields.compactMap { name, value in value.map { Self.field(name, Self.decimal($0)) } }
      let count = samples > 0 ? [Self.field("count(*)", String(Int64(min(samples, 1e9))))] : []
      return known.isEmpty ? nil : .array([Self.field("TaskId", task.id)] + known + count)
    }
    return JSON.members(("results", .array(rows))).bytes
  }

  private static func field(_ name: String, _ value: String) -> JSON {
    .members(("field", .string(name)), ("value", .string(value)))
  }

  /// Without an exponent, rounded to thousandths.
  private static func decimal(_ value: Double) -> String {
    let thousandths = Int64((min(max(value, 0), 1e12) * 1000).rounded())
    let rest = String(thousandths % 1000)
    return "\(thousandths / 1000).\(String(repeating: "0", count: 3 - rest.count))\(rest)"
  }
}
