import Foundation
import Synchronization
import TestSupport
import Testing

@testable import AWS

/// The whole client over a real connection: transport, signatures, protocols, faults.
@Suite struct EndToEndTests {
  @Test func everyProtocolIsUnderstoodAndSigned() async throws {
    let aws = FakeAWS(handlers: [Echo()])
    let calls: [(Call, String)] = [
      (Batch.describeJobs(["a", "b:0"]), "batch POST /v1/describejobs {\"jobs\":[\"a\",\"b:0\"]}"),
      (ECS.describeTasks(["t"], cluster: "c"), "ecs POST / {\"cluster\":\"c\",\"tasks\":[\"t\"]}"),
      (
        Pricing.getProducts(serviceCode: "AmazonEC2", matching: [("regionCode", "eu-west-1")]),
        "pricing POST / {\"ServiceCode\":\"AmazonEC2\",\"Filters\":[{\"Type\":\"TERM_MATCH\",\"Field\":\"regionCode\","
          + "\"Value\":\"eu-west-1\"}],\"FormatVersion\":\"aws_v1\",\"MaxResults\":100}"
      ),
      (Logs.getQueryResults("q"), "logs POST / {\"queryId\":\"q\"}"),
      (
        CloudWatch.listMetrics(namespace: "ECS/ContainerInsights"),
        "monitoring POST / {\"Namespace\":\"ECS/ContainerInsights\"}"
      ),
      (
        S3.getObject(bucket: "my-bucket", key: "dir with space//ünï 字+b.txt"),
        "s3 GET /my-bucket/dir%20with%20space//%C3%BCn%C3%AF%20%E5%AD%97%2Bb.txt "
      ),
      (S3.getObject(bucket: "my-bucket", key: "x/../y/./z"), "s3 GET /my-bucket/x/../y/./z "),
    ]
    try await aws.run { url in
      let client = try client(url)
      for (call, expected) in calls {
        let answer = try await client.send(call)
        let echoed = try JSONDecoder().decode([String: String].self, from: Data(answer.body))
        #expect(echoed["request"] == expected)
      }
    }
    #expect(aws.log.map(\.operation) == calls.map(\.0.operation.name))
  }

  /// Answers with a description of the request.
  struct Echo: FakeHandler {
    func answer(_ request: FakeRequest) async -> FakeAnswer? {
      if request.service == "sts" { return nil }
      let text = "\(request.service) \(request.method) \(request.rawPath) \(request.text)"
      return .json(JSON.members(("request", .string(text))).bytes)
    }
  }

  @Test func sendsAUserAgent() async throws {
    try await FakeAWS().run { url in
      let identity = try await client(url).callerIdentity()
      #expect(identity == CallerIdentity(account: "111122223333", arn: "arn:aws:iam::111122223333:user/AKIAFAKE"))
    }
  }

  @Test func aRoleIsAssumedAndRenewedWhenItExpires() async throws {
    let faults = FakeFaults(scripts: ["DescribeJobQueues": [nil, .expiredToken]])
    let aws = FakeAWS(handlers: [Echo()], faults: faults)
    try await aws.run { url in
      let role = RoleToAssume(arn: "arn:aws:iam::444455556666:role/reader", externalID: "x=1&y", durationSeconds: 900)
      let client = try client(url).assuming(role)
      for _ in 0..<3 { _ = try await client.send(Batch.describeJobQueues()) }
    }
    #expect(
      aws.log.map { "\($0.operation) \($0.accessKeyID ?? "")" } == [
        "AssumeRole AKIAFAKE", "DescribeJobQueues ASIAFAKE1", "DescribeJobQueues ASIAFAKE1", "AssumeRole AKIAFAKE",
        "DescribeJobQueues ASIAFAKE2", "DescribeJobQueues ASIAFAKE2",
      ])
    #expect(
      aws.log[0].form == [
        "Action": "AssumeRole", "Version": "2011-06-15", "RoleArn": "arn:aws:iam::444455556666:role/reader",
        "RoleSessionName": "batchcost", "ExternalId": "x=1&y", "DurationSeconds": "900",
      ])
  }

  @Test(arguments: [FakeFault.throttle, .serverError, .truncate, .close, .slow(seconds: 0.05)])
  func aFaultIsSurvived(fault: FakeFault) async throws {
    let calls = [
      Batch.describeJobQueues(), ECS.listTasks(cluster: "c"), STS.getCallerIdentity(),
      S3.getObject(bucket: "bucket", key: "key"), SQS.receiveMessages(queueURL: "http://q"),
      CloudTrail.lookupEvents(attribute: ("EventName", "RunInstances"), start: 0, end: 1),
    ]
    let scripts = Dictionary(uniqueKeysWithValues: calls.map { ($0.operation.name, [fault, fault]) })
    let aws = FakeAWS(handlers: [Padded()], faults: FakeFaults(scripts: scripts))
    try await aws.run { url in
      let client = try client(url, timing: impatient)
      for call in calls { _ = try await client.send(call) }
      if case .slow = fault { return }
      #expect(client.log[Batch.describeJobQueuesOperation].requests == 3)
      #expect(client.log[Batch.describeJobQueuesOperation].retries == 2)
    }
  }

  struct Padded: FakeHandler {
    func answer(_ request: FakeRequest) async -> FakeAnswer? {
      request.service == "sts" ? nil : .json("{\"padding\":\"\(String(repeating: "x", count: 10_000))\"}")
    }
  }

  @Test func hundredsOfPagesSurviveRandomFaults() async throws {
    let faults = FakeFaults(
      seed: 7, shares: [(.throttle, 0.1), (.serverError, 0.03), (.truncate, 0.03), (.close, 0.02)])
    let aws = FakeAWS(handlers: [Pager(pages: 60)], faults: faults)
    try await aws.run { url in
      let client = try client(url, timing: impatient)
      let all = try await withThrowingTaskGroup(of: [String].self) { group in
        for queue in 0..<8 {
          group.addTask {
            var bodies: [String] = []
            for try await page in client.pages(of: Batch.listJobs(.queue("q\(queue)"), .status("SUCCEEDED"))) {
              bodies.append(page.text)
            }
            return bodies
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(all.count == 8)
      for bodies in all {
        #expect(bodies.count == 60)
        #expect(bodies == bodies.sorted())
      }
      let entry = client.log[Batch.listJobsOperation]
      #expect(entry.requests == 480 + entry.retries)
      #expect(entry.retries > 40 && entry.throttles > 20)
    }
  }

  /// Pages whose token is the page number.
  struct Pager: FakeHandler {
    let pages: Int
    func answer(_ request: FakeRequest) async -> FakeAnswer? {
      guard request.operation == "ListJobs" else { return nil }
      let token = try? JSONScanner.string("nextToken", in: request.body)
      let page = token.flatMap(Int.init) ?? 0
      let next = page + 1 < pages ? ",\"nextToken\":\"\(page + 1)\"" : ""
      return .json("{\"jobSummaryList\":[{\"page\":\(1000 + page)}]\(next)}")
    }
  }

  @Test func aMissingPermissionIsNamed() async throws {
    func refusal(_ code: String, _ message: String) -> [FakeFault] {
      [.answer(FakeAnswer(status: 400, body: Array("{\"__type\":\"\(code)\",\"message\":\"\(message)\"}".utf8)))]
    }
    let message =
      "User: arn:aws:iam::1:user/u is not authorized to perform: ecs:DescribeTasks on resource: * because no policy"
    let ec2 = FakeAnswer.xml(
      "<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>You are not authorized to perform this "
        + "operation.</Message></Error></Errors></Response>")
    var denied = ec2
    denied.status = 403
    let scripts: [String: [FakeFault?]] = [
      "DescribeTasks": refusal("AccessDeniedException", message), "DescribeVolumes": [.answer(denied)],
    ]
    try await FakeAWS(faults: FakeFaults(scripts: scripts)).run { url in
      let client = try client(url)
      for (call, action) in [
        (ECS.describeTasks(["t"], cluster: "c"), "ecs:DescribeTasks"), (EC2.describeVolumes(), "ec2:DescribeVolumes"),
      ] {
        let error = await #expect(throws: AWSError.self) { try await client.send(call) }
        #expect(error?.kind == .permissionDenied(action: action))
        #expect(error?.concernsCredentials == true)
      }
    }
  }

  @Test func aWrongSecretIsRefusedByTheSecondImplementation() async throws {
    try await FakeAWS().run { url in
      let client = try client(url, ["AWS_SECRET_ACCESS_KEY": "wrong"])
      let error = await #expect(throws: AWSError.self) { try await client.send(Batch.describeJobQueues()) }
      #expect(error?.kind == .credentials)
    }
  }

  @Test(arguments: [3600.0, -3600])
  func aWrongClockIsCorrectedOnce(offset: Double) async throws {
    let aws = FakeAWS(handlers: [Echo()], clockOffset: offset)
    try await aws.run { url in
      let client = try client(url)
      for _ in 0..<3 { _ = try await client.send(Batch.describeJobQueues()) }
    }
    #expect(aws.log.count == 4)
  }

  @Test func aBucketIsFollowedToItsRegion() async throws {
    var moved = FakeAnswer.xml("<Error><Code>PermanentRedirect</Code><Message>elsewhere</Message></Error>")
    (moved.status, moved.headers["x-amz-bucket-region"]) = (301, "eu-west-1")
    let lost = FakeAnswer.xml(
      "<Error><Code>AuthorizationHeaderMalformed</Code><Message>m</Message><Region>ap-south-1</Region></Error>")
    var malformed = lost
    malformed.status = 400
    let scripts: [String: [FakeFault?]] = ["GetObject": [.answer(moved), nil, .answer(moved), .answer(malformed)]]
    let aws = FakeAWS(handlers: [Echo()], faults: FakeFaults(scripts: scripts))
    try await aws.run { url in
      let client = try client(url)
      #expect(try await client.send(S3.getObject(bucket: "b", key: "k")).region == "eu-west-1")
      // A second redirect is not followed.
      await #expect(throws: AWSError.self) { try await client.send(S3.getObject(bucket: "b", key: "k")) }
    }
    #expect(aws.log.map(\.region) == ["us-east-1", "eu-west-1", "us-east-1", "eu-west-1"])
  }

  @Test func aRequestIsCancelledAtOnce() async throws {
    let faults = FakeFaults(shares: [(.slow(seconds: 1800), 1)])
    try await FakeAWS(handlers: [Echo()], faults: faults).run { url in
      let client = try client(url, maximumInFlight: 2)
      let clock = ContinuousClock()
      let tasks = (0..<6).map { _ in Task { try await client.send(Batch.describeJobQueues()) } }
      try await Task.sleep(for: .milliseconds(200))
      let start = clock.now
      for task in tasks { task.cancel() }
      for task in tasks {
        await #expect {
          _ = try await task.value
        } throws: {
          ($0 as? AWSError)?.kind == .cancelled
        }
      }
      #expect(clock.now - start < .seconds(300))
    }
  }

  @Test func cancellingEndsAWaitBetweenAttempts() async throws {
    let faults = FakeFaults(shares: [(.throttle, 1)])
    try await FakeAWS(handlers: [Echo()], faults: faults).run { url in
      let slow = Timing(now: { Date() }, sleep: { _ in try await Task.sleep(for: .seconds(1800)) }, random: { 0.9 })
      let client = try client(url, timing: slow)
      let task = Task { try await client.send(Batch.describeJobQueues()) }
      try await Task.sleep(for: .milliseconds(100))
      task.cancel()
      await #expect(throws: AWSError.self) { try await task.value }
    }
  }
}
