extension Service {
  /// ListMetrics allows 25 calls per second, GetMetricData more.
  package static let cloudWatch = Service(
    id: "CloudWatch", hostPrefix: "monitoring", signingName: "monitoring",
    wire: .json(version: "1.0", target: "GraniteServiceVersion20100801"), requestsPerSecond: 25)
}

/// CloudWatch metrics. API version 2010-08-01.
package enum CloudWatch {
  package static let getMetricDataOperation = operation("GetMetricData")
  package static let listMetricsOperation = operation("ListMetrics")

  /// One series to ask for.
  package struct Query: Sendable {
    /// Identifies the series in the answer; begins with a lower-case letter.
    package var id: String
    /// `ECS/ContainerInsights`, `CWAgent`.
    package var namespace: String
    package var metric: String
    /// All of the metric's: with others it is another metric.
    package var dimensions: [(name: String, value: String)]
    /// A multiple of 60.
    package var periodSeconds: Int
    /// `Maximum`, `Average`, `Sum` …
    package var statistic: String

    package init(
      id: String, namespace: String, metric: String, dimensions: [(name: String, value: String)], periodSeconds: Int,
      statistic: String
    ) {
      (self.id, self.namespace, self.metric) = (id, namespace, metric)
      (self.dimensions, self.periodSeconds, self.statistic) = (dimensions, periodSeconds, statistic)
    }

    fileprivate var json: JSON {
      let metric = JSON.members(
        ("Namespace", .string(namespace)), ("MetricName", .string(metric)), ("Dimensions", list(dimensions)))
      let stat = JSON.members(
        ("Metric", metric), ("Period", .integer(Int64(periodSeconds))), ("Stat", .string(statistic)))
      return .members(("Id", .string(id)), ("MetricStat", stat), ("ReturnData", true))
    }
  }

  /// Returns `MetricDataResults`. At most 500 queries and 100,800 points; times are seconds since 1970, and the end is
  /// exclusive.
  package static func getMetricData(_ queries: [Query], start: Double, end: Double) -> Call {
    Call(
      getMetricDataOperation,
      .json(
        .members(
          ("MetricDataQueries", .array(queries.map(\.json))), ("StartTime", .double(start)), ("EndTime", .double(end)),
          ("ScanBy", "TimestampAscending"))))
  }

  /// Returns `Metrics`: those with points in the last two weeks, or only in the last three hours.
  package static func listMetrics(
    namespace: String? = nil, metric: String? = nil, dimensions: [(name: String, value: String)] = [],
    onlyRecent: Bool = false
  ) -> Call {
    Call(
      listMetricsOperation,
      .json(
        .members(
          ("Namespace", namespace.map(JSON.string)), ("MetricName", metric.map(JSON.string)),
          ("Dimensions", dimensions.isEmpty ? nil : list(dimensions)),
          ("RecentlyActive", onlyRecent ? "PT3H" : nil))))
  }

  private static func operation(_ name: String) -> Operation {
    Operation(
      .cloudWatch, name, permissions: ["cloudwatch:\(name)"], paging: .init(input: "NextToken", output: "NextToken"))
  }
}

private func list(_ dimensions: [(name: String, value: String)]) -> JSON {
  .array(dimensions.map { .members(("Name", .string($0.name)), ("Value", .string($0.value))) })
}
