import Domain
import Store
import TestSupport
import Testing

@testable import AWS
@testable import Collect

/// A queue whose jobs run on SageMaker.
@Suite struct ServiceJobTests {
  private static let queue = "arn:aws:batch:us-east-1:111122223333:job-queue/training"
  private static let mixed = "arn:aws:batch:us-east-1:111122223333:job-queue/other"

  /// Two jobs: one finished, the other running as long as `isRunning`.
  private func handlers(isRunning: Bool) -> [any FakeHandler] {
    @Sendable func state(_ id: String) -> (name: String, times: String) {
      id == "b" && isRunning
        ? ("RUNNING", #""startedAt":1793000001000"#)
        : ("SUCCEEDED", #""startedAt":1793000001000,"stoppedAt":1793000002000"#)
    }
    return [
      FakeOperation("batch", "DescribeJobQueues") { _ in
        .json(
          #"{"jobQueues":[{"jobQueueName":"training","jobQueueArn":"\#(Self.queue)","state":"ENABLED","priority":1,"#
            + #""jobQueueType":"SAGEMAKER_TRAINING"},{"jobQueueName":"other","jobQueueArn":"\#(Self.mixed)","#
            + #""state":"ENABLED","priority":1,"jobQueueType":"ECS"}]}"#)
      },
      FakeOperation("batch", "ListServiceJobs") { request in
        let jobs = ["a", "b"].filter {
          request.text.contains("filters") || request.text.contains("\"\(state($0).name)\"")
        }
        let summaries = jobs.map { #"{"jobId":"\#($0)","status":"\#(state($0).name)","createdAt":1793000000000}"# }
        return .json(#"{"jobSummaryList":[\#(summaries.joined(separator: ","))],"nextToken":""}"#)
      },
      FakeOperation("batch", "DescribeServiceJob") { request in
        let id = request.text.contains("\"a\"") ? "a" : "b"
        return .json(
          #"{"jobId":"\#(id)","jobArn":"arn:aws:batch:us-east-1:111122223333:service-job/\#(id)","jobName":"\#(id)","#
            + #""jobQueue":"\#(Self.queue)","status":"\#(state(id).name)","createdAt":1793000000000,"#
            + #"\#(state(id).times),"serviceJobType":"SAGEMAKER_TRAINING"}"#)
      },
      FakeOperation("batch", "ListJobs") { request in
        request.text.contains("training")
          ? .error("ClientException", "not such a queue", status: 400, for: request)
          : .json(#"{"jobSummaryList":[]}"#)
      },
      FakeOperation("batch", "DescribeComputeEnvironments") { _ in .json("{}") },
      FakeOperation("batch", "DescribeJobDefinitions") { _ in .json("{}") },
    ]
  }

  @Test("Service jobs are described one by one, and again if still running")
  func sweep() async throws {
    let database = try Database(path: ":memory:")
    for (isRunning, asked) in [(true, 2), (false, 1)] {
      let aws = FakeAWS(handlers: handlers(isRunning: isRunning))
      let outcomes = try await aws.run { url in
        let environment = Environment(FakeAWS.environment(url: url))
        let target = LiveTarget(client: try AWSSession(environment: environment).client())
        let asOf = try #require(Instant(isRunning ? "2026-10-27T00:00:00Z" : "2026-10-27T01:00:00Z"))
        let settings = LiveSettings(asOf: asOf, sources: ["inventory", "jobs", "service-jobs"])
        return try await LiveCollector(database: database, settings: settings).collect([target]).outcomes
      }
      #expect(outcomes.map(\.isComplete) == [true], "\(outcomes.flatMap(\.failures))")
      #expect(aws.log.count { $0.operation == "DescribeServiceJob" } == asked)
      #expect(!aws.log.contains { $0.operation == "ListJobs" && $0.text.contains("training") })
    }
    let jobs = try database.read {
      try $0.integer(
        "SELECT count(*) FROM job WHERE status = 'SUCCEEDED' AND platform = \(JobPlatform.sageMaker.rawValue)")
    }
    #expect(jobs == 2)
  }

  @Test("Training jobs are described until they end; one that SageMaker forgot is no failure; their types get prices")
  func trainingJobs() async throws {
    let database = try Database(path: ":memory:")
    func job(_ id: String) -> String {
      #"{"jobId":"\#(id)","jobArn":"arn:aws:batch:us-east-1:111122223333:service-job/\#(id)","jobName":"\#(id)","#
        + #""jobQueue":"\#(Self.queue)","status":"SUCCEEDED","createdAt":1793000000000,"startedAt":1793000001000,"#
        + #""stoppedAt":1793000002000,"serviceJobType":"SAGEMAKER_TRAINING","attempts":[{"startedAt":1793000001000,"#
        + #""stoppedAt":1793000002000,"serviceResourceId":{"name":"TrainingJobArn","#
        + #""value":"arn:aws:sagemaker:us-east-1:111122223333:training-job/\#(id)-1"}}]}"#
    }
    var ingestor = try Ingestor(database: database)
    for id in ["a", "gone"] { try ingestor.ingest(Array(job(id).utf8), named: "test", accountRegion: nil) }
    let handlers: [any FakeHandler] = [
      FakeOperation("sagemaker", "DescribeTrainingJob") { request in
        if request.text.contains("gone") {
          return .error("ValidationException", "Requested resource not found.", status: 400, for: request)
        }
        return .json(
          #"{"TrainingJobName":"a-1","TrainingJobArn":"arn:aws:sagemaker:us-east-1:111122223333:training-job/a-1","#
            + #""TrainingJobStatus":"Completed","TrainingStartTime":1793000001.0,"TrainingEndTime":1793000002.0,"#
            + #""BillableTimeInSeconds":1,"ResourceConfig":{"InstanceType":"ml.g5.xlarge","InstanceCount":1}}"#)
      },
      FakeOperation("pricing", "GetProducts") { _ in .json(#"{"PriceList":[]}"#) },
    ]
    for (run, asked) in [["a-1", "gone-1"], ["gone-1"]].enumerated() {
      let aws = FakeAWS(handlers: handlers)
      let outcomes = try await aws.run { url in
        let environment = Environment(FakeAWS.environment(url: url))
        let target = LiveTarget(client: try AWSSession(environment: environment).client())
        let asOf = try #require(Instant("2026-10-27T0\(run):00:00Z"))
        let settings = LiveSettings(asOf: asOf, sources: ["training-jobs", "price-list"])
        return try await LiveCollector(database: database, settings: settings).collect([target]).outcomes
      }
      #expect(outcomes.map(\.isComplete) == [true], "\(outcomes.flatMap(\.failures))")
      let names = aws.log.filter { $0.operation == "DescribeTrainingJob" }.map(\.text).sorted()
      #expect(names == asked.map { #"{"TrainingJobName":"\#($0)"}"# })
      let prices = aws.log.filter { $0.operation == "GetProducts" && $0.text.contains("AmazonSageMaker") }
      #expect(prices.count == (run == 0 ? 1 : 0))
      #expect(prices.allSatisfy { $0.text.contains("ml.g5.xlarge") && $0.text.contains("Training") })
    }
    #expect(try database.read { try $0.integer("SELECT SUM(billable_seconds) FROM training_job") } == 1)
  }
}
