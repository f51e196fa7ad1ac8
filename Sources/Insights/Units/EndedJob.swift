/// A job that ended, with the cost of all its attempts. Array and multi-node parents are not among them; nodes are.
///
/// Numbers of rows in 32 bits and no strings: a million of them are kept.
struct EndedJob: Sendable {
  var id: Int32
  /// −1 of single jobs.
  var parent: Int32
  var queue: Int32
  var definition: Int32
  var created: Int64
  var started: Int64
  var stopped: Int64
  var cost: Int64
  var isArrayChild: Bool
  /// False for the nodes of a multi-node job but its first: the job is counted once.
  var isCounted: Bool
  var succeeded: Bool
  /// It failed as its host went away.
  var lostHost: Bool
}

/// A job that has not ended, with what it cost so far.
struct UnfinishedJob: Sendable {
  var id: Int32
  var queue: Int32
  var created: Int64
  var cost: Int64
  /// As of an ended job.
  var isCounted: Bool
}
