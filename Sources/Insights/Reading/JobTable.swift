import Domain
import Store

/// The jobs of an account. Parents of arrays and multi-node jobs are not among them; their children are.
struct JobTable: Sendable {
  private(set) var ended: ContiguousArray<EndedJob> = []
  /// When each job, ended or not, was created, by its place among the identities; −1 where there is none.
  private var creations: ContiguousArray<Int64> = []
  /// Parents of children that have not ended.
  private(set) var unfinishedParents: Set<Int64> = []
  /// Jobs that have not ended.
  private(set) var unfinished: [UnfinishedJob] = []
  /// What each job does, and for whom.
  private(set) var identities: JobIdentities

  init(_ connection: Connection, _ rules: [ClientRule]) throws {
    try self.init(connection, JobIdentities(connection, rules))
  }

  /// - Parameter jobs: those that are read, as SQL.
  /// - Complexity: O(n) in the number of jobs.
  init(_ connection: Connection, _ identities: JobIdentities, _ jobs: String = "job NOT INDEXED") throws {
    self.identities = identities
    try read(connection, jobs)
  }

  /// When a job was created; −1 where nobody knows it.
  func created(_ job: Int64) -> Int64 { identities.index.position(of: job).map { creations[$0] } ?? -1 }

  /// Adds the jobs of a part that are not known yet.
  mutating func addStored(_ connection: Connection) throws {
    try identities.addStored(connection)
    try read(connection, "part_job CROSS JOIN job ON known = 0 AND job.id = part_id")
  }

  private mutating func read(_ connection: Connection, _ jobs: String) throws {
    creations.append(
      contentsOf: repeatElement(-1, count: max(0, identities.index.count - creations.count)))
    func number(_ value: Int64?, missing: Int32) -> Int32 { value.map { Int32(truncatingIfNeeded: $0) } ?? missing }
    let columns = """
      id, parent, kind, child_index, job_queue, job_definition, status = 'SUCCEEDED', created_at_ms,
      COALESCE(started_at_ms, created_at_ms), stopped_at_ms, status <> 'SUCCEEDED' AND status_reason LIKE 'Host EC2%'
      """
    let kinds = [JobKind.single, .arrayChild, .node, .service].map { String($0.rawValue) }.joined(separator: ", ")
    try connection.scan(columns, from: "\(jobs) WHERE kind IN (\(kinds))") { row in
      let id = row.integer(0)
      if let position = identities.index.position(of: id) { creations[position] = row.integer(7) }
      let kind = JobKind(rawValue: row.integer(2))
      let isCounted = kind != .node || row.integer(3) == 0
      if row.isNull(9) {
        if let parent = row.optionalInteger(1) { unfinishedParents.insert(parent) }
        unfinished.append(
          UnfinishedJob(
            id: Int32(truncatingIfNeeded: id), queue: number(row.optionalInteger(4), missing: 0),
            created: row.integer(7), cost: 0, isCounted: isCounted))
        return
      }
      ended.append(
        EndedJob(
          id: Int32(truncatingIfNeeded: id), parent: number(row.optionalInteger(1), missing: -1),
          queue: number(row.optionalInteger(4), missing: 0),
          definition: number(row.optionalInteger(5), missing: 0),
          created: row.integer(7), started: row.integer(8), stopped: row.integer(9), cost: 0,
          isArrayChild: kind == .arrayChild, isCounted: isCounted,
          succeeded: row.integer(6) == 1, lostHost: row.integer(10) == 1))
    }
  }

  /// A job costs what its attempts do.
  ///
  /// - Parameter stored: what jobs of clients cost of which the attempts were not read.
  mutating func addCosts(_ attempts: AttemptTable, _ postings: PostingScan, _ stored: StoredRunJobs) {
    func cost(_ job: Int32) -> Int64 {
      if let known = stored[Int64(job)] { return known.cost ?? 0 }
      return attempts.positions(ofJob: Int64(job)).reduce(0) { $0 + postings.cost[$1] }
    }
    for index in ended.indices { ended[index].cost = cost(ended[index].id) }
    for index in unfinished.indices { unfinished[index].cost = cost(unfinished[index].id) }
  }
}
