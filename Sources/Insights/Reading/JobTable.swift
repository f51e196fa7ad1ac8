import Store

/// The jobs of an account. Parents of arrays and multi-node jobs are not among them; their children are.
struct JobTable: Sendable {
  private(set) var ended: ContiguousArray<EndedJob> = []
  /// When each job, ended or not, was created, by its id; −1 where there is none.
  private(set) var created: ContiguousArray<Int64>
  /// Parents of children that have not ended.
  private(set) var unfinishedParents: Set<Int64> = []
  /// Names of nf-core's pipelines.
  private(set) var pipelines: [String] = []

  /// - Complexity: O(n) in the number of jobs.
  init(_ connection: Connection, _ attempts: AttemptTable, _ postings: PostingScan) throws {
    let last = try connection.integer("SELECT COALESCE(MAX(id), 0) FROM job")
    created = ContiguousArray(repeating: -1, count: Int(last) + 1)
    ended.reserveCapacity(Int(last))
    var numbers: [String: Int32] = [:]
    let rows = try connection.prepare(
      """
      SELECT id, parent, kind, child_index, job_queue, job_definition, status = 'SUCCEEDED', created_at_ms,
        COALESCE(started_at_ms, created_at_ms), stopped_at_ms, tag_set,
        CASE WHEN name >= 'NFCORE_' AND name < 'NFCORE`' THEN name END
      FROM job WHERE kind IN (0, 2, 4) ORDER BY id
      """)
    func number(_ column: Int32, missing: Int32) -> Int32 {
      rows.isNull(column) ? missing : Int32(truncatingIfNeeded: rows.integer(column))
    }
    while try rows.step() {
      let id = rows.integer(0)
      created[Int(id)] = rows.integer(7)
      if rows.isNull(9) {
        if let parent = rows.optionalInteger(1) { unfinishedParents.insert(parent) }
        continue
      }
      let kind = rows.integer(2)
      var cost: Int64 = 0
      for position in attempts.positions(ofJob: id) { cost += postings.cost[position] }
      var pipeline: Int32 = -1
      if !rows.isNull(11), let name = WorkflowRun.pipeline(rows.text(11)) {
        pipeline = numbers[name] ?? Int32(pipelines.count)
        if numbers.updateValue(pipeline, forKey: name) == nil { pipelines.append(name) }
      }
      ended.append(
        EndedJob(
          id: Int32(truncatingIfNeeded: id), parent: number(1, missing: -1), queue: number(4, missing: 0),
          definition: number(5, missing: 0), tagSet: number(10, missing: 0), pipeline: pipeline,
          created: rows.integer(7), started: rows.integer(8), stopped: rows.integer(9), cost: cost,
          isArrayChild: kind == 2, isCounted: kind != 4 || rows.integer(3) == 0, succeeded: rows.integer(6) == 1))
    }
  }
}
