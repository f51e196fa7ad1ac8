import Domain
import Store
import TestSupport
import Testing

@testable import AWS
@testable import Collect

/// Fair-share policies are asked for only if a queue names one.
@Suite struct SchedulingPolicyTests {
  private static let policy = "arn:aws:batch:us-east-1:111122223333:scheduling-policy/fair"

  private func handlers(isShared: Bool) -> [any FakeHandler] {
    let named = isShared ? #","schedulingPolicyArn":"\#(Self.policy)""# : ""
    return [
      FakeOperation("batch", "DescribeJobQueues") { _ in
        .json(
          #"{"jobQueues":[{"jobQueueName":"q","jobQueueArn":"arn:aws:batch:us-east-1:111122223333:job-queue/q","#
            + #""state":"ENABLED","priority":1\#(named)}]}"#)
      },
      FakeOperation("batch", "DescribeSchedulingPolicies") { request in
        request.text.contains(Self.policy)
          ? .json(
            #"{"schedulingPolicies":[{"name":"fair","arn":"\#(Self.policy)","fairsharePolicy":{"shareDecaySeconds":60,"#
              + #""shareDistribution":[{"shareIdentifier":"a","weightFactor":2}]}}]}"#)
          : .error("ClientException", "no such policy", status: 400, for: request)
      },
      FakeOperation("batch", "DescribeComputeEnvironments") { _ in .json("{}") },
      FakeOperation("batch", "DescribeJobDefinitions") { _ in .json("{}") },
    ]
  }

  @Test(arguments: [true, false])
  func policies(isShared: Bool) async throws {
    let database = try Database(path: ":memory:")
    let aws = FakeAWS(handlers: handlers(isShared: isShared))
    let outcomes = try await aws.run { url in
      let target = LiveTarget(client: try AWSSession(environment: Environment(FakeAWS.environment(url: url))).client())
      let asOf = try #require(Instant("2026-10-27T00:00:00Z"))
      let settings = LiveSettings(asOf: asOf, sources: ["inventory", "scheduling-policies"])
      return try await LiveCollector(database: database, settings: settings).collect([target]).outcomes
    }
    #expect(outcomes.map(\.isComplete) == [true], "\(outcomes.flatMap(\.failures))")
    #expect(aws.log.count { $0.operation == "DescribeSchedulingPolicies" } == (isShared ? 1 : 0))
    let kept = try database.read { connection in
      let rows = try connection.prepare("SELECT name, share_decay_seconds, weights FROM scheduling_policy")
      var kept: [String] = []
      while try rows.step() { kept.append("\(rows.text(0)) \(rows.integer(1)) \(rows.text(2))") }
      return kept
    }
    #expect(kept == (isShared ? [#"fair 60 {"a":2.0}"#] : []))
  }
}
