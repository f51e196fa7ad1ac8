import Store

/// Jobs whose identity changed.
struct ChangedIdentities {
  /// Jobs with other changes too.
  private(set) var jobs: [Int64] = []
  /// There are others: a job's identity may depend on another job.
  private(set) var isElsewhere = false

  /// - Parameter identities: of the known jobs of a part.
  init(_ identities: JobIdentities, _ connection: Connection) throws {
    let known = "part_job LEFT JOIN job_identity i ON i.job = part_id WHERE known = 1"
    try connection.scan("part_id, told, COALESCE(i.job_step, -1)", from: known) { row in
      if row.integer(2) == Int64(identities.step(of: row.integer(0))) { return }
      jobs.append(row.integer(0))
      if row.integer(1) == 0 { isElsewhere = true }
    }
  }

  /// Jobs that are no longer run again by the same job, and those that run them again.
  static func linked(_ reruns: ClientReruns, _ connection: Connection) throws -> Set<Int64> {
    var new = reruns.links
    var changed: Set<Int64> = []
    let rows = try connection.prepare("SELECT job, next, sure FROM client_rerun")
    while try rows.step() {
      let link = ClientReruns.Link(next: rows.integer(1), isSure: rows.integer(2) == 1)
      let now = new.removeValue(forKey: rows.integer(0))
      if now == link { continue }
      changed.formUnion([rows.integer(0), link.next])
      if let now { changed.insert(now.next) }
    }
    for (job, link) in new { changed.formUnion([job, link.next]) }
    return changed
  }
}
