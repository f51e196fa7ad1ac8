import Store
import TestSupport
import Testing

@testable import Collect

private let batch = "arn:aws:batch:us-west-2:111122223333"
private let ecs = "arn:aws:ecs:us-west-2:111122223333"

/// Bare lists and single things, as `--query` prints them.
@Suite struct BareDocumentTests {
  private static let things: [(kind: String, list: String, one: String, table: String)] = [
    (
      "jobs", "jobs",
      #"{"jobArn":"\#(batch):job/a","jobId":"a","jobQueue":"\#(batch):job-queue/q","jobDefinition":"\#(batch):job-definition/d:1","status":"FAILED","createdAt":1777889640000}"#,
      "job"
    ),
    ("queues", "jobQueues", #"{"jobQueueArn":"\#(batch):job-queue/q","state":"ENABLED"}"#, "job_queue WHERE described"),
    (
      "environments", "computeEnvironments",
      #"{"computeEnvironmentArn":"\#(batch):compute-environment/e","type":"MANAGED"}"#, "compute_environment"
    ),
    (
      "definitions", "jobDefinitions", #"{"jobDefinitionArn":"\#(batch):job-definition/d:1","revision":1}"#,
      "job_definition WHERE described"
    ),
    (
      "registrations", "containerInstances",
      #"{"containerInstanceArn":"\#(ecs):container-instance/c/1","ec2InstanceId":"i-1","status":"ACTIVE"}"#,
      "container_instance WHERE instance_id = 'i-1'"
    ),
    (
      "tasks", "tasks",
      #"{"clusterArn":"\#(ecs):cluster/c","containerInstanceArn":"\#(ecs):container-instance/c/1","lastStatus":"RUNNING","taskArn":"\#(ecs):task/c/t"}"#,
      "task"
    ),
    (
      "Spot requests", "SpotInstanceRequests",
      #"{"SpotInstanceRequestId":"sir-1","InstanceId":"i-1","State":"closed","Status":{"Code":"instance-terminated-no-capacity","UpdateTime":"2026-05-04T10:50:00Z"}}"#,
      "instance_event WHERE kind = 'spot-request-reclaimed'"
    ),
    (
      "failures", "failures", #"{"arn":"\#(ecs):container-instance/c/2","reason":"MISSING"}"#,
      "container_instance WHERE missing"
    ),
    (
      "instances", "Instances",
      #"{"InstanceId":"i-1","InstanceType":"c5.xlarge","LaunchTime":"2026-05-04T10:00:00Z","Placement":{"AvailabilityZone":"us-west-2a"}}"#,
      "instance_description WHERE instance_type = 'c5.xlarge'"
    ),
    (
      "reservations", "Reservations",
      #"{"OwnerId":"111122223333","ReservationId":"r-1","Instances":[{"InstanceId":"i-1","Placement":{"AvailabilityZone":"us-west-2a"}}]}"#,
      "instance_description d JOIN account_region a ON a.id = d.account_region WHERE a.account = '111122223333'"
    ),
    (
      "types", "InstanceTypes",
      #"{"InstanceType":"c5.xlarge","VCpuInfo":{"DefaultVCpus":4},"MemoryInfo":{"SizeInMiB":8192}}"#, "instance_type"
    ),
    (
      "Spot prices", "SpotPriceHistory",
      #"{"AvailabilityZone":"us-west-2a","InstanceType":"c5.xlarge","ProductDescription":"Linux/UNIX","SpotPrice":"0.07","Timestamp":"2026-05-04T09:00:00+00:00"}"#,
      "spot_price"
    ),
    ("volumes", "Volumes", #"{"Attachments":[],"VolumeId":"vol-1","Size":30,"VolumeType":"gp3"}"#, "volume"),
    (
      "events of CloudTrail", "Events",
      #"{"EventId":"x","EventName":"TerminateInstances","CloudTrailEvent":"{\"eventName\":\"TerminateInstances\",\"eventTime\":\"2026-05-04T10:00:00Z\",\"responseElements\":{\"instancesSet\":{\"items\":[{\"instanceId\":\"i-1\"}]}}}"}"#,
      "instance_event"
    ),
    (
      "prices", "PriceList",
      #""{\"product\":{\"productFamily\":\"Compute Instance\",\"attributes\":{\"servicecode\":\"AmazonEC2\",\"regionCode\":\"us-west-2\",\"usagetype\":\"x\",\"instanceType\":\"c5.xlarge\",\"operatingSystem\":\"Linux\",\"tenancy\":\"Shared\",\"preInstalledSw\":\"NA\",\"capacitystatus\":\"Used\"}},\"serviceCode\":\"AmazonEC2\",\"terms\":{\"OnDemand\":{\"a\":{\"effectiveDate\":\"2025-01-01T00:00:00Z\",\"priceDimensions\":{\"b\":{\"unit\":\"Hrs\",\"beginRange\":\"0\",\"pricePerUnit\":{\"USD\":\"0.17\"}}}}}}}""#,
      "list_price"
    ),
    (
      "rows of a query", "results", #"[{"field":"TaskId","value":"t"},{"field":"max(MemoryUtilized)","value":"5"}]"#,
      "task_usage WHERE memory_maximum_mib = 5"
    ),
    (
      "log events", "events",
      #"{"timestamp":1,"message":"{\"Type\":\"Task\",\"TaskId\":\"t\",\"Timestamp\":1777889640000,\"MemoryUtilized\":5}"}"#,
      "task_usage WHERE memory_maximum_mib = 5"
    ),
  ]

  @Test(arguments: things.map(\.kind)) func read(_ kind: String) throws {
    let thing = try #require(Self.things.first { $0.kind == kind })
    let answer = "{\"\(thing.list)\":[\(thing.one)]}"
    var forms = [answer, "[\(thing.one)]", "[\n\(thing.one)\n]", "[[\(thing.one)],[\(thing.one)]]", answer + answer]
    if thing.one.hasPrefix("{") {
      forms += [thing.one, "\(thing.one)\n\(thing.one)\n", thing.one + thing.one, "[[[\(thing.one)]]]"]
    }
    for form in forms {
      if thing.kind == "rows of a query", form.hasPrefix("[[[") { continue }
      let database = try collected(form)
      #expect(try database.lines("SELECT count(*) FROM \(thing.table)") == ["1"], "\(form)")
      #expect(try database.findings == [], "\(form)")
    }
  }

  @Test("Answers by region, by account, beside what was asked, and things by id", arguments: things.map(\.kind))
  func parts(_ kind: String) throws {
    let thing = try #require(Self.things.first { $0.kind == kind })
    let answer = "{\"\(thing.list)\":[\(thing.one)]}"
    var forms = [
      "{\"us-west-2\":\(answer)}", "{\"us-west-2\":\(answer),\"eu-west-1\":{\"\(thing.list)\":[]}}",
      "{\"111122223333\":{\"us-west-2\":\(answer)}}", "[{\"Region\":\"us-west-2\",\"Result\":\(answer)}]",
      "{\"response\":\(answer),\"ResponseMetadata\":{\"HTTPStatusCode\":200}}",
    ]
    if thing.one.hasPrefix("{") { forms += ["{\"us-west-2\":[\(thing.one)]}", "{\"a\":\(thing.one)}"] }
    for form in forms {
      let database = try collected(form)
      #expect(try database.lines("SELECT count(*) FROM \(thing.table)") == ["1"], "\(form)")
      #expect(try database.findings == [], "\(form)")
    }
  }

  @Test("What is beside a known part, and unknown itself, is a finding")
  func unknownPart() throws {
    let database = try collected(
      #"{"us-west-2":{"jobQueues":[{"jobQueueArn":"\#(batch):job-queue/q"}]},"eu-west-1":{"error":"denied"}}"#)
    #expect(try database.lines("SELECT count(*) FROM job_queue WHERE described") == ["1"])
    #expect(
      try database.findings == ["unknown-document|eu-west-1|is not recognised, although what is beside it is"])
  }

  @Test("An event without its type is unknown, whatever its detail holds")
  func eventWithoutType() throws {
    let volume = try #require(Self.things.first { $0.kind == "volumes" })
    let database = try collected(
      "[{\"source\":\"aws.batch\",\"detail\":\(volume.one)},{\"jobQueueArn\":\"\(batch):job-queue/q\"}]")
    #expect(try database.lines("SELECT count(*) FROM volume") == ["0"])
    #expect(try database.findings == ["unknown-document||is unknown: its members are source, detail"])
  }

  @Test("Instances as scaling groups list them are no descriptions")
  func instancesOfOthers() throws {
    let database = try collected(
      #"{"AutoScalingGroups":[{"AutoScalingGroupName":"g","Instances":[{"InstanceId":"i-1","InstanceType":"c5.xlarge","AvailabilityZone":"us-west-2a","LifecycleState":"InService"}]}]}"#
    )
    #expect(try database.lines("SELECT count(*) FROM instance_description") == ["0"])
    #expect(
      try database.findings == [
        "unknown-document|AutoScalingGroups: Instances[0]|has neither LaunchTime, Placement nor State: it is not EC2's "
          + "description of an instance"
      ])
  }

  @Test("A page of one region that ends with a token lacks its further pages, whatever other regions have")
  func missingPagesOfAPart() throws {
    let folder = try TemporaryFolder()
    try folder.add(
      "queues.json",
      #"{"us-west-2":{"jobQueues":[{"jobQueueArn":"\#(batch):job-queue/q"}],"nextToken":"t"},"eu-west-1":{"jobQueues":[]}}"#
    )
    let database = try Database(path: ":memory:")
    _ = try Collector().collect(paths: [folder.path], asOf: nil, database: database)
    #expect(
      try database.lines("SELECT check_name, place FROM collection_finding") == ["missing-pages|us-west-2.jobQueues"])
  }

  @Test("Bare names are an unknown document", arguments: [#"["arn:aws:batch:x"]"#, "[1,2]", #""jobs""#])
  func unknown(_ text: String) throws {
    #expect(try collected(text).findings.allSatisfy { $0.hasPrefix("unknown-document") })
    #expect(try collected(text).findings.count >= 1)
  }
}
