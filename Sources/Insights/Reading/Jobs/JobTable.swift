import Domain
import Store

/// The jobs of an account, without parents of arrays and multi-node jobs, but with their children.
struct JobTable: Sendable {
  /// The step, run, user and client of each job.
  private(set) var identities: JobIdentities
  private var jobs: Jobs

  fileprivate struct Jobs: Sendable {
    let division: JobDivision
    let ended: Spool<EndedJob>
    var endedOfClients: [EndedJob] = []
    var unfinished: [UnfinishedJob] = []
    var unfinishedParents: Set<Int64> = []

    init(_ division: JobDivision) {
      self.division = division
      ended = division.spool(of: EndedJob.self)
    }
  }

  /// Jobs that ended, by block.
  var ended: Spool<EndedJob> { jobs.ended }
  /// Those among them that have a client: their runs and re-runs are found from all of them together.
  var endedOfClients: [EndedJob] { jobs.endedOfClients }
  /// Jobs that have not ended, in the order of their ids.
  var unfinished: [UnfinishedJob] { jobs.unfinished }
  /// Parents of children that have not ended.
  var unfinishedParents: Set<Int64> { jobs.unfinishedParents }

  /// All jobs, with identities recomputed.
  ///
  /// - Complexity: O(n) in the number of jobs.
  init(_ connection: Connection, _ rules: [ClientRule], _ division: JobDivision) throws {
    var jobs = Jobs(division)
    identities = try JobIdentities(connection, rules) { try jobs.add($0, hasClient: $1) }
    self.jobs = jobs
  }

  /// The known jobs of a part, with identities recomputed.
  init(updating connection: Connection, _ rules: [ClientRule]) throws {
    var jobs = Jobs(.whole)
    identities = try JobIdentities(updating: connection, rules) { try jobs.add($0, hasClient: $1) }
    self.jobs = jobs
  }

  /// All jobs, with known identities.
  init(_ connection: Connection, _ identities: JobIdentities) throws {
    self.identities = identities
    jobs = Jobs(.whole)
    try read(connection, "job NOT INDEXED")
  }

  /// Adds the jobs of a part that are not there yet.
  mutating func addStored(_ connection: Connection) throws {
    try identities.addStored(connection)
    try read(connection, "part_job CROSS JOIN job ON known = 0 AND job.id = part_id")
    jobs.unfinished.sort { $0.id < $1.id }
  }

  private mutating func read(_ connection: Connection, _ source: String) throws {
    try JobRow.scan(connection, source, readsTexts: false) { try jobs.add($0, hasClient: false) }
  }

  mutating func forgetClients() { jobs.endedOfClients = [] }
}

extension JobTable.Jobs {
  mutating func add(_ row: JobRow, hasClient: Bool) throws {
    let (id, kind, queue) = (Int32(truncatingIfNeeded: row.id), row.kind, Int32(truncatingIfNeeded: row.queue))
    let isCounted = kind != .node || row.childIndex == 0
    let failure: JobFailure = row.isUnsuccessful ? row.isEndedByUser ? .endedByUser : .failed : .none
    guard let stopped = row.stopped else {
      if let parent = row.parent { unfinishedParents.insert(parent) }
      unfinished.append(
        UnfinishedJob(id: id, queue: queue, created: row.created, cost: 0, isCounted: isCounted, failure: failure))
      return
    }
    let job = EndedJob(
      id: id, parent: row.parent.map { Int32(truncatingIfNeeded: $0) } ?? -1, queue: queue,
      definition: Int32(truncatingIfNeeded: row.definition), created: row.created, started: row.started,
      stopped: stopped, cost: 0, isArrayChild: kind == .arrayChild, isCounted: isCounted, succeeded: row.succeeded,
      lostHost: row.lostHost, failure: failure)
    try ended.append(job, to: division.block(of: row.id))
    if hasClient { endedOfClients.append(job) }
  }
}
