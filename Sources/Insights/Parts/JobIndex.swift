import Domain
import Store

/// The position of a job in columns of all jobs, or of some.
struct JobIndex: Sendable {
  /// By `job.id`, −1 for none; empty if every job's position is its id.
  private var positions: ContiguousArray<Int32> = []
  private(set) var count: Int

  /// Every job.
  init(all connection: Connection) throws {
    let last = "MAX(COALESCE((SELECT MAX(id) FROM main.job), 0), COALESCE((SELECT MAX(job) FROM main.job_identity), 0))"
    count = Int(try connection.integer("SELECT \(last)")) + 1
  }

  /// Only the jobs that are added.
  init(partOf connection: Connection) throws {
    count = 0
    let last = Int(try connection.integer("SELECT COALESCE(MAX(id), 0) FROM job"))
    positions = ContiguousArray(repeating: -1, count: last + 1)
  }

  /// - Complexity: O(1)
  func position(of job: Int64) -> Int? {
    if positions.isEmpty { return job >= 0 && job < count ? Int(job) : nil }
    guard job >= 0, job < positions.count, positions[Int(job)] >= 0 else { return nil }
    return Int(positions[Int(job)])
  }

  /// Gives a job the next position, if jobs are added one by one.
  mutating func add(_ job: Int64) {
    if positions.isEmpty { return }
    positions[Int(job)] = Int32(count)
    count += 1
  }
}
