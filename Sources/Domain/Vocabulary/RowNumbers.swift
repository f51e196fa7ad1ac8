/// `attempt.id`: the job's id and the attempt's number within the job, so that a job's attempts are adjacent.
package enum AttemptID {
  private static let bits: Int64 = 10

  /// The most attempts that a job can have.
  package static let limit: Int64 = 1 << bits - 1

  /// - Parameter ordinal: from 1 to `limit`; it is not checked.
  package static func make(job: Int64, ordinal: Int64) -> Int64 { job << bits | ordinal }
  package static func job(of attempt: Int64) -> Int64 { attempt >> bits }
  /// Its number within the job, from 1.
  package static func ordinal(of attempt: Int64) -> Int64 { attempt & limit }
  /// The first id of a job's attempts; the next job's ids begin where they end.
  package static func start(ofJob job: Int64) -> Int64 { job << bits }

  /// The job of an attempt, as SQL.
  package static func job(of expression: String) -> String { "(\(expression) >> \(bits))" }
  /// An SQL condition: the attempt belongs to the job.
  package static func isOf(_ attempt: String, job: String) -> String {
    "(\(attempt) >= \(job) << \(bits) AND \(attempt) < (\(job) + 1) << \(bits))"
  }

  /// An SQL condition: the attempt belongs to one of these jobs.
  package static func isOf(_ attempt: String, jobs: Range<Int64>) -> String {
    "(\(attempt) >= \(jobs.lowerBound << bits) AND \(attempt) < \(jobs.upperBound << bits))"
  }
}

/// `posting.id`: the resource's id and the posting's number, so that a resource's postings are adjacent.
package enum PostingID {
  private static let bits: Int64 = 20

  /// - Parameter number: below 2²⁰; it is not checked.
  package static func make(resource: Int64, number: Int64) -> Int64 { resource << bits | number }
  /// The first id of a resource's postings; the next resource's ids begin where they end.
  package static func start(ofResource resource: Int64) -> Int64 { resource << bits }

  /// An SQL condition: the posting belongs to the resource.
  package static func isOf(_ posting: String, resource: String) -> String {
    "(\(posting) >= \(resource) << \(bits) AND \(posting) < (\(resource) + 1) << \(bits))"
  }
}
