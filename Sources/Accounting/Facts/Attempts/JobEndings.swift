import Store

/// How jobs ended, as needed to decide whether an attempt counted.
struct JobEndings {
  enum Ending: UInt8 {
    case succeeded
    /// Failed, or not over.
    case unsuccessful
    /// The same, but cancelled or terminated by a user.
    case endedByUser
  }

  /// By `job.id`.
  private var endings: ContiguousArray<Ending>

  init(_ connection: Connection, _ scope: FactScope) throws {
    let last = try connection.integer("SELECT COALESCE(MAX(id), 0) FROM job")
    endings = ContiguousArray(repeating: .succeeded, count: Int(last) + 1)
    try connection.each("SELECT id, cancelled + terminated > 0 FROM \(scope.jobs) WHERE status <> 'SUCCEEDED'") {
      (id: Int64, isByUser: Bool) in endings[Int(id)] = isByUser ? .endedByUser : .unsuccessful
    }
  }

  /// Unknown jobs count as succeeded.
  subscript(job: Int64) -> Ending { job >= 0 && job < endings.count ? endings[Int(job)] : .succeeded }
}
