import Domain

/// What insights are computed of: everything, or what ran on days that changed.
///
/// A part is put together in temporary tables, see `PartTables`. It knows all of the jobs that are told, so that rows of
/// theirs and of its days are those that a computation of everything would give.
enum InsightScope: Sendable {
  case all
  case part(InsightPart)

  var isPart: Bool { if case .part = self { true } else { false } }

  /// Whether rows of a day are computed anew.
  func has(day: Int32) -> Bool {
    switch self {
    case .all: true
    case .part(let part): part.days.contains(day)
    }
  }

  /// Whether the row of an array is computed anew.
  func has(parent: Int32) -> Bool {
    switch self {
    case .all: true
    case .part(let part): part.parents.contains(parent)
    }
  }

  /// Whether rows of an instance type's Spot pools on a day are computed anew.
  func hasPool(_ type: String, day: Int32) -> Bool {
    switch self {
    case .all: true
    case .part(let part): part.days.contains(day) || day >= part.pricedSince[type] ?? .max
    }
  }

  // MARK: What stands in SQL

  /// Attempts in the order of their ids.
  var attempts: String {
    isPart
      ? "part_job CROSS JOIN attempt ON told = 1 AND \(AttemptID.isOf("attempt.id", job: "part_id"))"
      : "attempt NOT INDEXED"
  }

  /// Jobs of which everything is known, in the order of their ids.
  var jobs: String { isPart ? "part_job CROSS JOIN job ON told = 1 AND job.id = part_id" : "job NOT INDEXED" }

  /// Postings in the order of their resources.
  var postings: String {
    isPart
      ? "part_resource CROSS JOIN posting ON posted = 1 AND \(PostingID.isOf("posting.id", resource: "part_id"))"
      : "posting NOT INDEXED"
  }

  /// Resources in the order of their ids.
  var resources: String { isPart ? "part_resource CROSS JOIN resource ON resource.id = part_id" : "resource" }

  /// What makes room for the rows that are computed anew.
  func deletion(of table: String, by key: Insight.Key) -> String? {
    if case .own = key { return nil }
    guard case .part(let part) = self else { return "DELETE FROM \(table)" }
    let isTold = { (job: String) in "(SELECT told FROM part_job WHERE part_id = \(job)) = 1" }
    switch key {
    case .nothing: return "DELETE FROM \(table)"
    case .day: return "DELETE FROM \(table) WHERE day IN (SELECT day FROM part_day)"
    case .attempt: return "DELETE FROM \(table) WHERE \(isTold(AttemptID.job(of: "attempt")))"
    case .job: return "DELETE FROM \(table) WHERE \(isTold("job"))"
    case .parent: return "DELETE FROM \(table) WHERE parent IN (SELECT parent FROM part_parent)"
    case .pool:
      let since = part.pricedSince.sorted { $0.key < $1.key }.map { type, day in
        "DELETE FROM \(table) WHERE instance_type = '\(type.replacing("'", with: "''"))' AND day >= \(day)"
      }
      return (["DELETE FROM \(table) WHERE day IN (SELECT day FROM part_day)"] + since).joined(separator: ";\n")
    case .own: return nil
    }
  }
}

/// What is computed anew where little changed.
struct InsightPart: Sendable {
  var days: Set<Int32>
  /// Arrays, rows of `job_parent`.
  var parents: Set<Int32>
  /// By instance type: since which day its Spot prices are others.
  var pricedSince: [String: Int32]
}

extension Insight {
  /// What decides which rows of an insight's tables a change of some jobs and days replaces.
  enum Key: Sendable {
    /// All are computed from what others have added up.
    case nothing
    case day, attempt, job, parent
    /// Day and instance type.
    case pool
    /// The insight replaces its rows itself.
    case own
  }
}
