import Store
import Testing

@testable import Collect

/// What jobs run in: queues, definitions, environments, clusters.
@Suite struct InventoryTests {
  @Test func jobQueues() throws {
    let database = try collected(
      """
      {"jobQueues":[{"jobQueueName":"q","jobQueueArn":"arn:aws:batch:eu-west-1:111122223333:job-queue/q",
        "state":"ENABLED","priority":10,"jobQueueType":"ECS","computeEnvironmentOrder":[
        {"order":2,"computeEnvironment":"arn:ce/b"},{"order":1,"computeEnvironment":"arn:ce/a"}],"tags":{"b":"2","a":"1"}}]}
      """)
    #expect(
      try database.lines("SELECT name, state, priority, queue_type, environments, tags, described FROM job_queue")
        == [#"q|ENABLED|10|ECS|["arn:ce/a","arn:ce/b"]|{"a":"1","b":"2"}|1"#])
  }

  @Test func schedulingPolicies() throws {
    let arn = "arn:aws:batch:eu-west-1:111122223333"
    let database = try collected(
      """
      {"schedulingPolicies":[{"name":"fair","arn":"\(arn):scheduling-policy/fair","fairsharePolicy":{
        "shareDecaySeconds":3600,"computeReservation":20,"shareDistribution":[
        {"shareIdentifier":"lab","weightFactor":0.25},{"shareIdentifier":"team*"}]},"tags":{}}],
       "jobQueues":[{"jobQueueName":"q","jobQueueArn":"\(arn):job-queue/q","state":"ENABLED","priority":1,
        "schedulingPolicyArn":"\(arn):scheduling-policy/fair","computeEnvironmentOrder":[]}]}
      """)
    #expect(
      try database.lines("SELECT name, share_decay_seconds, compute_reservation, weights FROM scheduling_policy")
        == [#"fair|3600|20|{"lab":0.25,"team*":1.0}"#])
    #expect(try database.lines("SELECT scheduling_policy FROM job_queue") == ["\(arn):scheduling-policy/fair"])
  }

  @Test func jobDefinitions() throws {
    let arn = "arn:aws:batch:eu-west-1:111122223333:job-definition"
    let database = try collected(
      """
      {"jobDefinitions":[
        {"jobDefinitionName":"a","jobDefinitionArn":"\(arn)/a:3","revision":3,"status":"ACTIVE","type":"container",
         "containerProperties":{"resourceRequirements":[{"type":"VCPU","value":"0.5"},{"type":"MEMORY","value":"2048"},
         {"type":"GPU","value":"2"}]},"retryStrategy":{"attempts":5},"timeout":{"attemptDurationSeconds":60},"tags":{}},
        {"jobDefinitionName":"m","jobDefinitionArn":"\(arn)/m:1","revision":1,"status":"INACTIVE","type":"multinode",
         "nodeProperties":{"numNodes":2,"nodeRangeProperties":[{"container":{"vcpus":36,"memory":71158}}]}}]}
      """)
    #expect(
      try database.lines(
        """
        SELECT name, revision, kind, state, milli_vcpus, memory_mib, gpus, retry_attempts, timeout_seconds, tags
        FROM job_definition ORDER BY name
        """) == ["a|3|container|ACTIVE|500|2048|2|5|60|-", "m|1|multinode|INACTIVE|36000|71158|0|-|-|-"])
  }

  @Test func computeEnvironments() throws {
    let database = try collected(
      """
      {"computeEnvironments":[{"computeEnvironmentName":"spot",
        "computeEnvironmentArn":"arn:aws:batch:eu-west-1:111122223333:compute-environment/spot","uuid":"u",
        "ecsClusterArn":"arn:aws:ecs:eu-west-1:111122223333:cluster/c1","type":"MANAGED","state":"ENABLED",
        "containerOrchestrationType":"ECS","computeResources":{"type":"SPOT","minvCpus":0,"maxvCpus":256,
        "desiredvCpus":8,"instanceTypes":["c5","m5.large"],"bidPercentage":60,
        "allocationStrategy":"SPOT_PRICE_CAPACITY_OPTIMIZED","scalingPolicy":{"minScaleDownDelayMinutes":20}}}]}
      """)
    #expect(
      try database.lines(
        """
        SELECT name, uuid, cluster_arn, management, orchestration, resource_type, state, allocation_strategy,
          minimum_vcpus, maximum_vcpus, desired_vcpus, scale_down_delay_minutes, bid_percentage, instance_types, described
        FROM compute_environment
        """) == [
          "spot|u|arn:aws:ecs:eu-west-1:111122223333:cluster/c1|MANAGED|ECS|SPOT|ENABLED|SPOT_PRICE_CAPACITY_OPTIMIZED|"
            + #"0|256|8|20|60|["c5","m5.large"]|1"#
        ])
  }

  @Test func aNewerAnswerReplacesAnOlderOne() throws {
    func answer(_ state: String) -> [UInt8] {
      Array(
        """
        {"jobQueues":[{"jobQueueArn":"arn:aws:batch:eu-west-1:111122223333:job-queue/q","state":"\(state)"}]}
        """.utf8)
    }
    for isReversed in [false, true] {
      let database = try Database(path: ":memory:")
      var ingestor = try Ingestor(database: database)
      let answers = [(answer("ENABLED"), 1_793_352_000_000), (answer("DISABLED"), 1_793_353_000_000)]
      for (bytes, at) in isReversed ? answers.reversed() : answers {
        try ingestor.ingest(
          bytes, named: "batch:DescribeJobQueues", accountRegion: nil, observedAt: .init(milliseconds: Int64(at)))
      }
      #expect(try database.lines("SELECT state FROM job_queue") == ["DISABLED"])
    }
  }

  @Test func containerInstances() throws {
    let arn = "arn:aws:ecs:eu-west-1:111122223333:container-instance/c1"
    let database = try collected(
      // Asked about after ECS forgot them, in an answer that comes before the one that describes m1.
      """
      {"containerInstances":[],"failures":[{"arn":"\(arn)/m1","reason":"MISSING"},{"arn":"\(arn)/m2","reason":"MISSING"}]}
      """,
      """
      {"containerInstances":[{"containerInstanceArn":"\(arn)/m1","ec2InstanceId":"i-1","version":5,"status":"ACTIVE",
        "registeredResources":[{"name":"CPU","type":"INTEGER","integerValue":8192},
        {"name":"MEMORY","type":"INTEGER","integerValue":30907},{"name":"GPU","type":"STRINGSET",
        "stringSetValue":["a","b"]}],"attributes":[{"name":"ecs.instance-type","value":"g4dn.2xlarge"},
        {"name":"ecs.availability-zone","value":"eu-west-1b"},{"name":"ecs.os-type","value":"linux"},{"name":"x"}],
        "registeredAt":"2026-10-19T00:19:59.381+00:00"}]}
      """)
    #expect(
      try database.lines(
        """
        SELECT c.name, m.name, instance_id, instance_type, zone, operating_system, registered_at_ms, registered_cpu,
          registered_memory_mib, registered_gpus, status, missing
        FROM container_instance AS m JOIN cluster AS c ON c.id = m.cluster ORDER BY m.name
        """) == [
          "c1|m1|i-1|g4dn.2xlarge|eu-west-1b|linux|1792369199381|8192|30907|2|ACTIVE|1",
          "c1|m2|-|-|-|-|-|-|-|-|-|1",
        ])
  }

  @Test func tasks() throws {
    let arn = "arn:aws:ecs:eu-west-1:111122223333"
    let stopped = """
      {"taskArn":"\(arn):task/c1/t1","clusterArn":"\(arn):cluster/c1","availabilityZone":"eu-west-1a",
       "launchType":"FARGATE","cpu":"256","memory":"512","lastStatus":"STOPPED","version":4,
       "createdAt":1792369084.591,"pullStartedAt":1792369093.971,"pullStoppedAt":1792369124.997,
       "startedAt":1792369125.397,"stoppingAt":1792369128.397,"executionStoppedAt":1792369128.397,
       "stoppedAt":1792369128.5,"attributes":[{"name":"ecs.cpu-architecture","value":"arm64"}],
       "platformFamily":"Linux","ephemeralStorage":{"sizeInGiB":20},"capacityProviderName":"FARGATE_SPOT",
       "stopCode":"SpotInterruption","stoppedReason":"Your Spot Task was interrupted."}
      """
    let running = """
      {"taskArn":"\(arn):task/c1/t1","clusterArn":"\(arn):cluster/c1","lastStatus":"RUNNING","version":3,
       "createdAt":"2026-10-19T00:18:04.591Z"}
      """
    let old = """
      {"taskArn":"\(arn):task/t2","clusterArn":"\(arn):cluster/c2","launchType":"EC2","cpu":"1024","memory":"64",
       "containerInstanceArn":"\(arn):container-instance/c2/m2","lastStatus":"PENDING","version":1}
      """
    let database = try collected("{\"tasks\":[\(stopped),\(old)]}", "{\"tasks\":[\(running)]}")
    #expect(
      try database.lines(
        """
        SELECT task_id, c.name, m.name, launch_type, capacity_provider, t.zone, architecture, t.operating_system,
          milli_vcpus, memory_mib, ephemeral_gib, t.status, created_at_ms, pull_started_at_ms, pull_stopped_at_ms,
          started_at_ms, stopping_at_ms, execution_stopped_at_ms, stopped_at_ms, stop_code, stopped_reason
        FROM task AS t JOIN cluster AS c ON c.id = t.cluster
          LEFT JOIN container_instance AS m ON m.id = container_instance ORDER BY task_id
        """) == [
          "t1|c1|-|FARGATE|FARGATE_SPOT|eu-west-1a|arm64|Linux|250|512|20|STOPPED|1792369084591|1792369093971|"
            + "1792369124997|1792369125397|1792369128397|1792369128397|1792369128500|SpotInterruption|"
            + "Your Spot Task was interrupted.",
          "t2|c2|m2|EC2|-|-|-|-|1000|64|-|PENDING|-|-|-|-|-|-|-|-|-",
        ])
  }
}
