/// `attempt.id`: the job's id and the attempt's number among those of the job, so that attempts of a job lie together.
package enum AttemptID {
  private static let bits: Int64 = 10

  /// Attempts that a job can have.
  package static let limit: Int64 = 1 << bits - 1

  package static func make(job: Int64, ordinal: Int64) -> Int64 { job << bits | ordinal }
  package static func job(of attempt: Int64) -> Int64 { attempt >> bits }
  package static func ordinal(of attempt: Int64) -> Int64 { attempt & limit }
  /// Where the ids of a job's attempts begin; those of the next job begin where they end.
  package static func start(ofJob job: Int64) -> Int64 { job << bits }

  /// The job of an attempt, in SQL.
  package static func job(of expression: String) -> String { "(\(expression) >> \(bits))" }
  /// The condition, in SQL, that an attempt is one of a job's.
  package static func isOf(_ attempt: String, job: String) -> String {
    "(\(attempt) >= \(job) << \(bits) AND \(attempt) < (\(job) + 1) << \(bits))"
  }
}

/// `posting.id`: the resource's id and the posting's number, so that postings of a resource lie together.
package enum PostingID {
  private static let bits: Int64 = 20

  package static func make(resource: Int64, number: Int64) -> Int64 { resource << bits | number }
  /// Where the ids of a resource's postings begin; those of the next resource begin where they end.
  package static func start(ofResource resource: Int64) -> Int64 { resource << bits }

  /// The condition, in SQL, that a posting is one of a resource's.
  package static func isOf(_ posting: String, resource: String) -> String {
    "(\(posting) >= \(resource) << \(bits) AND \(posting) < (\(resource) + 1) << \(bits))"
  }
}
