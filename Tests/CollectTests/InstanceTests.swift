import Domain
import Store
import Testing

@testable import Collect

/// EC2's own answers, CloudTrail and events: what instances are and when they ran.
@Suite struct InstanceTests {
  @Test func reservations() throws {
    let database = try collected(
      """
      {"Reservations":[{"OwnerId":"111122223333","Instances":[{"InstanceId":"i-1","InstanceType":"m6i.large",
        "LaunchTime":"2026-10-24T01:11:27+00:00","Placement":{"AvailabilityZone":"eu-west-1b","Tenancy":"default"},
        "State":{"Code":48,"Name":"terminated"},"StateTransitionReason":"User initiated (2026-10-24 01:39:12 GMT)",
        "PlatformDetails":"Linux/UNIX","UsageOperation":"RunInstances","InstanceLifecycle":"spot",
        "SpotInstanceRequestId":"sir-1","StateReason":{"Code":"Client.UserInitiatedShutdown"},"NetworkInterfaces":[],
        "Tags":[{"Key":"b","Value":"2"},{"Key":"aws:autoscaling:groupName","Value":"asg-1"}]}]}]}
      """,
      // The same instance while still running: an earlier state.
      """
      {"Reservations":[{"OwnerId":"111122223333","Instances":[{"InstanceId":"i-1","InstanceType":"m6i.large",
        "LaunchTime":"2026-10-24T01:11:27Z","Placement":{"AvailabilityZone":"eu-west-1b"},
        "State":{"Name":"running"},"PublicIpAddress":"1.2.3.4","NetworkInterfaces":[
          {"NetworkInterfaceId":"eni-0"},{"NetworkInterfaceId":"eni-1","Association":{"PublicIp":"1.2.3.4"}}]}]}]}
      """)
    #expect(try database.lines("SELECT instance_id, network_interface FROM instance_address") == ["i-1|eni-1"])
    #expect(
      try database.lines(
        """
        SELECT instance_id, source, account, region, instance_type, zone, tenancy, lifecycle, usage_operation,
          platform_details, launched_at_ms, state, state_transition_at_ms, state_reason, auto_scaling_group,
          spot_request_id, tags
        FROM instance_description JOIN account_region ON id = account_region
        """) == [
          "i-1|ec2|111122223333|eu-west-1|m6i.large|eu-west-1b|default|spot|RunInstances|Linux/UNIX|1792804287000|"
            + "terminated|1792805952000|Client.UserInitiatedShutdown|asg-1|sir-1|"
            + #"{"aws:autoscaling:groupName":"asg-1","b":"2"}"#
        ])
  }

  @Test("Windows is known by Platform where nothing else tells the system, in DescribeInstances and RunInstances")
  func platform() throws {
    let database = try collected(
      """
      {"Reservations":[{"OwnerId":"111122223333","Instances":[
        {"InstanceId":"i-1","LaunchTime":"2026-10-24T01:11:27Z","Platform":"windows"},
        {"InstanceId":"i-2","LaunchTime":"2026-10-24T01:11:27Z","Platform":"Windows",
         "PlatformDetails":"Windows with SQL Server Web"},
        {"InstanceId":"i-3","LaunchTime":"2026-10-24T01:11:27Z","Platform":"","PlatformDetails":null}]}]}
      """,
      """
      {"eventVersion":"1.08","eventTime":"2026-10-24T01:11:27Z","eventSource":"ec2.amazonaws.com","eventName":"RunInstances",
       "awsRegion":"eu-west-1","recipientAccountId":"111122223333","responseElements":{"instancesSet":{"items":[
        {"instanceId":"i-4","instanceType":"m5.large","platform":"windows"}]}}}
      """)
    #expect(
      try database.lines("SELECT instance_id, platform_details FROM instance_description ORDER BY 1") == [
        "i-1|Windows", "i-2|Windows with SQL Server Web", "i-3|-", "i-4|Windows",
      ])
  }

  @Test func instanceTypes() throws {
    let database = try collected(
      """
      {"InstanceTypes":[
        {"InstanceType":"g4dn.12xlarge","BareMetal":false,"ProcessorInfo":{"SupportedArchitectures":["x86_64"]},
         "VCpuInfo":{"DefaultVCpus":48},"MemoryInfo":{"SizeInMiB":196608},"BurstablePerformanceSupported":false,
         "GpuInfo":{"Gpus":[{"Count":4,"MemoryInfo":{"SizeInMiB":16384}}],"TotalGpuMemoryInMiB":65536}},
        {"InstanceType":"t3.nano","BareMetal":false,"ProcessorInfo":{"SupportedArchitectures":["i386","x86_64"]},
         "VCpuInfo":{"DefaultVCpus":2},"MemoryInfo":{"SizeInMiB":512},"BurstablePerformanceSupported":true}]}
      """)
    #expect(
      try database.lines("SELECT * FROM instance_type ORDER BY name") == [
        "g4dn.12xlarge|48000|196608|4|65536|x86_64|0|0", "t3.nano|2000|512|0|-|x86_64|1|0",
      ])
  }

  @Test(
    "A partial GPU counts as one, which ECS assigns whole; its Count is 0, and older answers say no more",
    arguments: [
      (#"{"Count":0,"LogicalGpuCount":1,"GpuPartitionSize":0.125,"MemoryInfo":{"SizeInMiB":2861}}"#, 1),
      (#"{"Count":0,"MemoryInfo":{"SizeInMiB":2861}}"#, 1), (#"{"Name":"L4","Count":0}"#, 1),
      (#"{"Count":4,"LogicalGpuCount":4,"GpuPartitionSize":1.0}"#, 4), (#"{"Count":2},{"Count":2}"#, 4),
    ])
  func gpus(_ list: String, _ count: Int) throws {
    let database = try collected(
      #"{"InstanceType":"g6f.xlarge","VCpuInfo":{"DefaultVCpus":4},"MemoryInfo":{"SizeInMiB":16384},"#
        + #""GpuInfo":{"Gpus":[\#(list)]}}"#)
    #expect(try database.lines("SELECT gpus FROM instance_type") == ["\(count)"])
  }

  @Test(
    "Without a count, memory gives it; without either the type has one, with a finding",
    arguments: [
      (
        #""GpuInfo":{"Gpus":[{"Name":"T4","MemoryInfo":{"SizeInMiB":16384}}],"TotalGpuMemoryInMiB":65536}"#, "4|65536",
        ""
      ),
      (#""GpuInfo":{"Gpus":[{"Name":"T4","MemoryInfo":{"SizeInMiB":16384}}]}"#, "1|16384", "GpuInfo.Gpus.Count"),
      (#""GpuInfo":{"Gpus":[{"Name":"T4"}]}"#, "1|0", "GpuInfo.Gpus.Count"),
      (#""GpuInfo":{"Gpus":[]}"#, "0|0", ""),
      (
        #""NeuronInfo":{"NeuronDevices":[{"Name":"Trainium","MemoryInfo":{"SizeInMiB":32768}}],"TotalNeuronDeviceMemoryInMiB":524288}"#,
        "16|524288", ""
      ),
      (#""NeuronInfo":{"NeuronDevices":[{"Count":2,"MemoryInfo":{"SizeInMiB":32768}}]}"#, "2|65536", ""),
      (#""NeuronInfo":{"NeuronDevices":[{}]}"#, "1|0", "NeuronInfo.NeuronDevices.Count"),
      (#""InferenceAcceleratorInfo":{"Accelerators":[{"Count":4,"Name":"Inferentia"}]}"#, "4|0", ""),
      (
        #""NeuronInfo":{"NeuronDevices":[{"Count":4}]},"InferenceAcceleratorInfo":{"Accelerators":[{"Count":4}]}"#,
        "4|0", ""
      ),
    ])
  func countless(_ info: String, _ expected: String, _ place: String) throws {
    let database = try collected(
      #"{"InstanceTypes":[{"InstanceType":"x9.large","VCpuInfo":{"DefaultVCpus":4},"MemoryInfo":{"SizeInMiB":16384},\#(info)}]}"#
    )
    #expect(try database.lines("SELECT gpus, gpu_memory_mib FROM instance_type") == [expected])
    #expect(
      try database.findings
        == (place.isEmpty
          ? [] : ["missing-field|InstanceTypes[0].\(place)|is missing: x9.large counts as having one of it"]))
  }

  @Test("A Spot request without an instance applies to the instance that names it, in either order")
  func spotRequestsWithoutInstance() throws {
    let request =
      #"{"SpotInstanceRequests":[{"SpotInstanceRequestId":"sir-1","State":"closed","Status":{"Code":"instance-terminated-no-capacity","UpdateTime":"2026-05-04T10:50:00Z"},"CreateTime":"2026-05-04T09:59:50Z"}]}"#
    let instance =
      #"{"Reservations":[{"OwnerId":"111122223333","Instances":[{"InstanceId":"i-1","SpotInstanceRequestId":"sir-1","LaunchTime":"2026-05-04T10:00:00Z","Placement":{"AvailabilityZone":"us-west-2a"}}]}]}"#
    for order in [[request, instance], [instance, request], [instance, request, request, instance]] {
      let database = try Database(path: ":memory:")
      var ingestor = try Ingestor(database: database)
      for document in order {
        try ingestor.ingest(Array(document.utf8), named: "test", accountRegion: nil)
        try ingestor.recordNewest(source: "test", asOf: nil)
      }
      #expect(
        try database.lines(
          """
          SELECT e.instance_id, e.kind, e.at_ms, e.source, a.account, a.region FROM instance_event e
          JOIN account_region a ON a.id = e.account_region ORDER BY e.at_ms
          """) == [
            "i-1|spot-request|1777888790000|spot-request|111122223333|us-west-2",
            "i-1|spot-request-reclaimed|1777891800000|spot-request|111122223333|us-west-2",
          ])
      #expect(try database.findings == [])
    }
  }

  @Test func spotPrices() throws {
    let database = try collected(
      """
      {"SpotPriceHistory":[
        {"AvailabilityZone":"eu-west-1b","InstanceType":"c5.large","ProductDescription":"Linux/UNIX",
         "SpotPrice":"0.170500","Timestamp":"2026-10-28T05:41:50+00:00"},
        {"AvailabilityZone":"eu-west-1b","InstanceType":"c5.large","ProductDescription":"Linux/UNIX (Amazon VPC)",
         "SpotPrice":"0.180000","Timestamp":"2026-10-28T06:00:00Z"},
        {"AvailabilityZone":"us-west-2-lax-1a","InstanceType":"c5.large","ProductDescription":"Windows",
         "SpotPrice":"0.0000000015","Timestamp":1793166110}],"NextToken":""}
      """)
    #expect(
      try database.lines(
        """
        SELECT account, region, zone, instance_type, product, at_ms, rate FROM spot_price
          JOIN account_region ON id = account_region ORDER BY at_ms, region
        """) == [
          "|eu-west-1|eu-west-1b|c5.large|Linux/UNIX|1793166110000|170500000",
          "|us-west-2|us-west-2-lax-1a|c5.large|Windows|1793166110000|2",
          "|eu-west-1|eu-west-1b|c5.large|Linux/UNIX|1793167200000|180000000",
        ])
    // Prices do not say when the account was looked at.
    #expect(try database.lines("SELECT * FROM collection") == [])
  }

  @Test func theCallerFillsInWhatAnswersOmit() throws {
    let database = try Database(path: ":memory:")
    var ingestor = try Ingestor(database: database)
    let revision = try database.read { try $0.factRevision() }
    try ingestor.ingest(
      Array(
        """
        {"SpotPriceHistory":[{"AvailabilityZone":"eu-west-1b","InstanceType":"c5.large",
          "ProductDescription":"Linux/UNIX","SpotPrice":"0.1","Timestamp":1793166110}]}
        """.utf8), named: "ec2:DescribeSpotPriceHistory",
      accountRegion: AccountRegion(account: "111122223333", region: "eu-west-1"),
      checkpoint: Checkpoint(source: "spot-price", scope: "eu-west-1", position: "p", at: .init(milliseconds: 7)))
    #expect(try database.lines("SELECT account, region FROM account_region") == ["111122223333|eu-west-1"])
    #expect(try database.lines("SELECT * FROM checkpoint") == ["spot-price|eu-west-1|p|7"])
    #expect(try database.read { try $0.factRevision() } > revision)
  }

  @Test func volumes() throws {
    let database = try collected(
      """
      {"Volumes":[{"VolumeId":"vol-1","AvailabilityZone":"eu-west-1b","VolumeType":"gp3","Size":100,"Iops":4000,
        "Throughput":250,"CreateTime":"2026-10-24T01:11:27+00:00",
        "Attachments":[{"InstanceId":"i-1","AttachTime":"2026-10-24T01:11:28Z","DeleteOnTermination":true}]}]}
      """)
    #expect(
      try database.lines(
        """
        SELECT volume_id, region, instance_id, volume_type, size_gib, iops, throughput_mibps, created_at_ms,
          deleted_at_ms, delete_on_termination FROM volume JOIN account_region ON id = account_region
        """) == ["vol-1|eu-west-1|i-1|gp3|100|4000|250|1792804287000|-|1"])
  }

  @Test func cloudTrail() throws {
    func event(_ name: String, _ rest: String) -> String {
      """
      {"eventTime":"2026-11-02T05:08:48Z","eventSource":"ec2.amazonaws.com","eventName":"\(name)",
       "awsRegion":"eu-west-1","recipientAccountId":"111122223333",\(rest)}
      """
    }
    func quoted(_ event: String) -> String {
      let text = event.replacing("\n", with: " ").replacing("\"", with: "\\\"")
      return "{\"EventName\":\"x\",\"CloudTrailEvent\":\"\(text)\"}"
    }
    let run = event(
      "RunInstances",
      """
      "responseElements":{"instancesSet":{"items":[{"instanceId":"i-1","instanceType":"g5.xlarge",
      "launchTime":1793596128000,"placement":{"availabilityZone":"eu-west-1c","tenancy":"default"},
      "instanceState":{"code":0,"name":"pending"},"platformDetails":"Linux/UNIX","instanceLifecycle":"spot",
      "spotInstanceRequestId":"sir-1","tagSet":{"items":[{"key":"aws:autoscaling:groupName","value":"asg-1"}]}}]}}
      """)
    let refused = event(
      "RunInstances", "\"errorCode\":\"Client.InsufficientInstanceCapacity\",\"responseElements\":null")
    let terminate = event(
      "TerminateInstances",
      """
      "requestParameters":{"instancesSet":{"items":[{"instanceId":"i-1"},{"instanceId":"i-0"}]}},
      "responseElements":{"instancesSet":{"items":[
      {"instanceId":"i-1","currentState":{"name":"shutting-down"},"previousState":{"name":"running"}},
      {"instanceId":"i-0","currentState":{"name":"terminated"},"previousState":{"name":"terminated"}}]}}
      """)
    let evicted = event(
      "BidEvictedEvent", "\"responseElements\":null,\"serviceEventDetails\":{\"instanceIdSet\":[\"i-2\"]}")
    let fleet = event(
      "CreateFleet",
      """
      "responseElements":{"CreateFleetResponse":{"fleetInstanceSet":{"item":{"instanceIds":{"item":["i-3","i-4"]},
      "instanceType":"c5.large","lifecycle":"on-demand",
      "launchTemplateAndOverrides":{"overrides":{"availabilityZone":"eu-west-1a"}}}}}}
      """)
    let other = event("DescribeInstances", "\"responseElements\":null")
    // As LookupEvents answers, and as CloudTrail delivers files.
    let database = try collected(
      "{\"Events\":[\(quoted(run)),\(quoted(refused)),\(quoted(terminate)),\(quoted(evicted)),\(quoted(other))]}",
      "{\"Records\":[\(fleet),\(run)]}")
    #expect(
      try database.lines("SELECT instance_id, kind, at_ms, source FROM instance_event ORDER BY instance_id, kind") == [
        "i-1|run-instances|1793596128000|cloudtrail", "i-1|terminate-instances|1793596128000|cloudtrail",
        "i-2|bid-evicted|1793596128000|cloudtrail", "i-3|run-instances|1793596128000|cloudtrail",
        "i-4|run-instances|1793596128000|cloudtrail",
      ])
    #expect(
      try database.lines(
        """
        SELECT instance_id, instance_type, zone, tenancy, lifecycle, platform_details, launched_at_ms, state,
          auto_scaling_group, spot_request_id FROM instance_description WHERE source = 'cloudtrail' ORDER BY 1
        """) == [
          "i-1|g5.xlarge|eu-west-1c|default|spot|Linux/UNIX|1793596128000|pending|asg-1|sir-1",
          "i-3|c5.large|eu-west-1a|-|-|-|1793596128000|-|-|-", "i-4|c5.large|eu-west-1a|-|-|-|1793596128000|-|-|-",
        ])
    #expect(try database.findings == [])
  }

  @Test func events() throws {
    func event(_ type: String, _ detail: String, at: String = "2026-10-28T00:05:28Z") -> String {
      "{\"version\":\"0\",\"detail-type\":\"\(type)\",\"account\":\"111122223333\",\"time\":\"\(at)\","
        + "\"region\":\"eu-west-1\",\"detail\":\(detail)}"
    }
    let arn = "arn:aws:ecs:eu-west-1:111122223333"
    let lines = [
      event("EC2 Instance State-change Notification", #"{"instance-id":"i-1","state":"running"}"#),
      event("EC2 Instance State-change Notification", #"{"instance-id":"i-1","state":"running"}"#),
      event(
        "EC2 Spot Instance Interruption Warning", #"{"instance-id":"i-1","instance-action":"terminate"}"#,
        at: "2026-10-28T02:48:13Z"),
      event(
        "Batch Job State Change",
        """
        {"jobArn":"arn:aws:batch:eu-west-1:111122223333:job/j1","jobId":"j1","jobName":"n","jobQueue":"arn:aws:batch:eu-west-1:111122223333:job-queue/q","jobDefinition":"arn:aws:batch:eu-west-1:111122223333:job-definition/d:1","status":"RUNNABLE","createdAt":1793145295346}
        """),
      event("ECS Task State Change", "{\"taskArn\":\"\(arn):task/c1/t1\",\"lastStatus\":\"RUNNING\",\"version\":2}"),
      event(
        "ECS Container Instance State Change",
        "{\"containerInstanceArn\":\"\(arn):container-instance/c1/m1\",\"ec2InstanceId\":\"i-1\",\"version\":1}"),
      event("Batch Job Queue Blocked", "{}"),
    ]
    let database = try collected(lines.joined(separator: "\n"))
    #expect(
      try database.lines("SELECT instance_id, kind, at_ms, source FROM instance_event ORDER BY at_ms") == [
        "i-1|running|1793145928000|event", "i-1|interruption-warning|1793155693000|event",
      ])
    #expect(try database.lines("SELECT job_id, status FROM job") == ["j1|RUNNABLE"])
    #expect(try database.lines("SELECT task_id, status FROM task") == ["t1|RUNNING"])
    #expect(try database.lines("SELECT name, instance_id FROM container_instance") == ["m1|i-1"])
    #expect(try database.findings == [])
  }
}
