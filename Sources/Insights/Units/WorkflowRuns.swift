import Domain
import Store

/// What a workflow run costs: its jobs, from the first created to the last ended.
///
/// Jobs belong together, by the first rule that holds:
///
/// 1. **tag**: they carry the same value of a tag that names runs (`InsightSettings.workflowTags`; children their
///    parent's). The value is the run.
/// 2. **nf-core**: their names begin with `NFCORE_PIPELINE_`, as Nextflow names the processes of an nf-core pipeline, and
///    they are in one queue. Nextflow does not tell Batch the run's name, so a new run begins where no job of the
///    pipeline had been waiting or running for an hour; two runs at once count as one.
///
/// Other jobs belong to no run.
struct WorkflowRun: Equatable {
  enum Rule: String {
    case tag
    case nfCore = "nf-core"
  }

  struct Key: Hashable, Comparable {
    var name: String
    var queue: Int32

    static func < (a: Key, b: Key) -> Bool { (a.name, a.queue) < (b.name, b.queue) }
  }

  /// The longest time without any job within one run.
  static let pause: Int64 = 3_600_000

  var name: String
  var rule: Rule
  var queue: Int32
  var jobs = 0
  var failed = 0
  var cost: Int64 = 0
  var created: Int64
  var stopped: Int64

  init(_ name: String, _ rule: Rule, _ first: EndedJob) {
    (self.name, self.rule, queue) = (name, rule, first.queue)
    (created, stopped) = (first.created, first.stopped)
  }

  mutating func add(_ job: EndedJob) {
    jobs += job.isCounted ? 1 : 0
    failed += job.isCounted && !job.succeeded ? 1 : 0
    cost += job.cost
    created = min(created, job.created)
    stopped = max(stopped, job.stopped)
  }

  /// `nf-core/sarek` of `NFCORE_SAREK_…`; nil for other names.
  static func pipeline(_ jobName: String) -> String? {
    guard jobName.hasPrefix("NFCORE_") else { return nil }
    let pipeline = jobName.dropFirst(7).prefix { $0 != "_" && $0 != ":" }
    return pipeline.isEmpty ? nil : "nf-core/" + pipeline.lowercased()
  }

  /// The runs of jobs that share a name, cut at pauses where the rule does not know the run.
  static func runs(_ key: Key, _ rule: Rule, _ jobs: [EndedJob]) -> [WorkflowRun] {
    var runs: [WorkflowRun] = []
    for job in jobs.sorted(by: { ($0.created, $0.id) < ($1.created, $1.id) }) {
      let continues = runs.last.map { rule == .tag || job.created <= $0.stopped + pause } ?? false
      if !continues { runs.append(WorkflowRun(key.name, rule, job)) }
      runs[runs.count - 1].add(job)
    }
    return runs
  }
}

extension Insight {
  static let workflowRuns = Insight("workflow runs", tables: ["workflow_run"]) { view, connection in
    let names = try WorkflowNames(connection, view.settings, pipelines: view.jobs.pipelines)
    var members: [WorkflowRun.Key: (rule: WorkflowRun.Rule, jobs: [EndedJob])] = [:]
    for job in view.jobs.ended {
      guard let name = names.name(of: job) else { continue }
      // A tag's run may use several queues; a pipeline by its name may not.
      let key = WorkflowRun.Key(name: name.text, queue: name.rule == .tag ? 0 : job.queue)
      members[key, default: (name.rule, [])].jobs.append(job)
    }
    let writer = try RowWriter(connection, "workflow_run", columns: 9)
    for (key, member) in members.sorted(by: { $0.key < $1.key }) {
      for run in WorkflowRun.runs(key, member.rule, member.jobs) {
        try writer.write(
          .text(run.name), .integer(run.created), .text(run.rule.rawValue), .integer(Int64(run.queue)),
          .integer(Int64(Instant(milliseconds: run.stopped).day.number)), .integer(run.stopped), .integer(run.jobs),
          .integer(run.failed), .integer(run.cost))
      }
    }
  }
}
