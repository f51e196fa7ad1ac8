import Store
import Testing

@testable import Collect

private let queue = "arn:aws:batch:eu-west-1:111122223333:job-queue/q"
private let definition = "arn:aws:batch:eu-west-1:111122223333:job-definition/align:3"
private let task = "arn:aws:ecs:eu-west-1:111122223333:task/c1"
private let machine = "arn:aws:ecs:eu-west-1:111122223333:container-instance/c1"

/// A job with the members every job has; the rest as given.
private func job(_ id: String = "j1", status: String = "SUCCEEDED", _ rest: String) -> String {
  """
  {"jobArn":"arn:aws:batch:eu-west-1:111122223333:job/\(id)","jobId":"\(id)","jobName":"n","jobQueue":"\(queue)",
   "jobDefinition":"\(definition)","status":"\(status)","createdAt":1793352841228,\(rest)}
  """
}

private func jobs(_ documents: String...) -> String { "{\"jobs\":[\(documents.joined(separator: ","))]}" }

private let needs = """
  "resourceRequirements":[{"value":"2","type":"VCPU"},{"value":"4096","type":"MEMORY"},{"value":"1","type":"GPU"}]
  """

@Suite struct JobTests {
  @Test("A new status of AWS's is a finding, and the job is kept")
  func anotherStatus() throws {
    let database = try collected(jobs(job(status: "FROZEN", needs)))
    #expect(try database.lines("SELECT job_id, status FROM job") == ["j1|FROZEN"])
    #expect(
      try database.lines("SELECT check_name, severity, message FROM collection_finding") == [
        "unknown-value|warning|is FROZEN, which batchcost does not know: the job counts as submitted"
      ])
  }

  @Test(
    "Times as AWS's clients and scripts write them",
    arguments: [
      "1793352841228", "1793352841.228", #""2026-10-30T09:34:01.228Z""#, #""2026-10-30T18:34:01.228+09:00""#,
      #""1793352841228""#, #""1793352841.228""#,
    ])
  func times(_ time: String) throws {
    let database = try collected(jobs(job("j1", #""createdAt":\#(time)"#)))
    #expect(try database.lines("SELECT created_at_ms FROM job") == ["1793352841228"])
  }

  @Test func aJobWithAttempts() throws {
    let database = try collected(
      jobs(
        job(
          "j1",
          """
          "attempts":[
            {"container":{"taskArn":"\(task)/t1","containerInstanceArn":"\(machine)/m1","exitCode":1,"reason":"OOM",
              "logStreamName":"align/default/t1"},"startedAt":1793353000000,"stoppedAt":1793353060000,
              "statusReason":"Host EC2 (instance i-08784105ffff56b4f) terminated."},
            {"container":{"taskArn":"\(task)/t2","containerInstanceArn":"\(machine)/m2","exitCode":0},
              "startedAt":1793353100000,"stoppedAt":1793353160000,"statusReason":"Essential container in task exited"}],
          "startedAt":1793353100000,"stoppedAt":1793353160000,"statusReason":"Essential container in task exited",
          "tags":{"team":"α","resourceArn":"arn:x","cost-center":"\\"7\\""},
          "retryStrategy":{"attempts":3},"timeout":{"attemptDurationSeconds":600},"shareIdentifier":"lab","schedulingPriority":7,
          "isCancelled":false,"isTerminated":true,"platformCapabilities":["EC2"],
          "container":{"image":"img:1",\(needs),"taskArn":"\(task)/t2"}
          """)))
    #expect(
      try database.lines(
        """
        SELECT job_id, account, region, job.name, job.kind, parent, child_index, q.name, d.name, revision, status,
          created_at_ms, started_at_ms, stopped_at_ms, platform, t.tags, job.retry_attempts, job.timeout_seconds,
          share_identifier, scheduling_priority, cancelled, terminated, image, attempts
        FROM job JOIN account_region AS a ON a.id = job.account_region JOIN job_queue AS q ON q.id = job.job_queue
          JOIN job_definition AS d ON d.id = job.job_definition JOIN tag_set AS t ON t.id = job.tag_set
        """) == [
          "j1|111122223333|eu-west-1|n|0|-|-|q|align|3|SUCCEEDED|1793352841228|1793353100000|1793353160000|0|"
            + #"{"cost-center":"\"7\"","team":"α"}|3|600|lab|7|0|1|img:1|2"#
        ])
    #expect(
      try database.lines(
        """
        SELECT ordinal, attempt.id - job * 1024, started_at_ms, stopped_at_ms, milli_vcpus, memory_mib, gpus, m.name,
          c.name, exit_code, task_id, attempt.instance_id, container_reason, tag_set IS NULL
        FROM attempt JOIN container_instance AS m ON m.id = container_instance JOIN cluster AS c ON c.id = m.cluster
        ORDER BY attempt.id
        """) == [
          "1|1|1793353000000|1793353060000|2000|4096|1|m1|c1|1|t1|i-08784105ffff56b4f|OOM|0",
          "2|2|1793353100000|1793353160000|2000|4096|1|m2|c1|0|t2|-|-|0",
        ])
    #expect(try database.findings == [])
  }

  @Test func theRunningAttemptIsInTheJobItself() throws {
    let running = """
      "startedAt":1793353100000,"container":{\(needs),"taskArn":"\(task)/t2","containerInstanceArn":"\(machine)/m2"}
      """
    let first = """
      {"container":{"taskArn":"\(task)/t1"},"startedAt":1793353000000,"stoppedAt":1793353060000}
      """
    let database = try collected(
      jobs(
        job("none", status: "RUNNING", "\"attempts\":[],\(running)"),
        job("retry", status: "RUNNING", "\"attempts\":[\(first)],\(running)"),
        job(
          "listed", status: "RUNNING",
          "\"attempts\":[{\"container\":{\"taskArn\":\"\(task)/t2\"},\"startedAt\":1793353100000}],\(running)"),
        job("starting", status: "STARTING", "\"attempts\":[],\(running)"),
        job("waits-again", status: "RUNNABLE", "\"attempts\":[\(first)],\(running)"),
        job("waits", status: "RUNNABLE", "\"attempts\":[]"),
        job("ended", status: "SUCCEEDED", "\"attempts\":[],\"stoppedAt\":1793353160000,\(running)")))
    #expect(
      try database.lines(
        """
        SELECT job_id, ordinal, a.started_at_ms, a.stopped_at_ms, task_id FROM attempt AS a JOIN job ON job.id = a.job
        ORDER BY job.id, ordinal
        """) == [
          "none|1|1793353100000|-|t2",
          "retry|1|1793353000000|1793353060000|t1", "retry|2|1793353100000|-|t2",
          "listed|1|1793353100000|-|t2",
          "starting|1|-|-|t2",
          "waits-again|1|1793353000000|1793353060000|t1",
          "ended|1|1793353100000|1793353160000|t2",
        ])
    #expect(try database.findings == [])
  }

  @Test func arraysAndNodes() throws {
    let attempt = "\"attempts\":[{\"startedAt\":1793353000000,\"stoppedAt\":1793353060000,\"container\":{}}]"
    let database = try collected(
      // The child comes first, so only its parent's name is known.
      jobs(job("a:7", "\"arrayProperties\":{\"index\":7,\"statusSummary\":{}},\(attempt),\"container\":{\(needs)}")),
      jobs(
        job("a", "\"arrayProperties\":{\"size\":9},\"tags\":{\"team\":\"x\"},\"container\":{\(needs)}"),
        job(
          "m",
          "\"nodeProperties\":{\"numNodes\":2,\"nodeRangeProperties\":[]},\(attempt),\"tags\":{\"team\":\"y\"}"),
        job("m#1", "\"nodeDetails\":{\"nodeIndex\":1,\"isMainNode\":false},\(attempt),\"container\":{\(needs)}")))
    #expect(
      try database.lines(
        """
        SELECT job.job_id, kind, p.job_id, child_index, size, attempts, tags FROM job
          JOIN job_parent AS p ON p.id = parent LEFT JOIN tag_set AS t ON t.id = p.tag_set ORDER BY job.job_id
        """) == [
          #"a|1|a|-|9|0|{"team":"x"}"#, #"a:7|2|a|7|-|1|{"team":"x"}"#,
          #"m|3|m|-|2|0|{"team":"y"}"#, #"m#1|4|m|1|-|1|{"team":"y"}"#,
        ])
    #expect(try database.lines("SELECT kind, parent IS NULL FROM attempt ORDER BY kind") == ["2|0", "4|0"])
  }

  @Test func containersOfATaskAddUp() throws {
    let database = try collected(
      jobs(
        job(
          "j1",
          """
          "attempts":[{"container":{},"taskProperties":[{"containerInstanceArn":"\(machine)/m1","taskArn":"\(task)/t1",
            "containers":[{"name":"main","logStreamName":"x/default/t1","exitCode":3,"reason":"R"},
              {"name":"side","exitCode":0}]}],"startedAt":1793353000000,"stoppedAt":1793353060000}],
          "ecsProperties":{"taskProperties":[{"taskArn":"\(task)/t1","containers":[
            {"image":"main:1","resourceRequirements":[{"type":"VCPU","value":"7.75"},{"type":"MEMORY","value":"30453"}]},
            {"image":"side:1","resourceRequirements":[{"type":"VCPU","value":"0.25"},{"type":"MEMORY","value":"64"}]}]}]}
          """)))
    #expect(
      try database.lines(
        "SELECT milli_vcpus, memory_mib, gpus, task_id, exit_code, container_reason, container_instance FROM attempt")
        == ["8000|30517|0|t1|3|R|1"])
    #expect(try database.lines("SELECT image FROM job") == ["main:1"])
  }

  @Test(
    "Of a task's containers, the one with a reason tells how it ended, else the first that failed by itself",
    arguments: [
      (#"{"exitCode":0},{"exitCode":137,"reason":"OutOfMemoryError: x"}"#, "137|OutOfMemoryError: x"),
      (#"{"exitCode":143},{"exitCode":3}"#, "3|-"), (#"{"exitCode":0},{"exitCode":143}"#, "0|-"),
      (#"{},{"reason":"CannotPullContainerError: x"}"#, "-|CannotPullContainerError: x"),
    ])
  func causeAmongContainers(_ containers: String, _ expected: String) throws {
    let database = try collected(
      jobs(
        job(
          "j1",
          """
          "attempts":[{"container":{},"taskProperties":[{"taskArn":"\(task)/t1","containers":[\(containers)]}],
            "startedAt":1793353000000,"stoppedAt":1793353060000}]
          """)))
    #expect(try database.lines("SELECT exit_code, container_reason FROM attempt") == [expected])
  }

  @Test("Members that a job does not have, written as null, are none")
  func nulls() throws {
    let attempt = #"{"startedAt":1793353000000,"stoppedAt":1793353060000,"container":{"taskArn":"\#(task)/t1"}}"#
    let database = try collected(
      jobs(
        job(
          "j1",
          """
          "attempts":[\(attempt)],"container":{\(needs)},"nodeProperties":null,"nodeDetails":null,"arrayProperties":null,
          "eksProperties":null,"eksAttempts":null,"ecsProperties":null,"serviceJobType":null,"dependsOn":null,"tags":null
          """)))
    #expect(
      try database.lines("SELECT k.name, j.attempts FROM job j JOIN job_kind k ON k.id = j.kind") == ["single|1"])
    #expect(try database.lines("SELECT task_id FROM attempt") == ["t1"])
    #expect(try database.findings == [])
  }

  @Test func olderAndOtherForms() throws {
    let attempt = "\"attempts\":[{\"startedAt\":1793353000000,\"stoppedAt\":1793353060000,\"container\":{}}]"
    let hex = "dc950e1d9733d9d95bbc44e3d5b86f18"
    let database = try collected(
      jobs(
        job("legacy", "\(attempt),\"container\":{\"vcpus\":4,\"memory\":8192,\"resourceRequirements\":[]}"),
        job(
          "log",
          """
          "attempts":[{"startedAt":1793353000000,"stoppedAt":1793353060000,
            "container":{"logStreamName":"align/default/\(hex)"}}],"container":{\(needs)}
          """),
        job(
          "old-arn",
          """
          "attempts":[{"startedAt":1793353000000,"stoppedAt":1793353060000,"container":{
            "containerInstanceArn":"arn:aws:ecs:eu-west-1:111122223333:container-instance/m9"}}],"container":{\(needs)}
          """),
        job(
          "fargate",
          """
          \(attempt),"platformCapabilities":["FARGATE"],"container":{"resourceRequirements":[
            {"type":"VCPU","value":"0.25"},{"type":"MEMORY","value":"512"}],
            "runtimePlatform":{"operatingSystemFamily":"LINUX","cpuArchitecture":"ARM64"},
            "fargatePlatformConfiguration":{"platformVersion":"1.4.0"},"ephemeralStorage":{"sizeInGiB":100}}
          """),
        job(
          "eks",
          """
          "eksAttempts":[{"startedAt":1793353000000,"stoppedAt":1793353060000,"nodeName":"ip-10-0-0-1",
            "podName":"aws-batch.1","eksClusterArn":"arn:aws:eks:eu-west-1:111122223333:cluster/kube",
            "initContainers":[{"exitCode":0}],"containers":[{"exitCode":2}]}],"eksProperties":{"podProperties":{"containers":[
            {"resources":{"requests":{"cpu":"500m","memory":"1024Mi"},"limits":{"nvidia.com/gpu":"1"}}}]}}
          """),
        job("cancelled", status: "FAILED", "\"attempts\":[],\"isCancelled\":true,\"statusReason\":\"by user\"")))
    #expect(
      try database.lines(
        """
        SELECT job_id, a.platform, architecture, ephemeral_gib, milli_vcpus, memory_mib, gpus, task_id, exit_code
        FROM attempt AS a JOIN job ON job.id = a.job ORDER BY job.id
        """) == [
          "legacy|0|-|-|4000|8192|0|-|-", "log|0|-|-|2000|4096|1|\(hex)|-", "old-arn|0|-|-|2000|4096|1|-|-",
          "fargate|1|ARM64|100|250|512|0|-|-", "eks|2|-|-|500|1024|1|aws-batch.1|2",
        ])
    #expect(
      try database.lines("SELECT cancelled, status_reason, attempts FROM job WHERE job_id = 'cancelled'")
        == ["1|by user|0"])
    #expect(
      try database.lines("SELECT c.name, m.name FROM container_instance AS m JOIN cluster AS c ON c.id = m.cluster")
        == ["|m9"])
  }

  @Test("Neuron devices count as GPUs: a job has those its containers name, a type those it comes with")
  func neuron() throws {
    let devices = """
      "linuxParameters":{"devices":[{"hostPath":"/dev/neuron0","containerPath":"/dev/neuron0","permissions":["READ"]},
        {"hostPath":"/dev/neuron11"},{"hostPath":"/dev/neuron"},{"hostPath":"/dev/fuse"}]}
      """
    let needs = #""resourceRequirements":[{"type":"VCPU","value":"8"},{"type":"MEMORY","value":"1024"}]"#
    let database = try collected(
      jobs(
        job("one", #""startedAt":1793353000000,"stoppedAt":1793353060000,"container":{\#(needs),\#(devices)}"#),
        job(
          "several",
          #""startedAt":1793353000000,"stoppedAt":1793353060000,"ecsProperties":{"taskProperties":[{"containers":[{\#(needs),\#(devices)},{\#(needs)}]}]}"#
        )),
      """
      {"InstanceTypes":[{"InstanceType":"trn1.32xlarge","VCpuInfo":{"DefaultVCpus":128},"MemoryInfo":{"SizeInMiB":524288},
        "NeuronInfo":{"NeuronDevices":[{"Count":16,"Name":"Trainium","CoreInfo":{"Count":2,"Version":2},
        "MemoryInfo":{"SizeInMiB":32768}}],"TotalNeuronDeviceMemoryInMiB":524288}}]}
      """)
    #expect(
      try database.lines("SELECT job_id, gpus FROM attempt AS a JOIN job ON job.id = a.job ORDER BY 1")
        == ["one|2", "several|2"])
    #expect(try database.lines("SELECT name, gpus, gpu_memory_mib FROM instance_type") == ["trn1.32xlarge|16|524288"])
  }

  @Test func aServiceJob() throws {
    let database = try collected(
      """
      {"attempts":[{"serviceResourceId":{"name":"TrainingJobArn","value":"arn:x"},"startedAt":1793353000000,
        "stoppedAt":1793353060000}],"createdAt":1793352000000,"isTerminated":false,
       "jobArn":"arn:aws:batch:eu-west-1:111122223333:service-job/s1","jobId":"s1","jobName":"train","jobQueue":"\(queue)",
       "serviceJobType":"SAGEMAKER_TRAINING","startedAt":1793353000000,"stoppedAt":1793353060000,"status":"SUCCEEDED"}
      """)
    #expect(
      try database.lines(
        "SELECT job_id, job.kind, platform, d.name, attempts FROM job JOIN job_definition AS d ON d.id = job_definition"
      )
        == ["s1|5|3|SAGEMAKER_TRAINING|1"])
    // It reserves nothing on our instances.
    #expect(
      try database.lines("SELECT ordinal, started_at_ms, stopped_at_ms, milli_vcpus, memory_mib FROM attempt")
        == ["1|1793353000000|1793353060000|0|0"])
  }

  @Test func theLaterDocumentWinsInAnyOrder() throws {
    let first = "{\"startedAt\":1793353000000,\"stoppedAt\":1793353060000,\"container\":{}}"
    let story = [
      jobs(job(status: "SUBMITTED", "\"attempts\":[]")),
      jobs(job(status: "RUNNING", "\"attempts\":[],\"startedAt\":1793353000000,\"container\":{\(needs)}")),
      // Waiting for the second attempt comes after running the first.
      jobs(job(status: "RUNNABLE", "\"attempts\":[\(first)],\"container\":{\(needs)}")),
      jobs(
        job(
          status: "RUNNING",
          "\"attempts\":[\(first)],\"startedAt\":1793353100000,\"container\":{\(needs),\"taskArn\":\"\(task)/t2\"}")),
    ]
    for order in [[0, 1, 2, 3], [3, 2, 1, 0], [2, 3, 0, 1], [1, 3, 2, 0]] {
      let database = try Database(path: ":memory:")
      try ingest(order.map { story[$0] }, into: database)
      #expect(try database.lines("SELECT status, attempts FROM job") == ["RUNNING|2"], "\(order)")
      #expect(
        try database.lines("SELECT ordinal, started_at_ms, stopped_at_ms FROM attempt ORDER BY 1")
          == ["1|1793353000000|1793353060000", "2|1793353100000|-"], "\(order)")
    }
  }
}

/// What workflow clients leave in their containers' environment and command.
@Suite struct ClientEnvironmentTests {
  @Test(
    "Each client's marks are read from variables, parameters, tags or the command; nothing else is kept",
    arguments: [
      (
        #""environment":[{"name":"MANAGED_BY_AWS","value":"STARTED_BY_STEP_FUNCTIONS"},{"name":"TOKEN","value":"hunter2"}]"#,
        #""parameters":{}"#, #"{"states.managed":"true"}"#
      ),
      (
        #""environment":[{"name":"EXECUTION","value":"arn:aws:states:eu-west-1:111122223333:execution:Ingest:3f2c"}]"#,
        #""parameters":{"a":"b"}"#, #"{"a":"b","states.execution":"3f2c","states.machine":"Ingest"}"#
      ),
      (
        #""environment":[]"#,
        #""parameters":{"id":"arn:aws:states:eu-west-1:111122223333:express:Ingest:3f2c:77"}"#,
        #"{"id":"arn:aws:states:eu-west-1:111122223333:express:Ingest:3f2c:77","states.execution":"3f2c","states.machine":"Ingest"}"#
      ),
      (
        #""environment":[]"#,
        #""tags":{"by":"arn:aws:states:eu-west-1:111122223333:execution:Fan/Shards:9a"}"#,
        #"{"states.execution":"9a","states.machine":"Fan"}"#
      ),
      (
        #""environment":[{"name":"PREFECT__FLOW_RUN_ID","value":"8d7e"}]"#, #""parameters":{}"#,
        #"{"prefect.flow_run_id":"8d7e"}"#
      ),
      (
        #""environment":[{"name":"__LITHOPS_ACTION","value":"run_job"},{"name":"__LITHOPS_PAYLOAD","value":"{\"config\": {\"secret\": \"hunter2\"}, \"func_name\": \"align_reads\", \"job_key\": \"b41c7f-0-M000\"}"}]"#,
        #""parameters":{}"#, #"{"lithops.function":"align_reads"}"#
      ),
      (
        #""environment":[{"name":"__LITHOPS_ACTION","value":"get_metadata"},{"name":"__LITHOPS_PAYLOAD","value":"{\"runtime_name\": \"x\"}"}]"#,
        #""parameters":{}"#, #"{"lithops.function":"metadata"}"#
      ),
      (
        #""command":["airflow","tasks","run","etl","load","manual__1","--local","--subdir","DAGS_FOLDER/etl.py","--map-index","3"]"#,
        #""parameters":{}"#,
        #"{"airflow.dag_id":"etl","airflow.map_index":"3","airflow.run_id":"manual__1","airflow.task_id":"load"}"#
      ),
      (
        #""command":["bash","-c","aws s3 cp --only-show-errors s3://work/ab/cdef01/.command.run - | bash 2>&1"]"#,
        #""parameters":{}"#, #"{"nextflow.task":"true"}"#
      ),
      (
        #""command":["/usr/bin/fusion","bash","/fusion/s3/work/ab/cdef01/.command.run"]"#,
        #""parameters":{}"#, #"{"nextflow.task":"true"}"#
      ),
      (#""command":["bash","run.command"]"#, #""parameters":{"a":"b"}"#, #"{"a":"b"}"#),
      (#""command":["airflow","tasks","list","etl","load","manual__1"]"#, #""parameters":{"a":"b"}"#, #"{"a":"b"}"#),
      (
        #""command":["python","-m","airflow.sdk.execution_time.execute_workload","--json-string","{\"ti\":{\"dag_id\":\"etl\",\"run_id\":\"r\",\"task_id\":\"t\",\"try_number\":2}}"]"#,
        #""parameters":{}"#,
        #"{"airflow.dag_id":"etl","airflow.run_id":"r","airflow.task_id":"t","airflow.try_number":"2"}"#
      ),
    ])
  func said(environment: String, rest: String, expected: String) throws {
    let document = jobs(job("j1", "\(rest),\"container\":{\(environment),\(needs)}"))
    #expect(try collected(document).lines("SELECT parameters FROM job") == [expected])
  }
}
