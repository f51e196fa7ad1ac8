import Accounting
import Collect
import Domain
import Insights
import Store
import Testing

/// A job's wait in its parts, from documents to the query.
@Suite struct WaitPartTests {
  private static let batch = "arn:aws:batch:eu-west-1:111122223333"
  /// 2026-10-05T10:00:00Z, plus minutes.
  private static func time(_ minutes: Int64) -> Int64 { 1_791_194_400_000 + minutes * 60_000 }

  private static func job(_ id: String, created: Int64, _ from: Int64, _ to: Int64, more: String = "") -> String {
    #"{"jobArn":"\#(batch):job/\#(id)","jobId":"\#(id)","jobName":"x","jobQueue":"\#(batch):job-queue/q","#
      + #""jobDefinition":"\#(batch):job-definition/d:1","status":"SUCCEEDED","createdAt":\#(time(created)),"#
      + #""startedAt":\#(time(from)),"stoppedAt":\#(time(to)),"attempts":[{"startedAt":\#(time(from)),"#
      + #""stoppedAt":\#(time(to)),"container":{"taskArn":"arn:aws:ecs:eu-west-1:111122223333:task/c/t\#(id)","#
      + #""exitCode":0}}],"container":{"vcpus":1,"memory":1024}\#(more)}"#
  }

  private func waits(_ documents: [String]) throws -> [Cell?] {
    let database = try Database(path: ":memory:")
    var ingestor = try Ingestor(database: database)
    for document in documents { try ingestor.ingest(Array(document.utf8), named: "test", accountRegion: nil) }
    try Ledger.build(database)
    try Insights.build(database)
    let rows = try database.read {
      try $0.rows(QueryLibrary().query("queue-wait"), parameters: ["from": "2026-10-01", "to": "2026-11-01"])
    }
    #expect(rows.rows.count == 1)
    return ["jobs", "maximum_seconds", "dependency_seconds", "capacity_seconds", "start_seconds"].map { rows[0, $0] }
  }

  @Test("A, then B, which depends on A: of B's 70 minutes 60 were for A, 8 for capacity, 2 for its image")
  func chain() throws {
    let pulled =
      #"{"tasks":[{"taskArn":"arn:aws:ecs:eu-west-1:111122223333:task/c/tb","clusterArn":"arn:aws:ecs:eu-west-1:111122223333:cluster/c","#
      + #""lastStatus":"STOPPED","pullStartedAt":"2026-10-05T11:08:00Z","startedAt":"2026-10-05T11:10:00Z"}]}"#
    let cells = try waits([
      Self.job("a", created: 0, 10, 60), Self.job("b", created: 0, 70, 90, more: #","dependsOn":[{"jobId":"a"}]"#),
      pulled,
    ])
    // Over two jobs: A waited 10 minutes for capacity. (0 + 60) / 2, (10 + 8) / 2 and (0 + 2) / 2 minutes.
    #expect(cells == [.integer(2), .integer(4200), .integer(1800), .integer(540), .integer(60)])
  }

  @Test("A child that waits for the child with its own index, and one for the child before it")
  func children() throws {
    let cells = try waits([
      Self.job("a:1", created: 0, 0, 30), Self.job("a:0", created: 0, 0, 50),
      Self.job(
        "b:1", created: 0, 40, 45, more: #","arrayProperties":{"index":1},"dependsOn":[{"jobId":"a","type":"N_TO_N"}]"#),
      Self.job(
        "c:1", created: 10, 50, 60, more: #","arrayProperties":{"index":1},"dependsOn":[{"type":"SEQUENTIAL"}]"#),
      Self.job("c:0", created: 10, 10, 40),
    ])
    // b:1 waited 30 of 40 minutes for a:1; c:1 30 of 40 for c:0: 60 ÷ 5 and 20 ÷ 5 minutes.
    #expect(cells == [.integer(5), .integer(2400), .integer(720), .integer(240), .null])
  }

  @Test("A service job waits for capacity until SageMaker accepts it")
  func service() throws {
    let cells = try waits([
      #"{"jobArn":"\#(Self.batch):service-job/s","jobId":"s","jobName":"s","jobQueue":"\#(Self.batch):job-queue/t","#
        + #""serviceJobType":"SAGEMAKER_TRAINING","status":"SUCCEEDED","createdAt":\#(Self.time(0)),"#
        + #""scheduledAt":\#(Self.time(45)),"startedAt":\#(Self.time(50)),"stoppedAt":\#(Self.time(60)),"#
        + #""attempts":[{"startedAt":\#(Self.time(50)),"stoppedAt":\#(Self.time(60))}]}"#
    ])
    #expect(cells == [.integer(1), .integer(3000), .null, .integer(2700), .integer(300)])
  }
}
