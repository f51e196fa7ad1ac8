import Domain
import Foundation
import Store
import TestSupport
import Testing

@testable import AWS
@testable import Collect

/// Live collection from moto, an independent imitation of AWS.
@Suite struct MotoTests {
  @Test(
    "Jobs with their queue, environment and instance, and events from a bucket; what moto lacks is a finding",
    .enabled("python3 with moto[server] is not installed") { await Python.has("moto.server") })
  func collect() async throws {
    try await Moto.serve(Self.world) { try await check($0) }
  }

  private func check(_ greeting: String) async throws {
    let facts = try #require(try JSONSerialization.jsonObject(with: Data(greeting.utf8)) as? [String: String])
    var variables = FakeAWS.environment(url: try #require(facts["url"]))
    variables["AWS_MAX_ATTEMPTS"] = "2"
    let client = try AWSSession(environment: Environment(variables), timing: .quick).client()
    let events = ["s3://events/batch/", try #require(facts["queue"])].compactMap { EventPlace($0) }
    let database = try Database(path: ":memory:")
    let asOf = Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
    let outcomes = try await LiveCollector(database: database, settings: LiveSettings(asOf: asOf))
      .collect([LiveTarget(client: client, events: events)]).outcomes
    #expect(outcomes.map(\.place?.account) == ["123456789012"])
    // moto has neither.
    let failed = outcomes[0].failures.map { $0.description.prefix { $0 != ":" } }
    #expect(
      failed == [
        "CloudTrail LookupEvents in us-east-1", "Pricing GetProducts in us-east-1", "Pricing GetProducts in us-east-1",
      ])
    let counts = [
      ("job_queue WHERE name = 'queue' AND described = 1", 1),
      ("compute_environment WHERE name = 'env' AND described = 1", 1),
      ("job_definition WHERE name = 'step' AND described = 1", 1),
      ("job WHERE status = 'SUCCEEDED' AND kind <> 1", 3),
      ("instance_description WHERE instance_type = 'm5.large' AND source = 'ec2'", 1),
      ("instance_type WHERE name = 'm5.large' AND milli_vcpus = 2000", 1),
      ("instance_type WHERE name IN ('m6g.large', 'm7g.large') AND architecture = 'arm64'", 2),
      ("instance_event WHERE instance_id IN ('i-00000000000000001', 'i-00000000000000002')", 2),
      ("volume", 1), ("collection_finding WHERE check_name = 'source-failed'", 3),
    ]
    for (rows, count) in counts {
      let found = try database.read { try $0.integer("SELECT count(*) FROM \(rows)") }
      #expect(found == count, "\(rows)")
    }
    let left = try await client.send(SQS.receiveMessages(queueURL: try #require(facts["queue"]), waitSeconds: 0))
    #expect(
      !String(decoding: left.body, as: UTF8.self).contains("Body"), "messages are deleted once they are in the database"
    )
  }

  private static let world = """
    import time, urllib.request
    settings = json.dumps({"batch": {"use_docker": False}}).encode()
    urllib.request.urlopen(
        urllib.request.Request(f"{url}/moto-api/config", settings, {"Content-Type": "application/json"}))
    ec2, iam, batch = make("ec2"), make("iam"), make("batch")
    role = iam.create_role(RoleName="r", AssumeRolePolicyDocument='{"Version":"2012-10-17","Statement":[]}')
    iam.create_instance_profile(InstanceProfileName="p")
    iam.add_role_to_instance_profile(InstanceProfileName="p", RoleName="r")
    environment = batch.create_compute_environment(
        computeEnvironmentName="env", type="MANAGED", state="ENABLED", serviceRole=role["Role"]["Arn"],
        computeResources=dict(
            type="EC2", minvCpus=2, maxvCpus=4, desiredvCpus=2, instanceTypes=["m5.large"],
            subnets=[ec2.describe_subnets()["Subnets"][0]["SubnetId"]],
            securityGroupIds=[ec2.describe_security_groups()["SecurityGroups"][0]["GroupId"]],
            instanceRole="arn:aws:iam::123456789012:instance-profile/p"))
    batch.create_job_queue(
        jobQueueName="queue", state="ENABLED", priority=1,
        computeEnvironmentOrder=[dict(order=1, computeEnvironment=environment["computeEnvironmentArn"])])
    needs = [dict(type="VCPU", value="1"), dict(type="MEMORY", value="512")]
    batch.register_job_definition(
        jobDefinitionName="step", type="container",
        containerProperties=dict(image="busybox", command=["true"], resourceRequirements=needs))
    jobs = [
        batch.submit_job(jobName=f"job-{n}", jobQueue="queue", jobDefinition="step")["jobId"] for n in range(3)]
    for _ in range(100):
        if all(job["status"] == "SUCCEEDED" for job in batch.describe_jobs(jobs=jobs)["jobs"]): break
        time.sleep(0.1)
    instance = [i for r in ec2.describe_instances()["Reservations"] for i in r["Instances"]][0]["InstanceId"]
    ec2.create_tags(Resources=[instance], Tags=[dict(Key="AWSBatchServiceTag", Value="batch")])
    event = lambda n: json.dumps({
        "version": "0", "id": str(n), "detail-type": "EC2 Instance State-change Notification", "source": "aws.ec2",
        "account": "123456789012", "time": "2026-10-26T00:00:00Z", "region": "us-east-1", "resources": [],
        "detail": {"instance-id": f"i-0000000000000000{n}", "state": "running"}})
    s3, sqs = make("s3"), make("sqs")
    s3.create_bucket(Bucket="events")
    s3.put_object(Bucket="events", Key="batch/2026/10/26/one", Body=event(1).encode())
    queue = sqs.create_queue(QueueName="q")["QueueUrl"]
    sqs.send_message(QueueUrl=queue, MessageBody=event(2))
    facts.update(queue=queue)
    """
}
