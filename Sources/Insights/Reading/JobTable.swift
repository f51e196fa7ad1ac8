import Store

/// The jobs of an account. Parents of arrays and multi-node jobs are not among them; their children are.
struct JobTable: Sendable {
  private(set) var ended: ContiguousArray<EndedJob> = []
  /// When each job, ended or not, was created, by its id; −1 where there is none.
  private(set) var created: ContiguousArray<Int64>
  /// Parents of children that have not ended.
  private(set) var unfinishedParents: Set<Int64> = []

  /// - Complexity: O(n) in the number of jobs.
  init(_ connection: Connection, _ attempts: AttemptTable, _ postings: PostingScan) throws {
    let last = try connection.integer("SELECT COALESCE(MAX(id), 0) FROM job")
    created = ContiguousArray(repeating: -1, count: Int(last) + 1)
    ended.reserveCapacity(Int(last))
    let rows = try connection.prepare(
      """
      SELECT id, parent, kind, child_index, job_queue, job_definition, status = 'SUCCEEDED', created_at_ms,
        COALESCE(started_at_ms, created_at_ms), stopped_at_ms, tag_set,
        CASE WHEN name >= 'NFCORE_' AND name < 'NFCORE`' THEN name END
      FROM job WHERE kind IN (0, 2, 4) ORDER BY id
      """)
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
      ended.append(
        EndedJob(
          id: id, parent: rows.optionalInteger(1), isArrayChild: kind == 2,
          isCounted: kind != 4 || rows.integer(3) == 0, queue: rows.integer(4), definition: rows.integer(5),
          succeeded: rows.integer(6) == 1, created: rows.integer(7), started: rows.integer(8),
          stopped: rows.integer(9), tagSet: rows.optionalInteger(10),
          pipeline: rows.isNull(11) ? nil : WorkflowRun.pipeline(rows.text(11)), cost: cost))
    }
  }
}
