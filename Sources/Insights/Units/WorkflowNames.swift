import Store

/// Which workflow a job belongs to.
struct WorkflowNames {
  private var runOfTagSet: [Int64: String] = [:]
  private var tagSetOfParent: [Int64: Int64] = [:]
  private let pipelines: [String]

  init(_ connection: Connection, _ settings: InsightSettings, pipelines: [String]) throws {
    self.pipelines = pipelines
    let tag = try connection.prepare("SELECT tag_set, value FROM tag WHERE name = ?")
    for name in settings.workflowTags.reversed() {
      tag.bind(1, name)
      while try tag.step() { runOfTagSet[tag.integer(0)] = tag.text(1) }
    }
    guard !runOfTagSet.isEmpty else { return }
    let parents = try connection.prepare("SELECT id, tag_set FROM job_parent WHERE tag_set IS NOT NULL")
    while try parents.step() { tagSetOfParent[parents.integer(0)] = parents.integer(1) }
  }

  func name(of job: EndedJob) -> (text: String, rule: WorkflowRun.Rule)? {
    if !runOfTagSet.isEmpty, let run = runOfTagSet[tagSetOfParent[Int64(job.parent)] ?? Int64(job.tagSet)] {
      return (run, .tag)
    }
    return job.pipeline < 0 ? nil : (pipelines[Int(job.pipeline)], .nfCore)
  }
}
