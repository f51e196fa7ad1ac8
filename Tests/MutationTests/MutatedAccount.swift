import Domain
import Foundation

/// A small account with every kind of document: two jobs and a service job, an instance and a Fargate task, their
/// prices, usage and events.
enum MutatedAccount {
  /// A document, and how many things it describes.
  struct Part {
    var name: String
    var text: String
    var things: Int
    var isJSON = true
    /// Whether only some of its things are used and the others are skipped without a finding, like products of a price
    /// list.
    var isPicked = false
  }

  private static let batch = "arn:aws:batch:eu-west-1:111122223333"
  private static let training = "arn:aws:sagemaker:eu-west-1:111122223333:training-job/AWSBatchtrain"
  private static let ecs = "arn:aws:ecs:eu-west-1:111122223333"
  /// 2026-10-30T10:00:00Z
  private static let start: Int64 = 1_793_354_400_000

  private static func job(_ id: String, name: String, _ rest: String) -> String {
    """
    {"jobArn":"\(batch):job/\(id)","jobId":"\(id)","jobName":"\(name)","jobQueue":"\(batch):job-queue/q","jobDefinition":"\(batch):job-definition/d:1","status":"SUCCEEDED","createdAt":\(start),"startedAt":\(start + 300_000),"stoppedAt":\(start + 3_900_000),"tags":{"team":"a"},\(rest)}
    """
  }

  private static let first = job(
    "00000001-1111-1111-1111-111111111111", name: "align",
    """
    "retryStrategy":{"attempts":3},"timeout":{"attemptDurationSeconds":7200},"attempts":[{"startedAt":\(start + 300_000),"stoppedAt":\(start + 600_000),"statusReason":"Host EC2 (instance i-00000000000000001) terminated.","container":{"containerInstanceArn":"\(ecs):container-instance/c/1","taskArn":"\(ecs):task/c/0000000000000000000000000000000a","exitCode":1}},{"startedAt":\(start + 900_000),"stoppedAt":\(start + 3_900_000),"container":{"containerInstanceArn":"\(ecs):container-instance/c/1","taskArn":"\(ecs):task/c/0000000000000000000000000000000b","exitCode":0}}],"container":{"image":"x","resourceRequirements":[{"type":"VCPU","value":"2"},{"type":"MEMORY","value":"4096"},{"type":"GPU","value":"1"}],"containerInstanceArn":"\(ecs):container-instance/c/1","taskArn":"\(ecs):task/c/0000000000000000000000000000000b"}
    """)
  private static let second = job(
    "00000002-1111-1111-1111-111111111111:3", name: "merge",
    """
    "arrayProperties":{"index":3},"platformCapabilities":["FARGATE"],"attempts":[{"startedAt":\(start + 300_000),"stoppedAt":\(start + 3_900_000),"container":{"taskArn":"\(ecs):task/c/0000000000000000000000000000000c","exitCode":0}}],"container":{"resourceRequirements":[{"type":"VCPU","value":"0.5"},{"type":"MEMORY","value":"1024"}],"fargatePlatformConfiguration":{"platformVersion":"LATEST"},"ephemeralStorage":{"sizeInGiB":40},"taskArn":"\(ecs):task/c/0000000000000000000000000000000c"}
    """)

  private static func product(_ family: String, _ attributes: String, _ service: String, _ price: String) -> String {
    """
    {"product":{"productFamily":"\(family)","attributes":{"regionCode":"eu-west-1",\(attributes)}},"serviceCode":"\(service)","terms":{"OnDemand":{"t":{"effectiveDate":"2025-01-01T00:00:00Z","priceDimensions":{"d":{"unit":"Hrs","beginRange":"0","pricePerUnit":{"USD":"\(price)"}}}}}}}
    """
  }

  private static func event(_ type: String, _ detail: String) -> String {
    """
    {"version":"0","detail-type":"\(type)","source":"aws.ec2","account":"111122223333","time":"2026-10-30T11:10:00Z","region":"eu-west-1","detail":\(detail)}
    """
  }

  /// A string as JSON.
  private static func quoted(_ text: String) -> String { Document.text(text).json }

  /// The parts that are JSON, by name.
  static let documents = Dictionary(
    uniqueKeysWithValues: parts.filter(\.isJSON).compactMap { part in
      (try? Document(part.text)).map { (part.name, $0) }
    })

  static let parts: [Part] = [
    Part(name: "jobs", text: "{\"jobs\":[\(first),\(second)]}", things: 2),
    Part(
      name: "service",
      text: """
        {"jobArn":"\(batch):service-job/s","jobId":"00000003-1111-1111-1111-111111111111","jobName":"train","jobQueue":"\(batch):job-queue/s","status":"SUCCEEDED","createdAt":\(start),"startedAt":\(start),"stoppedAt":\(start + 60_000),"serviceJobType":"SAGEMAKER_TRAINING","scheduledAt":\(start - 60_000),"attempts":[{"startedAt":\(start),"stoppedAt":\(start + 60_000),"serviceResourceId":{"name":"TrainingJobArn","value":"\(training)"}}],"serviceRequestPayload":\(quoted(#"{"ResourceConfig":{"InstanceType":"ml.g5.xlarge","InstanceCount":2}}"#))}
        """, things: 1),
    Part(
      name: "training",
      text: """
        {"TrainingJobName":"AWSBatchtrain","TrainingJobArn":"\(training)","TrainingJobStatus":"Completed","ResourceConfig":{"InstanceType":"ml.g5.xlarge","InstanceCount":2,"KeepAlivePeriodInSeconds":600},"CreationTime":\(start / 1000),"TrainingStartTime":\(start / 1000),"TrainingEndTime":\(start / 1000 + 60),"LastModifiedTime":\(start / 1000 + 61),"TrainingTimeInSeconds":60,"BillableTimeInSeconds":60,"EnableManagedSpotTraining":false,"WarmPoolStatus":{"Status":"Terminated","ResourceRetainedBillableTimeInSeconds":600}}
        """, things: 1),
    Part(
      name: "queues",
      text: """
        {"jobQueues":[{"jobQueueName":"q","jobQueueArn":"\(batch):job-queue/q","state":"ENABLED","priority":1,"computeEnvironmentOrder":[{"order":1,"computeEnvironment":"\(batch):compute-environment/e"}]}]}
        """, things: 1),
    Part(
      name: "environments",
      text: """
        {"computeEnvironments":[{"computeEnvironmentName":"e","computeEnvironmentArn":"\(batch):compute-environment/e","ecsClusterArn":"\(ecs):cluster/c","type":"MANAGED","state":"ENABLED","containerOrchestrationType":"ECS","computeResources":{"type":"SPOT","minvCpus":0,"maxvCpus":256,"desiredvCpus":4,"instanceTypes":["c5"],"bidPercentage":60}}]}
        """, things: 1),
    Part(
      name: "definitions",
      text: """
        {"jobDefinitions":[{"jobDefinitionName":"d","jobDefinitionArn":"\(batch):job-definition/d:1","revision":1,"status":"ACTIVE","type":"container","containerProperties":{"resourceRequirements":[{"type":"VCPU","value":"2"},{"type":"MEMORY","value":"4096"}]},"retryStrategy":{"attempts":3}}]}
        """, things: 1),
    Part(
      name: "registrations",
      text: """
        {"containerInstances":[{"containerInstanceArn":"\(ecs):container-instance/c/1","ec2InstanceId":"i-00000000000000001","status":"ACTIVE","version":7,"registeredAt":"2026-10-30T10:03:00Z","registeredResources":[{"name":"CPU","type":"INTEGER","integerValue":4096},{"name":"MEMORY","type":"INTEGER","integerValue":7600},{"name":"GPU","type":"STRINGSET","stringSetValue":["g"]}],"attributes":[{"name":"ecs.instance-type","value":"c5.xlarge"},{"name":"ecs.availability-zone","value":"eu-west-1a"},{"name":"ecs.os-type","value":"linux"}]}],"failures":[{"arn":"\(ecs):container-instance/c/2","reason":"MISSING"}]}
        """, things: 2),
    Part(
      name: "tasks",
      text: """
        {"tasks":[{"taskArn":"\(ecs):task/c/0000000000000000000000000000000c","clusterArn":"\(ecs):cluster/c","lastStatus":"STOPPED","launchType":"FARGATE","containers":[{"name":"a","gpuIds":["GPU-a"]}],"availabilityZone":"eu-west-1a","cpu":"512","memory":"1024","version":5,"ephemeralStorage":{"sizeInGiB":40},"createdAt":"2026-10-30T10:01:00Z","pullStartedAt":"2026-10-30T10:02:00Z","pullStoppedAt":"2026-10-30T10:04:00Z","startedAt":"2026-10-30T10:05:00Z","stoppedAt":"2026-10-30T11:05:00Z","attributes":[{"name":"ecs.cpu-architecture","value":"x86_64"}]}],"failures":[]}
        """, things: 1),
    Part(
      name: "instances",
      text: """
        {"Reservations":[{"OwnerId":"111122223333","ReservationId":"r-1","Instances":[{"InstanceId":"i-00000000000000001","InstanceType":"c5.xlarge","LaunchTime":"2026-10-30T10:02:00Z","InstanceLifecycle":"spot","Placement":{"AvailabilityZone":"eu-west-1a","Tenancy":"default"},"State":{"Name":"terminated"},"StateTransitionReason":"User initiated (2026-10-30 11:20:00 GMT)","StateReason":{"Code":"Client.UserInitiatedShutdown"},"PlatformDetails":"Linux/UNIX","UsageOperation":"RunInstances","PublicIpAddress":"203.0.113.1","NetworkInterfaces":[{"NetworkInterfaceId":"eni-1","Association":{"PublicIp":"203.0.113.1"}}],"Tags":[{"Key":"aws:autoscaling:groupName","Value":"g"}]}]}]}
        """, things: 1),
    Part(
      name: "types",
      text: """
        {"InstanceTypes":[{"InstanceType":"c5.xlarge","VCpuInfo":{"DefaultVCpus":4},"MemoryInfo":{"SizeInMiB":8192},"GpuInfo":{"Gpus":[{"Count":1,"MemoryInfo":{"SizeInMiB":16384}}],"TotalGpuMemoryInMiB":16384},"ProcessorInfo":{"SupportedArchitectures":["x86_64"]},"BurstablePerformanceSupported":false,"BareMetal":false}]}
        """, things: 1),
    Part(
      name: "spot",
      text: """
        {"SpotPriceHistory":[{"AvailabilityZone":"eu-west-1a","InstanceType":"c5.xlarge","ProductDescription":"Linux/UNIX","SpotPrice":"0.070000","Timestamp":"2026-10-30T09:00:00Z"},{"AvailabilityZone":"eu-west-1a","InstanceType":"c5.xlarge","ProductDescription":"Linux/UNIX","SpotPrice":"0.080000","Timestamp":"2026-10-30T11:00:00Z"}]}
        """, things: 2),
    Part(
      name: "volumes",
      text: """
        {"Volumes":[{"VolumeId":"vol-1","AvailabilityZone":"eu-west-1a","VolumeType":"gp3","Size":30,"Iops":3000,"Throughput":125,"CreateTime":"2026-10-30T10:02:00Z","Attachments":[{"InstanceId":"i-00000000000000001","AttachTime":"2026-10-30T10:02:05Z","DeleteOnTermination":true}]}]}
        """, things: 1),
    Part(
      name: "reservations",
      text: """
        {"CapacityReservations":[{"CapacityReservationId":"cr-1","OwnerId":"111122223333","InstanceType":"g5.xlarge","InstancePlatform":"Linux/UNIX","AvailabilityZone":"eu-west-1a","Tenancy":"default","TotalInstanceCount":2,"AvailableInstanceCount":1,"State":"active","StartDate":"2026-10-30T10:00:00Z","CreateDate":"2026-10-30T10:00:00Z","ReservationType":"default","Interruptible":false}]}
        """, things: 1),
    Part(
      name: "blocks",
      text: """
        {"CapacityBlocks":[{"CapacityBlockId":"cb-1","AvailabilityZone":"eu-west-1a","CapacityReservationIds":["cr-2"],"StartDate":"2026-10-30T10:00:00Z","EndDate":"2026-10-30T12:00:00Z","CreateDate":"2026-10-30T10:00:00Z","State":"active"}]}
        """, things: 1),
    Part(
      name: "prices",
      text: "{\"PriceList\":["
        + [
          product(
            "Compute Instance",
            #""usagetype":"EU-BoxUsage:c5.xlarge","instanceType":"c5.xlarge","operatingSystem":"Linux","tenancy":"Shared","preInstalledSw":"NA","capacitystatus":"Used""#,
            "AmazonEC2", "0.192"),
          product("Storage", #""usagetype":"EU-EBS:VolumeUsage.gp3""#, "AmazonEC2", "0.088"),
          product("Compute", #""usagetype":"EU-Fargate-vCPU-Hours:perCPU""#, "AmazonECS", "0.04048"),
          product("Compute", #""usagetype":"EU-Fargate-GB-Hours""#, "AmazonECS", "0.004445"),
          product("ML Instance", #""usagetype":"EU-Train:ml.g5.xlarge""#, "AmazonSageMaker", "1.572"),
        ].map(quoted).joined(separator: ",") + "]}", things: 5, isPicked: true),
    Part(
      name: "trail",
      text: "{\"Events\":[{\"EventName\":\"RunInstances\",\"CloudTrailEvent\":"
        + quoted(
          #"{"eventName":"RunInstances","eventTime":"2026-10-30T10:02:00Z","awsRegion":"eu-west-1","recipientAccountId":"111122223333","responseElements":{"instancesSet":{"items":[{"instanceId":"i-00000000000000001","instanceType":"c5.xlarge","launchTime":1793354520000,"placement":{"availabilityZone":"eu-west-1a"},"instanceLifecycle":"spot"}]}}}"#
        ) + "},{\"CloudTrailEvent\":"
        + quoted(
          #"{"eventName":"BidEvictedEvent","eventTime":"2026-10-30T11:20:00Z","awsRegion":"eu-west-1","recipientAccountId":"111122223333","serviceEventDetails":{"instanceIdSet":["i-00000000000000001"]}}"#
        ) + "}]}", things: 2),
    Part(
      name: "queue",
      text: "{\"Messages\":[{\"MessageId\":\"1\",\"ReceiptHandle\":\"r\",\"Body\":"
        + quoted(
          "{\"Type\":\"Notification\",\"TopicArn\":\"arn:t\",\"Message\":"
            + quoted(
              event(
                "EC2 Instance State-change Notification",
                #"{"instance-id":"i-00000000000000001","state":"shutting-down"}"#))
            + "}") + "}]}", things: 1),
    Part(
      name: "event",
      text: event("Batch Job State Change", first), things: 2),
    Part(
      name: "usage",
      text: """
        {"results":[[{"field":"TaskId","value":"0000000000000000000000000000000b"},{"field":"max(MemoryUtilized)","value":"900"},{"field":"avg(CpuUtilized)","value":"512.5"},{"field":"max(CpuUtilized)","value":"2048"},{"field":"count(*)","value":"60"}]],"status":"Complete"}
        """, things: 1),
    Part(
      name: "record",
      text: """
        {"Type":"Task","TaskId":"0000000000000000000000000000000c","Timestamp":1793354760000,"CpuUtilized":100.5,"MemoryUtilized":300,"EC2InstanceId":"i-00000000000000001"}
        """, things: 1),
    Part(
      name: "advisor",
      text: """
        {"ranges":[{"index":0,"label":"<5%","dots":0,"max":5}],"spot_advisor":{"eu-west-1":{"Linux":{"c5.xlarge":{"s":70,"r":0}}}}}
        """, things: 1),
    Part(
      name: "objects",
      text: #"{"Contents":[{"Key":"ck/a/1.pt","LastModified":"2026-10-30T10:45:00Z","Size":10}],"Prefix":"ck/"}"#,
      things: 1),
    Part(
      name: "trace",
      text: "task_id\thash\tnative_id\tname\tstatus\t%cpu\tpeak_rss\n"
        + "1\tab/12\t00000001-1111-1111-1111-111111111111\tT (a)\tCOMPLETED\t150.0%\t1.5 GB\n", things: 1, isJSON: false
    ),
  ]
}
