import Domain
import Store

/// The jobs of an account, without parents of arrays and multi-node jobs, but with their children.
struct JobTable: Sendable {
  /// The step, run, user and client of each job.
  private(set) var identities: JobIdentities
  private var jobs = Jobs()

  fileprivate struct Jobs: Sendable {
    var ended: ContiguousArray<EndedJob> = []
    var unfinished: [UnfinishedJob] = []
    var unfinishedParents: Set<Int64> = []
    /// By position among the identities; −1 if there is none.
    var creations: ContiguousArray<Int64> = []
  }

  var ended: ContiguousArray<EndedJob> { jobs.ended }
  /// Jobs that have not ended.
  var unfinished: [UnfinishedJob] { jobs.unfinished }
  /// Parents of children that have not ended.
  var unfinishedParents: Set<Int64> { jobs.unfinishedParents }

  /// All jobs, with identities recomputed.
  ///
  /// - Complexity: O(n) in the number of jobs.
  init(_ connection: Connection, _ rules: [ClientRule]) throws {
    var jobs = Jobs()
    jobs.reserve(Int(try connection.integer("SELECT COALESCE(MAX(id), 0) FROM job")) + 1)
    identities = try JobIdentities(connection, rules) { jobs.add($0, at: $1) }
    self.jobs = jobs
  }

  /// The known jobs of a part, with identities recomputed.
  init(updating connection: Connection, _ rules: [ClientRule]) throws {
    var jobs = Jobs()
    identities = try JobIdentities(updating: connection, rules) { jobs.add($0, at: $1) }
    self.jobs = jobs
  }

  /// All jobs, with known identities.
  init(_ connection: Connection, _ identities: JobIdentities) throws {
    self.identities = identities
    try read(connection, "job NOT INDEXED")
  }

  /// Adds the jobs of a part that are not there yet.
  mutating func addStored(_ connection: Connection) throws {
    try identities.addStored(connection)
    try read(connection, "part_job CROSS JOIN job ON known = 0 AND job.id = part_id")
  }

  private mutating func read(_ connection: Connection, _ source: String) throws {
    try JobRow.scan(connection, source, readsTexts: false) { row in
      jobs.add(row, at: identities.index.position(of: row.id))
    }
  }

  /// When a job was created, whether or not it has ended; −1 if unknown.
  func created(_ job: Int64) -> Int64 {
    guard let position = identities.index.position(of: job), position < jobs.creations.count else { return -1 }
    return jobs.creations[position]
  }

  /// Adds the cost of attempts to their jobs.
  ///
  /// - Parameter stored: the costs of clients' jobs whose attempts were not read.
  mutating func addCosts(_ attempts: AttemptTable, _ postings: PostingScan, _ stored: StoredRunJobs) {
    func cost(_ job: Int32) -> Int64 {
      if let known = stored[Int64(job)] { return known.cost ?? 0 }
      return attempts.positions(ofJob: Int64(job)).reduce(0) { $0 + postings.cost[$1] }
    }
    for index in jobs.ended.indices { jobs.ended[index].cost = cost(jobs.ended[index].id) }
    for index in jobs.unfinished.indices { jobs.unfinished[index].cost = cost(jobs.unfinished[index].id) }
  }
}

extension JobTable.Jobs {
  mutating func reserve(_ count: Int) {
    ended.reserveCapacity(count)
    creations.reserveCapacity(count)
  }

  /// - Parameter position: the job's position among the identities.
  mutating func add(_ row: JobRow, at position: Int?) {
    let (id, kind, queue, created) = (row.id, row.kind, Int32(truncatingIfNeeded: row.queue), row.created)
    if let position {
      while creations.count <= position { creations.append(-1) }
      creations[position] = created
    }
    let isCounted = kind != .node || row.childIndex == 0
    guard let stopped = row.stopped else {
      if let parent = row.parent { unfinishedParents.insert(parent) }
      unfinished.append(
        UnfinishedJob(
          id: Int32(truncatingIfNeeded: id), queue: queue, created: created, cost: 0, isCounted: isCounted))
      return
    }
    ended.append(
      EndedJob(
        id: Int32(truncatingIfNeeded: id), parent: row.parent.map { Int32(truncatingIfNeeded: $0) } ?? -1, queue: queue,
        definition: Int32(truncatingIfNeeded: row.definition), created: created, started: row.started,
        stopped: stopped, cost: 0, isArrayChild: kind == .arrayChild, isCounted: isCounted, succeeded: row.succeeded,
        lostHost: row.lostHost))
  }
}
