import Store

/// A job that ended, with the cost of all its attempts. Array and multi-node parents are not among them; nodes are.
struct EndedJob: Sendable {
  var id: Int64
  var parent: Int64?
  var isArrayChild: Bool
  /// False for the nodes of a multi-node job but its first: the job is counted once.
  var isCounted: Bool
  var queue: Int64
  var definition: Int64
  var succeeded: Bool
  var created: Int64
  var started: Int64
  var stopped: Int64
  /// Its own, not its parent's.
  var tagSet: Int64?
  /// Where its name is that of a process of nf-core.
  var pipeline: String?
  var cost: Int64

  /// Jobs that ended, and when each job, ended or not, was created, by its id; −1 of parents.
  /// - Complexity: O(n) in the number of jobs.
  static func read(
    _ connection: Connection, _ attempts: AttemptTable, _ postings: PostingScan
  ) throws -> (jobs: ContiguousArray<EndedJob>, created: ContiguousArray<Int64>) {
    var jobs: ContiguousArray<EndedJob> = []
    let last = try connection.integer("SELECT COALESCE(MAX(id), 0) FROM job")
    var created = ContiguousArray<Int64>(repeating: -1, count: Int(last) + 1)
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
      if rows.isNull(9) { continue }
      let kind = rows.integer(2)
      var cost: Int64 = 0
      for position in attempts.positions(ofJob: id) { cost += postings.cost[position] }
      jobs.append(
        EndedJob(
          id: id, parent: rows.optionalInteger(1), isArrayChild: kind == 2,
          isCounted: kind != 4 || rows.integer(3) == 0, queue: rows.integer(4), definition: rows.integer(5),
          succeeded: rows.integer(6) == 1, created: rows.integer(7), started: rows.integer(8),
          stopped: rows.integer(9), tagSet: rows.optionalInteger(10),
          pipeline: rows.isNull(11) ? nil : WorkflowRun.pipeline(rows.text(11)), cost: cost))
    }
    return (jobs, created)
  }
}
