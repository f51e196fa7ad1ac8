import Foundation
import TestSupport
import Testing

@testable import AWS

/// The client against moto, an independent imitation of AWS that botocore filled.
@Suite struct MotoTests {
  @Test(.enabled("python3 with moto[server] is not installed") { await Python.has("moto.server") })
  func readsWhatBotocoreWrote() async throws {
    try await Moto.serve(Self.world) { try await check($0) }
  }

  private func check(_ greeting: String) async throws {
    let facts = try #require(try JSONSerialization.jsonObject(with: Data(greeting.utf8)) as? [String: String])
    let client = try client(try #require(facts["url"]))
    func object(_ call: Call) async throws -> [String: Any] {
      let answer = try await client.send(call)
      return try #require(try JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: Any])
    }

    let identity = try await client.callerIdentity()
    #expect(identity.account == "123456789012")
    let assumed = client.assuming(RoleToAssume(arn: "arn:aws:iam::123456789012:role/reader"))
    #expect(try await assumed.callerIdentity().arn.contains("assumed-role/reader"))

    let instances = try await object(
      EC2.describeInstances(ids: [try #require(facts["instance"]), "i-0123456789abcdef0"]))
    let reservations = try #require(instances["Reservations"] as? [[String: Any]])
    let found = try #require((reservations.first?["Instances"] as? [[String: Any]])?.first)
    #expect(found["InstanceId"] as? String == facts["instance"])
    #expect(found["InstanceType"] as? String == "m5.large")
    #expect((found["State"] as? [String: Any])?["Code"] as? Int == 16)
    let types = try await object(EC2.describeInstanceTypes(["m5.large"]))
    let type = try #require((types["InstanceTypes"] as? [[String: Any]])?.first)
    #expect((type["VCpuInfo"] as? [String: Any])?["DefaultVCpus"] as? Int == 2)
    #expect((type["MemoryInfo"] as? [String: Any])?["SizeInMiB"] as? Int == 8192)
    #expect((try await object(EC2.describeVolumes())["Volumes"] as? [Any])?.count == 1)

    var keys: [String] = []
    for try await page in client.pages(of: S3.listObjects(bucket: "events", prefix: "dir ")) {
      let body = try JSONSerialization.jsonObject(with: Data(page.body)) as? [String: Any]
      keys += (body?["Contents"] as? [[String: Any]] ?? []).compactMap { $0["Key"] as? String }
    }
    #expect(keys.count == 1203 && keys.contains("dir ü+/special&<>.json"))
    #expect(try await client.send(S3.getObject(bucket: "events", key: "dir ü+/special&<>.json")).text == "hello")

    let queue = try #require(facts["queue"])
    let received = try await object(SQS.receiveMessages(queueURL: queue, waitSeconds: 0))
    let messages = try #require(received["Messages"] as? [[String: Any]])
    #expect(messages.compactMap { $0["Body"] as? String } == ["event 1"])
    let handles = messages.compactMap { $0["ReceiptHandle"] as? String }
    let deleted = try await object(SQS.deleteMessages(queueURL: queue, receiptHandles: handles))
    #expect((deleted["Successful"] as? [Any])?.count == 1)

    #expect((try await object(ECS.listContainerInstances(cluster: "c"))["containerInstanceArns"] as? [Any])?.count == 0)
    let described = try await object(ECS.describeTasks(["0123456789abcdef0123456789abcdef"], cluster: "c"))
    #expect(described["failures"] is [Any])
    #expect((try await object(Batch.describeJobQueues())["jobQueues"] as? [Any])?.count == 0)
    let metrics = try await object(CloudWatch.listMetrics(namespace: "ECS/ContainerInsights"))
    #expect((metrics["Metrics"] as? [[String: Any]])?.first?["MetricName"] as? String == "MemoryUtilized")
    let missing = await #expect(throws: AWSError.self) {
      try await client.send(S3.getObject(bucket: "events", key: "none"))
    }
    #expect(missing?.kind == .service(code: "NoSuchKey"))
  }

  static let world = """
    from moto.s3.models import s3_backends

    image = make("ec2").describe_images()["Images"][0]["ImageId"]
    instance = make("ec2").run_instances(ImageId=image, InstanceType="m5.large", MinCount=1, MaxCount=1)
    s3 = make("s3")
    s3.create_bucket(Bucket="events")
    for number in range(1202):
        s3_backends["123456789012"]["aws"].put_object("events", f"dir {number}", b"x")
    s3.put_object(Bucket="events", Key="dir ü+/special&<>.json", Body=b"hello")
    queue = make("sqs").create_queue(QueueName="q")["QueueUrl"]
    make("sqs").send_message(QueueUrl=queue, MessageBody="event 1")
    make("ecs").create_cluster(clusterName="c")
    make("cloudwatch").put_metric_data(
        Namespace="ECS/ContainerInsights", MetricData=[dict(MetricName="MemoryUtilized", Value=1.0)])
    facts.update(instance=instance["Instances"][0]["InstanceId"], queue=queue)
    """
}
