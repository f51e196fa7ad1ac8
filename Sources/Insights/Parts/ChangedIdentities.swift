import Store

/// Jobs whose identity changed.
struct ChangedIdentities {
  /// Jobs with other changes too.
  private(set) var jobs: [Int64] = []
  /// There are others: a job's identity may depend on another job.
  private(set) var isElsewhere = false

  /// - Parameter identities: of the known jobs of a part.
  init(_ identities: JobIdentities, _ connection: Connection) throws {
    enum Field: Int32, SelectedColumn {
      case partId, told, jobStep
      var sql: String { self == .jobStep ? "COALESCE(\(name), -1)" : name }
    }
    let known = "part_job LEFT JOIN job_identity ON job = part_id WHERE known = 1"
    try connection.scan(Field.list, from: known) { row in
      let job = row.integer(Field.partId)
      if row.integer(Field.jobStep) == Int64(identities.step(of: job)) { return }
      jobs.append(job)
      if row.integer(Field.told) == 0 { isElsewhere = true }
    }
  }

  /// Jobs that are no longer run again by the same job, and those that run them again.
  static func linked(_ reruns: ClientReruns, _ connection: Connection) throws -> Set<Int64> {
    var new = reruns.links
    var changed: Set<Int64> = []
    try connection.each("SELECT job, next, sure FROM client_rerun") { (job: Int64, next: Int64, isSure: Bool) in
      let link = ClientReruns.Link(next: next, isSure: isSure)
      let now = new.removeValue(forKey: job)
      if now == link { return }
      changed.formUnion([job, link.next])
      if let now { changed.insert(now.next) }
    }
    for (job, link) in new { changed.formUnion([job, link.next]) }
    return changed
  }
}
