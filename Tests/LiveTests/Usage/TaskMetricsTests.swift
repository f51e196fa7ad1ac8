import Domain
import Store
import TestSupport
import Testing

@testable import AWS
@testable import Collect

/// Task usage from the metrics of enhanced observability.
@Suite struct TaskMetricsTests {
  @Test func onlyMetricsOfTasks() throws {
    func metric(_ dimensions: [(String, String)]) -> String {
      let list = dimensions.map { #"{"Name":"\#($0.0)","Value":"\#($0.1)"}"# }.joined(separator: ",")
      return #"{"Namespace":"ECS/ContainerInsights","MetricName":"MemoryUtilized","Dimensions":[\#(list)]}"#
    }
    let cluster = ("ClusterName", "c")
    let body = [
      metric([cluster]), metric([cluster, ("ServiceName", "s"), ("TaskId", "x")]),
      metric([cluster, ("TaskDefinitionFamily", "f"), ("TaskId", "t")]),
      metric([cluster, ("TaskDefinitionFamily", "f"), ("TaskId", "t"), ("ContainerName", "n")]),
    ].joined(separator: ",")
    #expect(
      try TaskMetrics.tasks(Array(#"{"Metrics":[\#(body)]}"#.utf8)) == [TaskMetrics.Task(id: "t", family: "f")])
  }

  @Test("Maxima over several days, averages weighted by samples; a task without points is left out")
  func document() throws {
    let tasks = [TaskMetrics.Task(id: "one", family: "f"), TaskMetrics.Task(id: "two", family: "f")]
    var metrics = TaskMetrics(tasks: tasks, cluster: "c")
    #expect(metrics.queries.count == 8)
    let ids = metrics.queries.prefix(4).map(\.id)
    func series(_ id: String, _ values: String) -> String {
      #"{"Id":"\#(id)","Timestamps":[1792972800,1793059200],"Values":[\#(values)],"StatusCode":"Complete"}"#
    }
    try metrics.add(
      Array(#"{"MetricDataResults":[\#(series(ids[0], "100.5,200")),\#(series(ids[1], "512,1024"))]}"#.utf8))
    try metrics.add(
      Array(#"{"MetricDataResults":[\#(series(ids[2], "600,2048")),\#(series(ids[3], "30,10"))]}"#.utf8))
    // (512 × 30 + 1024 × 10) / 40 = 640
    let expected =
      #"{"results":[[{"field":"TaskId","value":"one"},{"field":"max(MemoryUtilized)","value":"200.000"},"#
      + #"{"field":"max(CpuUtilized)","value":"2048.000"},{"field":"avg(CpuUtilized)","value":"640.000"},"#
      + #"{"field":"count(*)","value":"40"}]]}"#
    #expect(String(decoding: metrics.results, as: UTF8.self) == expected)
  }

  @Test("Finished tasks without usage are asked about, once")
  func collect() async throws {
    let database = try Database(path: ":memory:")
    let aws = FakeAWS(handlers: [
      FakeOperation("monitoring", "ListMetrics") { _ in
        let metrics = ["known", "new"].map {
          #"{"Dimensions":[{"Name":"ClusterName","Value":"c"},{"Name":"TaskDefinitionFamily","Value":"f"},"#
            + #"{"Name":"TaskId","Value":"\#($0)"}]}"#
        }
        return .json(#"{"Metrics":[\#(metrics.joined(separator: ","))]}"#)
      },
      FakeOperation("monitoring", "GetMetricData") { request in
        #expect(!request.text.contains("known"))
        return .json(
          #"{"MetricDataResults":[{"Id":"t0_0","Timestamps":[1793059200.0],"Values":[300.0]},"#
            + #"{"Id":"t0_1","Timestamps":[1793059200.0],"Values":[1024.0]},"#
            + #"{"Id":"t0_2","Timestamps":[1793059200.0],"Values":[2048.0]},"#
            + #"{"Id":"t0_3","Timestamps":[1793059200.0],"Values":[12.0]}]}"#)
      },
    ])
    let environment =
      #"{"computeEnvironments":[{"computeEnvironmentName":"e","computeEnvironmentArn":"#
      + #""arn:aws:batch:us-east-1:111122223333:compute-environment/e","ecsClusterArn":"#
      + #""arn:aws:ecs:us-east-1:111122223333:cluster/c"}],"#
      + #""results":[[{"field":"TaskId","value":"known"},{"field":"max(MemoryUtilized)","value":"1"}]]}"#
    var ingestor = try Ingestor(database: database)
    let place = AccountRegion(account: "111122223333", region: "us-east-1")
    try ingestor.ingest(Array(environment.utf8), named: "test", accountRegion: place)
    try await aws.run { url in
      let session = try AWSSession(environment: Environment(FakeAWS.environment(url: url)))
      for time in ["2026-10-27T10:00:00Z", "2026-10-27T11:00:00Z"] {
        let settings = LiveSettings(asOf: try #require(Instant(time)), sources: ["task-metrics"])
        let target = LiveTarget(client: try session.client())
        let outcomes = try await LiveCollector(database: database, settings: settings).collect([target]).outcomes
        #expect(outcomes.map(\.isComplete) == [true], "\(outcomes.flatMap(\.failures))")
      }
    }
    #expect(aws.log.count { $0.operation == "GetMetricData" } == 1)
    #expect(aws.log.filter { $0.operation == "ListMetrics" }.map { $0.text.contains("PT3H") } == [false, true])
    let found = try database.read {
      try $0.integer(
        """
        SELECT count(*) FROM task_usage WHERE task_id = 'new' AND memory_maximum_mib = 300
        AND milli_vcpus_average = 1000 AND milli_vcpus_maximum = 2000 AND samples = 12
        """)
    }
    #expect(found == 1)
  }
}
