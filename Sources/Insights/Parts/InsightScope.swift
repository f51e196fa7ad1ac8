import Domain

/// What insights are computed from: everything, or what ran on the days that changed.
///
/// A part is assembled in temporary tables, see `PartTables`. It has all data of the jobs that it recomputes, so that
/// their rows, and those of its days, are the same as from a full computation.
enum InsightScope: Sendable {
  case all
  case part(InsightPart)

  var isPart: Bool { if case .part = self { true } else { false } }

  /// Whether rows of a day are recomputed.
  func has(day: Int32) -> Bool {
    switch self {
    case .all: true
    case .part(let part): part.days.contains(day)
    }
  }

  /// Whether the row of an array is recomputed.
  func has(parent: Int32) -> Bool {
    switch self {
    case .all: true
    case .part(let part): part.parents.contains(parent)
    }
  }

  /// Whether rows of an instance type's Spot pools on a day are recomputed.
  func hasPool(_ type: String, day: Int32) -> Bool {
    switch self {
    case .all: true
    case .part(let part): part.days.contains(day) || day >= part.pricedSince[type] ?? .max
    }
  }

  // MARK: SQL

  /// Attempts in the order of their ids.
  var attempts: String {
    isPart
      ? "part_job CROSS JOIN attempt ON told = 1 AND \(AttemptID.isOf("attempt.id", job: "part_id"))"
      : "attempt NOT INDEXED"
  }

  /// Jobs with complete data, in the order of their ids.
  var jobs: String { isPart ? "part_job CROSS JOIN job ON told = 1 AND job.id = part_id" : "job NOT INDEXED" }

  /// Postings in the order of their resources.
  var postings: String {
    isPart
      ? "part_resource CROSS JOIN posting ON posted = 1 AND \(PostingID.isOf("posting.id", resource: "part_id"))"
      : "posting NOT INDEXED"
  }

  /// Resources in the order of their ids.
  var resources: String { isPart ? "part_resource CROSS JOIN resource ON resource.id = part_id" : "resource" }

  /// Whether all attempts of a job are read.
  func isTold(_ job: String) -> String {
    isPart ? "(SELECT told FROM part_job WHERE part_id = \(job)) = 1" : "TRUE"
  }

  /// Deletes the rows that will be recomputed.
  func deletion(of table: String, by key: Insight.Key) -> String? {
    if case .own = key { return nil }
    guard case .part(let part) = self else { return "DELETE FROM \(table)" }
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

/// What is recomputed if little changed.
struct InsightPart: Sendable {
  var days: Set<Int32>
  /// Arrays, rows of `job_parent`.
  var parents: Set<Int32>
  /// By instance type: the day from which its Spot prices changed.
  var pricedSince: [String: Int32]
}

extension Insight {
  /// Which rows of an insight's tables are replaced when some jobs and days change.
  enum Key: Sendable {
    /// None by key: all are computed from sums of other insights.
    case nothing
    case day, attempt, job, parent
    /// Day and instance type.
    case pool
    /// The insight replaces its rows itself.
    case own
  }
}
