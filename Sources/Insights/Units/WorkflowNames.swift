import Store

/// Which workflow a job belongs to.
struct WorkflowNames {
  private var runOfTagSet: [Int64: String] = [:]
  private var tagSetOfJob: [Int64: Int64] = [:]
  private var pipelineOfJob: [Int64: String] = [:]

  var isEmpty: Bool { runOfTagSet.isEmpty && pipelineOfJob.isEmpty }

  init(_ connection: Connection, _ settings: InsightSettings) throws {
    let tag = try connection.prepare("SELECT tag_set, value FROM tag WHERE name = ?")
    for name in settings.workflowTags.reversed() {
      tag.bind(1, name)
      while try tag.step() { runOfTagSet[tag.integer(0)] = tag.text(1) }
    }
    if !runOfTagSet.isEmpty {
      let rows = try connection.prepare(
        """
        SELECT j.id, COALESCE(p.tag_set, j.tag_set) FROM job j LEFT JOIN job_parent p ON p.id = j.parent
        WHERE COALESCE(p.tag_set, j.tag_set) IS NOT NULL
        """)
      while try rows.step() {
        if runOfTagSet[rows.integer(1)] != nil { tagSetOfJob[rows.integer(0)] = rows.integer(1) }
      }
    }
    let names = try connection.prepare("SELECT id, name FROM job WHERE name >= 'NFCORE_' AND name < 'NFCORE`'")
    while try names.step() {
      if let pipeline = WorkflowRun.pipeline(names.text(1)) { pipelineOfJob[names.integer(0)] = pipeline }
    }
  }

  func name(of job: EndedJob) -> (text: String, rule: WorkflowRun.Rule)? {
    if let run = tagSetOfJob[job.id].flatMap({ runOfTagSet[$0] }) { return (run, .tag) }
    return pipelineOfJob[job.id].map { ($0, .nfCore) }
  }
}
