import AWS
import Domain
import Store

/// Jobs with their attempts, each once in its last state.
///
/// The first sweep of a queue lists every status, a thousand jobs per page. Later sweeps list what was created since
/// and what is not final; jobs that are unfinished in the database are requested by id. Children of array and
/// multi-node jobs have predictable ids and are never listed. A parent is described after its children, so that a
/// parent that is final in the database has all of them there, whenever a run was stopped.
struct LiveJobs: LiveSource {
  let name = "jobs"
  let operations = [
    Batch.listJobsOperation, Batch.describeJobsOperation, Batch.describeJobDefinitionsOperation,
  ]
  let absence = "there are no jobs, so all cost counts as unused"

  /// Earliest state first: a job that moves on during the sweep is found again in a later state.
  static let unfinishedStates = ["SUBMITTED", "PENDING", "RUNNABLE", "STARTING", "RUNNING"]
  static let finalStates = ["SUCCEEDED", "FAILED"]
  /// How long before the last sweep the next one begins, to allow for clock differences and late answers.
  static let overlap: Int64 = 3_600_000
  /// Batch keeps a finished job for at least seven days.
  static let retention: Int64 = 7 * millisecondsPerDay

  func collect(_ visit: LiveVisit) async throws {
    var asked: Set<String> = []
    for queue in try await visit.queues(ofServiceJobs: false) {
      asked.formUnion(try await sweep(queue, visit))
    }
    let unfinished = try await visit.texts(
      """
      SELECT job_id FROM job WHERE account_region = ? AND status NOT IN ('SUCCEEDED', 'FAILED')
      AND platform IS NOT \(JobPlatform.sageMaker.rawValue) AND created_at_ms > \(visit.asOf.milliseconds - 60 * millisecondsPerDay) ORDER BY id
      """)
    let rest = unfinished.filter { !asked.contains($0) }
    try await visit.send(rest.parts(of: 100).map(Batch.describeJobs))
    // Old revisions are not among the active ones that the inventory lists.
    let definitions = try await visit.texts(
      "SELECT arn FROM job_definition WHERE account_region = ? AND described = 0 ORDER BY arn")
    try await visit.send(definitions.parts(of: 100).map { Batch.describeJobDefinitions($0) })
  }

  /// Sweeps one queue; returns the ids of unfinished jobs that were requested.
  private func sweep(_ queue: String, _ visit: LiveVisit) async throws -> Set<String> {
    let source = Batch.listJobsOperation.description
    let last = try await visit.checkpoint(source, queue)
    if let last { try await warnOfGap(since: last.at, queue, visit) }
    let selections = Self.selections(Self.unfinishedStates, after: last?.at)
    let asked = try await withThrowingTaskGroup(of: Void.self) { group in
      var describer = JobDescriber(visit: visit, queue: queue)
      for selection in selections {
        for try await answer in visit.client.pages(of: Batch.listJobs(.queue(queue), selection)) {
          try await describer.add(try JobSummary.list(answer.body), to: &group)
        }
      }
      try await describer.finish(&group)
      return describer.stillOpen
    }
    try await visit.writer.write(Checkpoint(source: source, scope: queue, position: "", at: visit.asOf))
    return asked
  }

  /// What is not final, and what is or may be new: everything final, or what was created since the last sweep.
  static func selections(_ unfinishedStates: [String], after last: Instant?) -> [Batch.Selection] {
    unfinishedStates.map(Batch.Selection.status)
      + (last.map { [.createdAfter(milliseconds: $0.milliseconds - overlap)] }
        ?? finalStates.map(Batch.Selection.status))
  }

  private func warnOfGap(since last: Instant, _ queue: String, _ visit: LiveVisit) async throws {
    guard visit.asOf.milliseconds - last.milliseconds > Self.retention else { return }
    try await visit.writer.add(
      LiveFinding(
        check: .collectionGap, place: visit.place, source: name,
        message:
          "\(queue): not collected from \(last) to \(visit.asOf), longer than the seven days that Batch remembers; "
          + "jobs that ended in the first part are missing"))
  }
}

extension LiveVisit {
  /// ARNs of queues: those whose jobs SageMaker runs, or all others.
  func queues(ofServiceJobs isService: Bool) async throws -> [String] {
    try await texts(
      """
      SELECT arn FROM job_queue WHERE account_region = ? AND described = 1
      AND (ifnull(queue_type, '') = 'SAGEMAKER_TRAINING') = \(isService ? 1 : 0) ORDER BY arn
      """)
  }

  /// Jobs that the database does not have in their last state.
  func unfinishedJobs(_ ids: [String]) async throws -> [String] {
    try await names(ids, without: "SELECT 1 FROM job WHERE job_id = ? AND status IN ('SUCCEEDED', 'FAILED')")
  }
}

/// Collects ids of jobs and describes them a hundred at a time.
private struct JobDescriber {
  let visit: LiveVisit
  /// Requested jobs that were not final when they were listed.
  private(set) var stillOpen: Set<String> = []
  private var pending: [String] = []
  private var parents: [String] = []
  private var underWay = 0
  private let name: Substring
  private var described = 0

  init(visit: LiveVisit, queue: String) {
    self.visit = visit
    name = queue.split(separator: "/").last ?? ""
    visit.progress("jobs of \(name)")
  }

  mutating func add(_ summaries: [JobSummary], to group: inout ThrowingTaskGroup<Void, any Error>) async throws {
    let wanted = Set(try await unfinished(summaries.filter { $0.matters(since: visit.since) }.map(\.id)))
    for summary in summaries where wanted.contains(summary.id) {
      if !summary.isFinal, !stillOpen.insert(summary.id).inserted { continue }
      guard summary.children > 0 else {
        try await add([summary.id], to: &group)
        continue
      }
      for start in stride(from: 0, to: summary.children, by: 1000) {
        let ids = (start..<min(start + 1000, summary.children)).map(summary.child)
        let open = try await unfinished(ids)
        if !summary.isFinal { stillOpen.formUnion(open) }
        try await add(open, to: &group)
      }
      parents.append(summary.id)
    }
  }

  private func unfinished(_ ids: [String]) async throws -> [String] { try await visit.unfinishedJobs(ids) }

  mutating func finish(_ group: inout ThrowingTaskGroup<Void, any Error>) async throws {
    try await flush(&group, least: 1)
    try await group.waitForAll()
    underWay = 0
    pending = parents
    try await flush(&group, least: 1)
    try await group.waitForAll()
  }

  private mutating func add(_ ids: [String], to group: inout ThrowingTaskGroup<Void, any Error>) async throws {
    pending += ids
    try await flush(&group, least: 100)
  }

  /// Sends what is pending if there is at least this much.
  private mutating func flush(_ group: inout ThrowingTaskGroup<Void, any Error>, least: Int) async throws {
    var start = 0
    while pending.count - start >= least {
      if underWay >= LiveVisit.sideBySide {
        try await group.next()
        underWay -= 1
      }
      let call = Batch.describeJobs(Array(pending[start..<min(start + 100, pending.count)]))
      let visit = visit
      group.addTask { try await visit.send(call) }
      underWay += 1
      let end = min(start + 100, pending.count)
      described += end - start
      visit.progress("jobs of \(name): \(described) described")
      start = end
    }
    pending.removeFirst(start)
  }
}
