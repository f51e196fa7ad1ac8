/// A job that ended, with the cost of all its attempts. Array and multi-node parents are left out; nodes are included.
///
/// Uses 32-bit row numbers and no strings, because there are a million of them. Moments are in milliseconds since 1970,
/// money in nanodollars.
struct EndedJob: Sendable {
  var id: Int32
  /// −1 for single jobs.
  var parent: Int32
  var queue: Int32
  var definition: Int32
  var created: Int64
  var started: Int64
  var stopped: Int64
  var cost: Int64
  var isArrayChild: Bool
  /// False for all nodes of a multi-node job except the first: the job is counted once.
  var isCounted: Bool
  var succeeded: Bool
  /// It failed because its host was lost.
  var lostHost: Bool
  var failure: JobFailure
  /// What it cost is known.
  var isPriced = true
}

/// A job that has not ended, with its cost so far. Units are those of `EndedJob`.
struct UnfinishedJob: Sendable {
  var id: Int32
  var queue: Int32
  var created: Int64
  var cost: Int64
  /// As for an ended job.
  var isCounted: Bool
  var failure: JobFailure
}

/// What a job's status says about its last attempt.
enum JobFailure: UInt8, Sendable {
  /// It succeeded, or it has no attempts.
  case none
  case failed
  /// Failed, and somebody cancelled or terminated the job.
  case endedByUser
}
