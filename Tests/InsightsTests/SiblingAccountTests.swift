import Testing

/// Accounts of every workflow client, all different: other names and run ids, concurrent runs, two accounts, tries
/// after lost hosts and after errors, resumed runs. The names are as the clients' packages really write them.
@Suite struct SiblingAccountTests {
  @Test func metaflowRunsSideBySideAndTriesOfATask() throws {
    var story = try ClientStory()
    for run in [1_761_000_000_000_001, 1_761_000_000_000_002] {
      func name(_ step: String, _ task: Int, _ retry: Int) -> String { "bob-FraudFlow-\(run)-\(step)-\(task)-\(retry)" }
      let d = "metaflow_0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a697887960a0b"
      try story.job(name("start", 1, 0), "09:00", "09:10", definition: d)
      try story.job(name("fit_all", 2, 0), "09:12", "09:30", .hostLost, definition: d)
      try story.job(name("fit_all", 3, 0), "09:12", "09:40", definition: d)
      try story.job(name("fit_all", 2, 1), "09:32", "09:42", .exitCode, definition: d)
      try story.job(name("fit_all", 2, 2), "09:45", "10:05", definition: d)
    }
    #expect(
      try story.runs() == [
        "metaflow FraudFlow 1761000000000001 2 5 2 2", "metaflow FraudFlow 1761000000000002 2 5 2 2",
      ])
    #expect(
      try story.reruns().prefix(2) == [
        "bob-FraudFlow-1761000000000001-fit_all-2-0 bob-FraudFlow-1761000000000001-fit_all-2-1 sure",
        "bob-FraudFlow-1761000000000001-fit_all-2-1 bob-FraudFlow-1761000000000001-fit_all-2-2 sure",
      ])
    #expect(try story.steps() == ["fit_all 8", "start 2"])
  }

  @Test func metaflowRunsWithOneIDInTwoAccountsAreTwo() throws {
    var story = try ClientStory()
    let other = try story.queue(ofAccount: "444455556666")
    let tags = #"{"metaflow.flow_name":"F","metaflow.run_id":"7","metaflow.step_name":"s","metaflow.task_id":"1"}"#
    try story.job("a", "09:00", "09:10", tags: tags)
    try story.job("b", "09:00", "09:10", tags: tags, queue: other)
    #expect(try story.runs() == ["metaflow F 7 1 1 0 0", "metaflow F 7 1 1 0 0"])
  }

  @Test func redunExecutionsAndTheirArrays() throws {
    var story = try ClientStory()
    for execution in ["6c8f", "9d1e"] {
      let tags =
        #"{"redun_aws_user":"carol","redun_execution_id":"\#(execution)","redun_project":"cohort","redun_task_name":"cohort.call"}"#
      for child in 0..<3 {
        try story.job(
          "redun-job-bd6b881ae8f6e0bd0f977044218e0b7b-array", "10:0\(child)", "10:30", definition: "img-redun-jd",
          tags: tags)
      }
      try story.job(
        "redun-job-8e31704187ddaeb784b28054aead44b0537390e5", "10:40", "11:00", definition: "img-redun-jd",
        tags: tags.replacing("cohort.call", with: "cohort.join"))
    }
    #expect(try story.runs() == ["redun cohort 6c8f 2 4 0 0", "redun cohort 9d1e 2 4 0 0"])
    #expect(try story.steps() == ["cohort.call 6", "cohort.join 2"])
  }

  @Test func airflowRunsWithOneIDInTwoGraphsAndTwoAccounts() throws {
    var story = try ClientStory()
    let other = try story.queue(ofAccount: "444455556666")
    func tags(_ dag: String, _ task: String, _ map: Int, _ number: Int) -> String {
      #"{"dag_id":"\#(dag)","map_index":"\#(map)","run_id":"manual__2026-10-19T00:00:00+00:00","task_id":"\#(task)","try_number":"\#(number)"}"#
    }
    for queue in [FactBase.onDemandQueue, other] {
      try story.job("x", "09:00", "09:20", .exitCode, tags: tags("nightly", "load", 0, 1), queue: queue)
      try story.job("x", "09:00", "09:20", tags: tags("nightly", "load", 1, 1), queue: queue)
      // Airflow waits for its retry delay.
      try story.job("x", "09:50", "10:20", tags: tags("nightly", "load", 0, 2), queue: queue)
      try story.job("y", "09:00", "09:20", tags: tags("audit", "scan", -1, 1), queue: queue)
    }
    let run = "manual__2026-10-19T00:00:00+00:00"
    #expect(
      Set(try story.runs()) == ["airflow nightly \(run) 1 3 1 1", "airflow audit \(run) 1 1 0 0"])
    #expect(try story.runs().count == 4)
    #expect(try story.reruns() == ["x x sure", "x x sure"])
  }

  /// Airflow's executor resubmits what Batch calls failed, within one of Airflow's own tries: seen with provider 9.39.0
  /// (`findings/airflow-executor.sh`).
  @Test func airflowsExecutorTriesThreeTimesUnderOneNumber() throws {
    var story = try ClientStory()
    let parameters =
      #"{"airflow.dag_id":"etl","airflow.map_index":"-1","airflow.run_id":"r1","airflow.task_id":"load","airflow.try_number":"1"}"#
    try story.job("task", "09:00", "10:00", .hostLost, parameters: parameters)
    try story.job("task", "10:01", "11:00", .hostLost, parameters: parameters)
    try story.job("task", "11:02", "11:30", parameters: parameters)
    #expect(try story.runs() == ["airflow etl r1 1 3 2 2"])
    #expect(try story.reruns() == ["task task sure", "task task sure"])
  }

  /// The author passes on the task but not the try, so a failed job is only likely to have been run again by the next.
  @Test func airflowWithoutTriesInItsTags() throws {
    var story = try ClientStory()
    let tags = #"{"dag_id":"nightly","run_id":"r1","task_id":"load"}"#
    try story.job("load", "09:00", "09:20", .hostLost, tags: tags)
    try story.job("load", "09:00", "09:30", tags: tags)
    // Airflow's own retry delay is five minutes.
    try story.job("load", "09:26", "09:46", tags: tags)
    #expect(try story.runs() == ["airflow nightly r1 1 3 1 1"])
    #expect(try story.reruns() == ["load load likely"])
  }

  @Test func toilTriesAreOneTaskWhateverTheirNumbers() throws {
    var story = try ClientStory()
    let runs = ["toil-0b7c1f3e-64f5-4be1-9d0c-9a1b2c3d4e5f", "toil-11111111-64f5-4be1-9d0c-9a1b2c3d4e5f"]
    for definition in runs {
      try story.job(
        "QC-kind-QCinstance-a1b2c3d4-v1", "09:00", "09:20", .hostLost, definition: definition)
      try story.job("QC-kind-QCinstance-a1b2c3d4-v2", "09:25", "09:45", .exitCode, definition: definition)
      try story.job("QC-kind-QCinstance-a1b2c3d4-v4", "09:50", "10:10", definition: definition)
      try story.job("Sum-kind-Suminstance-zzzz0000-v1", "10:15", "10:20", definition: definition)
    }
    #expect(
      try story.runs() == runs.map { "toil - \($0.dropFirst("toil-".count)) 2 4 2 2" })
    #expect(try story.reruns().count == 4)
    #expect(try story.reruns().allSatisfy { $0.hasSuffix("sure") })
  }

  /// With a job store in S3, a task's id is a UUID. CWL and WDL number their shards; long names are cut.
  @Test func toilWithAJobStoreInS3() throws {
    var story = try ClientStory()
    let definition = "toil-0b7c1f3e-64f5-4be1-9d0c-9a1b2c3d4e5f"
    func id(_ task: Int) -> String { "4f5be1aa-64f5-4be1-9d0c-9a1b2c3d4e5\(task)" }
    try story.job("align2-\(id(0))-v1", "09:00", "09:20", .hostLost, definition: definition)
    try story.job("align2-\(id(0))-v2", "09:22", "09:40", definition: definition)
    for shard in 0..<3 {
      try story.job(
        "WDLTaskJob-cohort\(shard)call-mapmapcommand-\(id(shard + 1))-v1", "10:00", "10:20", definition: definition)
    }
    let long = "CWLJob-" + String(repeating: "main-variants-", count: 7)
    for shard in 0..<2 {
      let name = String("\(long)\(shard)-call-\(id(shard + 4))-v1".prefix(128))
      try story.job(name, "11:00", "11:20", shard == 0 ? .hostLost : .succeeded, definition: definition)
      if shard == 0 { try story.job(name, "11:22", "11:40", definition: definition) }
    }
    #expect(try story.runs() == ["toil - 0b7c1f3e-64f5-4be1-9d0c-9a1b2c3d4e5f 3 8 2 2"])
    #expect(try story.reruns().map { $0.hasSuffix("sure") } == [true, false])
    #expect(try story.steps() == ["\(long)*-call-* 3", "WDLTaskJob-cohort*call-mapmapcommand 3", "align2 2"])
  }

  /// Jobs joined by a pipe are a group, which Snakemake names by a new UUID each.
  @Test func snakemakesGroupsOfPipedJobsAreOneStep() throws {
    var story = try ClientStory()
    for number in 0..<3 {
      let group = "11111111-58ee-4571-b499-00000000000\(number)"
      let job = "22222222-58ee-4571-b499-00000000000\(number)"
      try story.job("snakejob-\(group)-\(job)", "09:00", "09:20", definition: "snakejob-def-\(group)-\(job)")
    }
    try story.snakemake("merge", "09:22", "09:30")
    #expect(try story.runs() == ["snakemake - - 2 4 0 0"])
    #expect(try story.steps() == ["merge 1", "snakejob-def-*-* 3"])
  }

  /// With `job-definition://`, only the command says that a job is Nextflow's.
  @Test func nextflowWithADefinitionOfOnesOwn() throws {
    var story = try ClientStory()
    let parameters = #"{"nextflow.task":"true"}"#
    try story.job("align_1", "09:00", "09:20", .hostLost, definition: "bwa-prod", parameters: parameters)
    try story.job("align_1", "09:22", "09:40", definition: "bwa-prod", parameters: parameters)
    try story.job("merge", "09:42", "09:50", definition: "merge-prod", parameters: parameters)
    try story.job("merge", "09:42", "09:50", definition: "merge-prod")
    #expect(try story.runs() == ["nextflow - - 2 3 1 1"])
    #expect(try story.steps() == ["align_* 2", "merge 1", "merge-prod 1"])
  }

  @Test func covalentDispatches() throws {
    var story = try ClientStory()
    for dispatch in ["7a1cbf1e-6a0f-4f6e-9a54-6b8ad2ce9c9e", "8b2dcf2f-6a0f-4f6e-9a54-6b8ad2ce9c9e"] {
      for node in 0..<2 {
        try story.job("covalent-batch-\(dispatch)-\(node)", "09:00", "09:30", definition: "\(dispatch)-\(node)")
      }
    }
    #expect(
      try story.runs() == [
        "covalent - 7a1cbf1e-6a0f-4f6e-9a54-6b8ad2ce9c9e 2 2 0 0",
        "covalent - 8b2dcf2f-6a0f-4f6e-9a54-6b8ad2ce9c9e 2 2 0 0",
      ])
  }

  @Test func miniwdlJobsThatStartOthersSideBySide() throws {
    var story = try ClientStory()
    try story.job("cohort_a-v43impfl", "09:00", "11:00", definition: "miniwdl")
    try story.job("cohort_b-ab2cd3ef", "09:05", "11:00", definition: "miniwdl")
    for (parent, random) in [("job-1", "2y2nyrvd"), ("job-2", "nfrpyz43")] {
      let tags = #"{"AWS_BATCH_PARENT_JOB_ID":"\#(parent)"}"#
      try story.job("map-0-s1-\(random)", "09:10", "09:30", .hostLost, definition: "map-0-s1-\(random)", tags: tags)
      try story.job(
        "map-0-s1-try2-\(random)", "09:35", "09:55", definition: "map-0-s1-try2-\(random)", tags: tags)
    }
    #expect(try story.runs() == ["miniwdl cohort_a job-1 2 3 1 1", "miniwdl cohort_b job-2 2 3 1 1"])
  }

  /// As lithops 3.8.0 names them: two executors of one session, each with a map, which is an array, and a call.
  @Test func lithopsExecutorsAreRuns() throws {
    var story = try ClientStory()
    let definition = "lithops_v380_axyz--SPOT--batch-default-runtime-v311--380--1024mb"
    for (key, from, to) in [
      ("b41c7f-0-M000", "09:00", "09:30"), ("b41c7f-0-A001", "09:31", "09:40"), ("b41c7f-1-M000", "09:05", "09:35"),
    ] { try story.job("\(definition)_\(key)", from, to, definition: definition) }
    #expect(try story.runs() == ["lithops - b41c7f-0 1 2 0 0", "lithops - b41c7f-1 1 1 0 0"])
  }

  /// The functions of a runtime are steps, and so is the job that reads the runtime's metadata, which is of no executor.
  @Test func lithopsFunctionsAreSteps() throws {
    var story = try ClientStory()
    let definition = "lithops_v380_axyz--SPOT--batch-default-runtime-v311--380--1024mb"
    for (key, function, from, to) in [
      ("metadata", "metadata", "08:50", "08:52"), ("b41c7f-0-M000", "align", "09:00", "09:30"),
      ("b41c7f-0-A001", "merge", "09:31", "09:40"),
    ] {
      try story.job(
        "\(definition)_\(key)", from, to, definition: definition, parameters: #"{"lithops.function":"\#(function)"}"#)
    }
    #expect(try story.runs() == ["lithops - - 1 1 0 0", "lithops - b41c7f-0 2 2 0 0"])
    #expect(try story.steps() == ["align 1", "merge 1", "metadata 1"])
  }

  /// Nextflow's `array`: the children have the name of the array, a task that is tried again has its own, and is no child.
  @Test func nextflowTriesChildrenOfArraysAgainAsSingleJobs() throws {
    var story = try ClientStory()
    for (index, end) in [FactBase.Attempt.End.succeeded, .hostLost, .exitCode, .exitCode].enumerated() {
      try story.job(
        "ALIGN_1", "09:00", index == 3 ? "09:50" : "09:20", end, definition: "nf-align", parent: 1)
    }
    try story.job("ALIGN_2", "09:22", "09:40", definition: "nf-align")
    try story.job("ALIGN_3", "09:24", "09:44", definition: "nf-align")
    try story.facts.build()
    #expect(
      try story.lines("SELECT r.job, r.next, r.sure FROM client_rerun r ORDER BY r.job") == ["2 5 0", "3 6 0"])
  }

  @Test func luigiTasksAreSeparatedByParameters() throws {
    var story = try ClientStory()
    func submit(_ name: String, _ from: String, _ to: String, _ end: FactBase.Attempt.End = .succeeded, day: Int = 19)
      throws
    {
      try story.job(
        "batch-job-\(name)", from, to, end, day: day, definition: "tile",
        parameters: #"{"x":"\#(name.first == "q" ? 4 : 5)","y":"1"}"#)
    }
    // Luigi waits a quarter of an hour before it tries again. The next day the same tile is computed again.
    try submit("qwishekz", "09:00", "09:20", .exitCode)
    try submit("qgmobaxn", "09:36", "09:56")
    try submit("zhxktqlf", "09:00", "09:20", .exitCode)
    try submit("zhxktqla", "09:00", "09:20", day: 20)
    #expect(try story.runs() == ["luigi - - 1 3 2 1", "luigi - - 1 1 0 0"])
    #expect(try story.reruns() == ["batch-job-qwishekz batch-job-qgmobaxn likely"])
  }

  @Test func stepFunctionsAndPrefect() throws {
    var story = try ClientStory()
    let known = #"{"states.execution":"3f2c","states.machine":"Ingest","states.managed":"true"}"#
    try story.job("decode-17", "09:00", "09:10", parameters: known)
    try story.job("decode-18", "09:00", "09:10", .hostLost, parameters: known)
    try story.job("decode-18", "09:12", "09:22", parameters: known)
    let marked = #"{"states.managed":"true"}"#
    try story.job("thumbs", "12:00", "12:10", parameters: marked)
    try story.job("thumbs", "15:00", "15:10", parameters: marked)
    try story.job(
      "score", "16:00", "16:10", tags: #"{"prefect.io/flow-name":"daily","prefect.io/flow-run-id":"8d7e"}"#)
    try story.job("score", "16:00", "16:10", parameters: #"{"prefect.flow_run_id":"9e8f"}"#)
    try story.job("score", "16:00", "16:10")
    #expect(
      try story.runs() == [
        "step-functions Ingest 3f2c 1 3 1 1", "step-functions - - 1 1 0 0", "step-functions - - 1 1 0 0",
        "prefect daily 8d7e 1 1 0 0", "prefect - 9e8f 1 1 0 0",
      ])
    #expect(try story.reruns() == ["decode-18 decode-18 likely"])
  }

  @Test func nextflowByResourceLabelsAndWithout() throws {
    var story = try ClientStory()
    func labels(_ run: String, _ process: String) -> String {
      #"{"pipelineName":"acme/variants","pipelineProcess":"\#(process)","pipelineUser":"dora","uniqueRunId":"\#(run)"}"#
    }
    for run in ["3dLeF2W4ju5og4", "5yJURpCMUNmfri"] {
      try story.job("MAP_s1", "09:00", "09:20", .hostLost, definition: "nf-img", tags: labels(run, "MAP"))
      try story.job("MAP_s2", "09:00", "09:30", definition: "nf-img", tags: labels(run, "MAP"))
      try story.job("MAP_s1", "09:22", "09:42", definition: "nf-img", tags: labels(run, "MAP"))
    }
    // Without labels; MERGE runs for two samples at once, so its name identifies no task.
    try story.job("SPLIT", "14:00", "14:10", definition: "nf-img-2")
    try story.job("MERGE", "14:12", "14:22", .exitCode, definition: "nf-img-2")
    try story.job("MERGE", "14:12", "14:32", definition: "nf-img-2")
    try story.job("MERGE", "14:24", "14:34", definition: "nf-img-2")
    #expect(
      try story.runs() == [
        "nextflow acme/variants 3dLeF2W4ju5og4 1 3 1 1", "nextflow acme/variants 5yJURpCMUNmfri 1 3 1 1",
        "nextflow - - 2 4 1 0",
      ])
    #expect(try story.reruns() == ["MAP_s1 MAP_s1 likely", "MAP_s1 MAP_s1 likely"])
  }
}
