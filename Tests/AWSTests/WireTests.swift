import Foundation
import TestSupport
import Testing

@testable import AWS

/// Our requests against botocore's, for the same parameters.
@Suite struct WireTests {
  private static let calls: [String: Call] = [
    "batch ListJobs": Batch.listJobs(.queue("q"), .status("FAILED")),
    "batch ListJobs filter": Batch.listJobs(.queue("q"), .createdAfter(milliseconds: 1_792_369_199_381)),
    "batch ListJobs array": Batch.listJobs(.array(jobID: "j"), .status("RUNNING"), pageSize: 7),
    "batch ListJobs nodes": Batch.listJobs(.multiNode(jobID: "j"), .status("RUNNING")),
    "batch DescribeJobs": Batch.describeJobs(["a", "b:1", "c#0"]),
    "batch DescribeJobQueues": Batch.describeJobQueues(),
    "batch DescribeSchedulingPolicies": Batch.describeSchedulingPolicies(["arn:p"]),
    "batch DescribeComputeEnvironments": Batch.describeComputeEnvironments(["ce"]),
    "batch DescribeJobDefinitions": Batch.describeJobDefinitions(["d:1"]),
    "batch DescribeJobDefinitions status": Batch.describeJobDefinitions(status: "ACTIVE"),
    "ecs ListContainerInstances": ECS.listContainerInstances(cluster: "c", status: "DRAINING"),
    "ecs DescribeContainerInstances": ECS.describeContainerInstances(["a"], cluster: "c"),
    "ecs ListTasks": ECS.listTasks(cluster: "c", desiredStatus: "STOPPED"),
    "ecs DescribeTasks": ECS.describeTasks(["t"], cluster: "c"),
    "ec2 DescribeInstances": EC2.describeInstances(ids: ["i-1", "i-2"], filters: [.init("tag:a", ["b c"])]),
    "ec2 DescribeInstanceTypes": EC2.describeInstanceTypes(["m5.large"]),
    "ec2 DescribeSpotInstanceRequests": EC2.describeSpotInstanceRequests(ids: ["sir-1"]),
    "ec2 DescribeSpotPriceHistory": EC2.describeSpotPriceHistory(
      instanceTypes: ["m5.large", "c5.large"], productDescriptions: ["Linux/UNIX", "Linux/UNIX (Amazon VPC)"],
      start: "2026-10-19T00:00:00Z", end: "2026-10-20T00:00:00Z", zones: ["eu-west-1a"]),
    "ec2 DescribeCapacityBlocks": EC2.describeCapacityBlocks(),
    "ec2 DescribeCapacityReservations": EC2.describeCapacityReservations(),
    "ec2 DescribeVolumes": EC2.describeVolumes(filters: [.init("attachment.instance-id", ["i-1"])]),
    "pricing GetProducts": Pricing.getProducts(serviceCode: "AmazonEC2", matching: [("instanceType", "m5.large")]),
    "cloudtrail LookupEvents": CloudTrail.lookupEvents(
      attribute: ("EventName", "RunInstances"), start: 1_792_368_000, end: 1_792_454_400),
    "cloudwatch GetMetricData": CloudWatch.getMetricData(
      [
        .init(
          id: "m0", namespace: "ECS/ContainerInsights", metric: "MemoryUtilized", dimensions: [("ClusterName", "c")],
          periodSeconds: 60, statistic: "Maximum")
      ], start: 1_792_368_000, end: 1_792_454_400),
    "cloudwatch ListMetrics": CloudWatch.listMetrics(namespace: "n", metric: "m", dimensions: [("TaskId", "t")]),
    "logs StartQuery": Logs.startQuery("fields @message", groups: ["g"], start: 1, end: 2, limit: 5),
    "logs GetQueryResults": Logs.getQueryResults("id"),
    "sqs ReceiveMessage": SQS.receiveMessages(queueURL: "https://q", waitSeconds: 3, visibilitySeconds: 60),
    "sqs DeleteMessageBatch": SQS.deleteMessages(queueURL: "https://q", receiptHandles: ["r", "s"]),
    "s3 ListObjectsV2": S3.listObjects(bucket: "my-bucket", prefix: "a b/", after: "a b/c"),
    "s3 GetObject": S3.getObject(bucket: "my-bucket", key: "a b//ü+c"),
    "sts GetCallerIdentity": STS.getCallerIdentity(),
    "sts AssumeRole": STS.assumeRole(RoleToAssume(arn: "arn:aws:iam::1:role/long-enough", externalID: "e&f")),
  ]

  @Test(.enabled("python3 with botocore is not installed") { await Python.has("botocore") })
  func everyOperationIsSentAsBotocoreSendsIt() async throws {
    let lines = try await Python.run(Self.oracle, input: "").split(separator: "\n")
    var equal = 0
    for line in lines {
      let expected = try #require(
        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      let name = try #require(expected["name"] as? String)
      let ours = try Self.summary(try #require(Self.calls[name]), name)
      let same = NSDictionary(dictionary: ours) == NSDictionary(dictionary: expected)
      #expect(same, "\(name)\n ours \(ours)\n botocore \(expected)")
      if same { equal += 1 }
    }
    print("requests against botocore: \(equal) of \(Self.calls.count) equal")
    #expect(equal == Self.calls.count)
  }

  private static func summary(_ call: Call, _ name: String) throws -> [String: Any] {
    let request = call.request(to: Endpoint(host: "aws.test"), isCustomEndpoint: true)
    func header(_ name: String) -> String { request.headers.first { $0.name == name }?.value ?? "" }
    var summary: [String: Any] = [
      "name": name, "method": request.method.rawValue, "path": request.path, "query": request.canonicalQuery,
      "type": header("Content-Type"), "target": header("X-Amz-Target"),
    ]
    if case .form = call.input {
      let pairs = parameterPairs(String(decoding: request.body, as: UTF8.self))
      summary["body"] = Dictionary(pairs) { $1 }
    } else {
      summary["body"] = request.body.isEmpty ? "" : try JSONSerialization.jsonObject(with: Data(request.body))
    }
    return summary
  }

  private static func parameterPairs(_ form: String) -> [(String, String)] {
    form.split(separator: "&").map { pair in
      let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      func text(_ side: Substring) -> String { String(side).removingPercentEncoding ?? "" }
      return (text(sides[0]), text(sides.count > 1 ? sides[1] : ""))
    }
  }

  static let oracle = """
    import datetime, json, urllib.parse
    import botocore.serialize, botocore.session

    day = datetime.datetime(2026, 10, 19, tzinfo=datetime.timezone.utc)
    next_day = day + datetime.timedelta(days=1)
    CASES = {
        "batch ListJobs": dict(jobQueue="q", jobStatus="FAILED", maxResults=1000),
        "batch ListJobs filter": dict(
            jobQueue="q", filters=[dict(name="AFTER_CREATED_AT", values=["1792369199381"])], maxResults=100),
        "batch ListJobs array": dict(arrayJobId="j", jobStatus="RUNNING", maxResults=7),
        "batch ListJobs nodes": dict(multiNodeJobId="j", jobStatus="RUNNING", maxResults=1000),
        "batch DescribeJobs": dict(jobs=["a", "b:1", "c#0"]),
        "batch DescribeJobQueues": dict(),
        "batch DescribeSchedulingPolicies": dict(arns=["arn:p"]),
        "batch DescribeComputeEnvironments": dict(computeEnvironments=["ce"]),
        "batch DescribeJobDefinitions": dict(jobDefinitions=["d:1"]),
        "batch DescribeJobDefinitions status": dict(status="ACTIVE"),
        "ecs ListContainerInstances": dict(cluster="c", status="DRAINING", maxResults=100),
        "ecs DescribeContainerInstances": dict(cluster="c", containerInstances=["a"]),
        "ecs ListTasks": dict(cluster="c", desiredStatus="STOPPED", maxResults=100),
        "ecs DescribeTasks": dict(cluster="c", tasks=["t"]),
        "ec2 DescribeInstances": dict(
            Filters=[dict(Name="tag:a", Values=["b c"]), dict(Name="instance-id", Values=["i-1", "i-2"])], MaxResults=1000),
        "ec2 DescribeInstanceTypes": dict(Filters=[dict(Name="instance-type", Values=["m5.large"])], MaxResults=100),
        "ec2 DescribeSpotInstanceRequests": dict(
            Filters=[dict(Name="spot-instance-request-id", Values=["sir-1"])], MaxResults=1000),
        "ec2 DescribeSpotPriceHistory": dict(
            InstanceTypes=["m5.large", "c5.large"], ProductDescriptions=["Linux/UNIX", "Linux/UNIX (Amazon VPC)"],
            Filters=[dict(Name="availability-zone", Values=["eu-west-1a"])], StartTime=day, EndTime=next_day,
            MaxResults=1000),
        "ec2 DescribeCapacityBlocks": dict(MaxResults=1000),
        "ec2 DescribeCapacityReservations": dict(MaxResults=1000),
        "ec2 DescribeVolumes": dict(
            Filters=[dict(Name="attachment.instance-id", Values=["i-1"])], MaxResults=500),
        "pricing GetProducts": dict(
            ServiceCode="AmazonEC2", FormatVersion="aws_v1", MaxResults=100,
            Filters=[dict(Type="TERM_MATCH", Field="instanceType", Value="m5.large")]),
        "cloudtrail LookupEvents": dict(
            LookupAttributes=[dict(AttributeKey="EventName", AttributeValue="RunInstances")], StartTime=day,
            EndTime=next_day, MaxResults=50),
        "cloudwatch GetMetricData": dict(
            MetricDataQueries=[dict(Id="m0", ReturnData=True, MetricStat=dict(
                Metric=dict(Namespace="ECS/ContainerInsights", MetricName="MemoryUtilized",
                            Dimensions=[dict(Name="ClusterName", Value="c")]), Period=60, Stat="Maximum"))],
            StartTime=day, EndTime=next_day, ScanBy="TimestampAscending"),
        "cloudwatch ListMetrics": dict(
            Namespace="n", MetricName="m", Dimensions=[dict(Name="TaskId", Value="t")]),
        "logs StartQuery": dict(
            logGroupNames=["g"], startTime=1, endTime=2, queryString="fields @message", limit=5),
        "logs GetQueryResults": dict(queryId="id"),
        "sqs ReceiveMessage": dict(
            QueueUrl="https://q", MaxNumberOfMessages=10, WaitTimeSeconds=3, VisibilityTimeout=60),
        "sqs DeleteMessageBatch": dict(
            QueueUrl="https://q", Entries=[dict(Id="0", ReceiptHandle="r"), dict(Id="1", ReceiptHandle="s")]),
        "s3 ListObjectsV2": dict(Bucket="my-bucket", Prefix="a b/", StartAfter="a b/c"),
        "s3 GetObject": dict(Bucket="my-bucket", Key="a b//ü+c"),
        "sts GetCallerIdentity": dict(),
        "sts AssumeRole": dict(
            RoleArn="arn:aws:iam::1:role/long-enough", RoleSessionName="batchcost", ExternalId="e&f"),
    }
    session = botocore.session.get_session()
    for name, parameters in CASES.items():
        service, operation = name.split()[:2]
        model = session.get_service_model(service)
        protocol = "json" if service == "cloudwatch" else model.metadata["protocol"]
        serializer = botocore.serialize.create_serializer(protocol, include_validation=True)
        made = serializer.serialize_to_request(parameters, model.operation_model(operation))
        body = made["body"]
        kind = made["headers"].get("Content-Type", "")
        if isinstance(body, dict):
            body = {key: str(value) for key, value in body.items()}
        else:
            body = json.loads(body) if body else ""
            if service == "batch":
                kind = "application/json"
        path, _, fixed = made["url_path"].partition("?")
        query = dict(urllib.parse.parse_qsl(fixed)) | dict(made["query_string"] or {})
        print(json.dumps({
            "name": name, "method": made["method"], "path": path,
            "query": "&".join(f"{k}={urllib.parse.quote(v, safe='-_.~')}" for k, v in sorted(query.items())),
            "type": kind, "target": made["headers"].get("X-Amz-Target", ""), "body": body}))
    """
}
